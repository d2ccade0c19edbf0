import { randomUUID } from 'node:crypto';
import { openSync, closeSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { CarbonService } from '../core/carbon/carbonService.ts';
import { Metrics } from '../core/exchange/metrics/index.ts';
import { IDLE_POWERS, isIdlePower, type IdlePower } from '../core/metering/attribution.ts';
import { Procfs } from '../core/metering/procfs.ts';
import type { TreeRoot } from '../core/metering/processTree.ts';
import { Sampler } from '../core/metering/sampler.ts';
import { totalsFromCommand } from '../core/progress/commandLine.ts';
import { patternProblem } from '../core/progress/pattern.ts';
import type { ProgressOptions } from '../core/progress/reader.ts';
import { runJson } from '../core/reports/runJson.ts';
import { textSummary } from '../core/reports/text.ts';
import { historyFile } from '../core/runs/location.ts';
import { correctHistory } from '../core/runs/lateFigures.ts';
import { processIdentity } from '../core/runs/owner.ts';
import { Recorder } from '../core/runs/recorder.ts';
import { endState } from '../core/runs/endState.ts';
import { Store } from '../core/runs/store.ts';
import { allSensors } from '../core/sensors/index.ts';
import { sensorRoots } from '../core/sensors/probing.ts';
import type { HardwareOverrides } from '../core/sensors/sensor.ts';
import { CARBON_OPTIONS, carbonServiceOf } from './carbon.ts';
import { startChild, type Exit } from './child/index.ts';
import { findProgram } from './child/program.ts';
import { hardwareIn } from './hardware.ts';
import { warn } from './openHistory.ts';
import { UsageError, type CliCommand } from './usage.ts';

const OPTIONS = {
  json: { type: 'string' },
  epochs: { type: 'string' },
  label: { type: 'string' },
  ...CARBON_OPTIONS,
  pue: { type: 'string' },
  pattern: { type: 'string' },
  period: { type: 'string', default: '1' },
  'idle-power': { type: 'string', default: 'proportional' },
} as const;

interface Wanted {
  readonly command: readonly string[];
  readonly label: string;
  readonly jsonFile: string | null;
  readonly progress: ProgressOptions;
  readonly carbon: CarbonService;
  readonly periodSeconds: number;
  readonly idlePower: IdlePower;
  readonly hardware: HardwareOverrides;
}

export const run: CliCommand = {
  name: 'run',
  usage: `run [--json FILE] [--epochs N] [--label TEXT] [--country CODE] [--zone ZONE] [--source NAME] [--allow-network] [--pue N] [--pattern REGEX] [--period S] [--idle-power ${IDLE_POWERS.join('|')}] -- COMMAND…`,
  summary:
    'Trains with the same terminal, signals and exit code; the summary goes to stderr, the run to the history.',
  async run(args) {
    const wanted = parse(args);
    const program = findProgram(wanted.command[0] ?? '');
    if ('problem' in program) {
      warn(program.problem);
      return program.exitCode;
    }
    // a file that cannot be written is better known before the training than after it
    if (wanted.jsonFile) closeSync(openSync(wanted.jsonFile, 'a'));
    const metrics = metricsIn(process.env);
    const recorder = createRecorder(wanted, metrics);
    void wanted.carbon.refresh(); // a short run takes no look before its end
    void correctEarlierRuns(recorder, wanted.carbon);
    const exitCode = await record(recorder, program.file, wanted);
    await metrics.settle();
    wanted.carbon.dispose();
    recorder.dispose();
    return exitCode;
  },
};

/** Those whose last figures of the grid had not come when they ended. */
async function correctEarlierRuns(recorder: Recorder, carbon: CarbonService): Promise<void> {
  const store = await recorder.store();
  if (!store) return;
  await correctHistory(store, carbon, processIdentity(process.pid)).catch(() => 0); // a history that closes meanwhile
}

function parse(args: readonly string[]): Wanted {
  const split = args.indexOf('--');
  const own = split < 0 ? args : args.slice(0, split);
  const { values, positionals } = parseArgs({ args: [...own], options: OPTIONS, allowPositionals: true });
  const command = split < 0 ? positionals : args.slice(split + 1);
  if (command.length === 0)
    throw new UsageError('run needs a command: training-footprint run -- python train.py');
  const problem = patternProblem(values.pattern ?? '');
  if (problem) throw new UsageError(problem);
  return {
    command,
    label: values.label ?? path.basename(command.find((word) => /\.\w+$/.test(word)) ?? command[0] ?? ''),
    jsonFile: values.json ?? null,
    progress: progressOptions(values.epochs, values.pattern, command),
    carbon: carbonServiceOf(
      values,
      values.pue === undefined ? null : numberIn('--pue', values.pue, 1, 10),
      process.env,
    ),
    periodSeconds: numberIn('--period', values.period, 0.25, 60),
    idlePower: idlePowerIn(values['idle-power']),
    hardware: hardwareIn(process.env),
  };
}

function progressOptions(
  epochs: string | undefined,
  pattern: string | undefined,
  command: readonly string[],
): ProgressOptions {
  const options = { pattern, ...totalsFromCommand(command.join(' ')) };
  if (epochs !== undefined) {
    const totalEpochs = numberIn('--epochs', epochs, 1, 1e9);
    if (!Number.isInteger(totalEpochs)) throw new UsageError('--epochs needs a whole number');
    return { ...options, totalEpochs, totalSource: 'setting' };
  }
  return options;
}

function numberIn(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new UsageError(`${name} needs a number from ${least} to ${most}`);
}

function idlePowerIn(text: string): IdlePower {
  if (isIdlePower(text)) return text;
  throw new UsageError(`--idle-power needs one of ${IDLE_POWERS.join(', ')}`);
}

function metricsIn(environment: NodeJS.ProcessEnv): Metrics {
  const { TRAINING_FOOTPRINT_OTLP_ENDPOINT, TRAINING_FOOTPRINT_PROMETHEUS_FOLDER } = environment;
  const settings = {
    otlpEndpoint: TRAINING_FOOTPRINT_OTLP_ENDPOINT ?? '',
    prometheusFolder: TRAINING_FOOTPRINT_PROMETHEUS_FOLDER ?? '',
  };
  return new Metrics(settings, environment, warn);
}

function createRecorder({ carbon, periodSeconds, idlePower, hardware }: Wanted, metrics: Metrics): Recorder {
  const roots = sensorRoots(process.env, () => hardware);
  const sampler = new Sampler({
    sensors: allSensors(roots),
    procfs: new Procfs(roots.procfs),
    periodSeconds: () => periodSeconds,
    idlePower: () => idlePower,
    onError: (error) => warn(String(error)),
  });
  return new Recorder({
    sampler,
    openStore: () => Store.open(historyFile(process.env)),
    context: {
      carbon: () => carbon.context(),
      grid: carbon,
      assumptions: () => sampler.assumptions,
      idlePower: () => idlePower,
    },
    onChange: (run) => metrics.see(run),
    onAlive: () => undefined,
    onProblem: warn,
  });
}

/** @returns the exit code of the training */
async function record(
  recorder: Recorder,
  file: string,
  { command, label, progress, jsonFile }: Wanted,
): Promise<number> {
  const identity = {
    ...{ id: randomUUID(), label, command: command.join(' '), cwd: process.cwd(), origin: 'cli' as const },
    ...{ project: path.basename(process.cwd()), startedAtMillis: Date.now() },
  };
  const childrenSinceSeconds = new Procfs().uptimeSeconds() ?? 0;
  const root: TreeRoot = { ...processIdentity(process.pid), counts: 'children', childrenSinceSeconds };
  const { run, ready } = recorder.start(identity, root, progress);
  await ready;
  run.startWithFirstLook();
  const child = await startChild(file, command.slice(1), (text) => run.feed(text));
  if (!child.seesOutput) run.note('The output is not read here, so progress stays unknown.');
  const exit = await child.exit;
  const code = exitCodeOf(exit);
  await recorder.end(run, exit.wasStopped ? 'stopped' : endState(code), code);
  process.stderr.write(`\n${textSummary(run.snapshot())}`);
  if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify(runJson(run.snapshot()), null, 2)}\n`);
  return code;
}

/** As shells have it: 128 + the number of the signal. */
function exitCodeOf({ code, signalNumber }: Exit): number {
  return signalNumber ? 128 + signalNumber : (code ?? 1);
}
