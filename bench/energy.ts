/** How far each tool's energy is from the truth, on machines whose power is known. */
import { PASCAL } from '../test/hardware/nvml/simulatedGpu.ts';
import { TRACES, type TraceName } from '../test/hardware/trace.ts';
import { energyReport } from './energyReport.ts';
import {
  COUNTER_PERIOD_SECONDS,
  Machine,
  whyNoMachines,
  type MachineOptions,
  type Part,
} from './machine/machine.ts';
import { sleep, type Report, type Section } from './report.ts';
import { ensurePeers } from './setup.ts';
import { ours } from './tools/ours.ts';
import { carbontracker, codecarbon, zeus, zeusPower } from './tools/peers.ts';
import { partsOf, type Measured, type Tool } from './tools/tool.ts';

/** So that not all begin at one moment of the trace, nor crowd the processor. */
const STAGGER_SECONDS = 0.15;

const USUAL_SECONDS = 40;

/** Error of one tool on one trace, relative to the truth; null where it told nothing. */
export interface EnergyError {
  readonly machine: string;
  readonly trace: string;
  readonly sensor: 'processor' | 'gpu';
  readonly tool: string;
  readonly relativeError: number | null;
  /** What clocks cannot tell: the energy of a millisecond at each end, relative to the whole. */
  readonly grain: number;
}

interface Scenario {
  readonly machine: string;
  readonly traces: readonly TraceName[];
  readonly seconds: number;
  readonly options: Omit<MachineOptions, 'trace'>;
  readonly tools: readonly Tool[];
}

const TOOLS = [ours, carbontracker, codecarbon, zeus];

const FULL = { machine: 'RAPL, package and memory', options: {}, tools: TOOLS };
const PACKAGE = { machine: 'RAPL, package only', options: { hasDram: false }, tools: TOOLS };
const COUNTERS = {
  machine: 'RAPL, and two GPUs with energy counters',
  options: { gpus: [{}, {}] },
  tools: TOOLS,
};
const POWERS = {
  machine: 'RAPL, and two GPUs that tell only their power',
  options: { gpus: [PASCAL, PASCAL] },
  tools: [...TOOLS, zeusPower],
};

/** Those of one line are run at the same time: they sleep nearly all of the time; more would crowd a small machine. */
const BATCHES: readonly (readonly Scenario[])[] = [
  [{ ...FULL, seconds: USUAL_SECONDS, traces: ['steady', 'idle', 'ramp', 'steps'] }],
  [{ ...FULL, seconds: USUAL_SECONDS, traces: ['bursts', 'beats', 'wrap', 'slowWrap'] }],
  [{ ...PACKAGE, seconds: USUAL_SECONDS, traces: ['idle', 'ramp', 'steps', 'bursts'] }],
  [{ ...COUNTERS, seconds: USUAL_SECONDS, traces: ['ramp', 'steps', 'bursts', 'beats'] }],
  // their power is looked at so often, by us and by zeus, that two at once would disturb each other
  ...(['idle', 'ramp', 'steps', 'bursts', 'beats'] as const).map((trace) => [
    { ...POWERS, seconds: USUAL_SECONDS, traces: [trace] },
  ]),
  [{ ...FULL, seconds: 5, traces: ['ramp', 'steps'] }],
  [{ ...COUNTERS, seconds: 5, traces: ['ramp', 'steps'] }],
  [
    { ...FULL, seconds: 300, traces: ['steps'] },
    { ...COUNTERS, seconds: 300, traces: ['bursts'] },
  ],
  [{ ...POWERS, seconds: 300, traces: ['bursts'] }],
];

export const energy: Section = {
  name: 'energy',
  title: 'How far each tool’s energy is from the truth',
  async run(): Promise<Report | null> {
    const why = whyNoMachines();
    if (why) console.log(why);
    if (why) return null;
    ensurePeers();
    const errors: EnergyError[] = [];
    for (const batch of BATCHES) errors.push(...(await Promise.all(batch.map(measure))).flat());
    return energyReport(errors);
  },
};

async function measure(scenario: Scenario): Promise<readonly EnergyError[]> {
  const { machine: title, traces, seconds, options, tools } = scenario;
  console.log(`energy: ${title}; ${traces.join(', ')}; ${seconds} s`);
  const pairs = await Promise.all(
    traces.map(async (trace) => {
      const machine = await Machine.start({ ...options, trace: TRACES[trace], isExact: true });
      return tools.map((tool) => ({ trace, machine, tool }));
    }),
  );
  const jobs = await Promise.all(
    pairs.flat().map(async (job) => ({ ...job, train: await job.tool.prepare(job.machine, { seconds }) })),
  );
  const results = jobs.map(async ({ trace, machine, tool, train }, index) => {
    await sleep(index * STAGGER_SECONDS);
    const measured = await train().measured.catch((error: unknown) => gaveUp(tool, error));
    const name = seconds === USUAL_SECONDS ? trace : `${trace}, ${seconds} s`;
    return errorsOf(measured, machine).map((error) => ({
      ...error,
      ...{ machine: title, trace: name, tool: tool.title },
    }));
  });
  const errors = (await Promise.all(results)).flat();
  await Promise.all(pairs.map(([job]) => job?.machine.stop()));
  return errors;
}

/** A tool that fails has measured nothing; the others have. */
function gaveUp(tool: Tool, error: unknown): Measured {
  console.log(`${tool.title} failed: ${String(error)}`);
  return { startSeconds: 0, endSeconds: 0, joules: {} };
}

/** Each sensor's energy against what the same parts have truly used in the time that the tool says it measured. */
function errorsOf({ startSeconds, endSeconds, joules }: Measured, machine: Machine) {
  const labels = Object.entries(joules).filter(([, measured]) => measured > 0);
  return (['processor', 'gpu'] as const).map((sensor) => {
    const counted = labels.filter(([label]) => (label === 'gpu') === (sensor === 'gpu'));
    const parts: Part[] = counted.flatMap(([label]) => partsOf(label));
    const measured = counted.reduce((sum, [, value]) => sum + value, 0);
    const truth = machine.trueJoules(parts, startSeconds, endSeconds);
    const [from, to] = [startSeconds - COUNTER_PERIOD_SECONDS, endSeconds + COUNTER_PERIOD_SECONDS];
    const grain = machine.trueJoules(parts, from, to) / truth - 1;
    return { sensor, relativeError: truth > 0 ? measured / truth - 1 : null, grain };
  });
}
