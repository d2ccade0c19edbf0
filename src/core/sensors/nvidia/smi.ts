import { monotonicSeconds } from '../../metering/clock.ts';
import { absent, ready } from '../probe.ts';
import type { DeviceProcess, DeviceUse, PowerReading, Probe, Sensor, SensorContext } from '../sensor.ts';
import { deviceFiles } from './deviceFiles.ts';
import { findSmi } from './findSmi.ts';
import { list } from './gpuName.ts';
import { smiRefusal } from './nvmlProbe.ts';
import { parseGpu, parseProcess, PROCESS_COLUMNS, type SmiGpu, type SmiProcess } from './smiLine.ts';
import { FORMAT, querySmi } from './smiQuery.ts';
import { SmiStream } from './smiStream.ts';

/**
 * "accurate to within +/- 5 % of current power draw" (nvidia-smi's help on power.draw). Engineering judgement: as much
 * again for what a power that is looked at ten times a second does not see, up to three quarters of the time on some
 * (Yang, Adamek, Armour: Part-time Power Measurements, SC24).
 */
const UNCERTAINTY = 0.1;

/** As long as a short burst, so that none is missed. */
const PERIOD_MILLIS = 100;
const PROCESS_PERIOD_MILLIS = 1000;

/** Silent for so long, it hangs. */
const MOST_SILENT_SECONDS = 3;

/** Nobody computes on a GPU most of the time, and then nothing is told: this stream may be silent. */
const NEVER_SECONDS = Infinity;

/** A process that was not told of for so long has ended. */
const PROCESS_SECONDS = 2.5;

/** What it tells at its start has come by then. */
const PROCESS_START_SECONDS = 1;

/** The first read waits so long for the first line. */
const PATIENCE_MILLIS = 1500;

/** No one reads so seldom. */
const MOST_READINGS = 20_000;

/**
 * Power of NVIDIA GPUs by `nvidia-smi`, which tells it ten times a second from one process that stays: for where
 * NVIDIA's library cannot be called.
 */
export class NvidiaSmiSensor implements Sensor {
  readonly id = 'nvidia-smi';
  readonly title = 'NVIDIA GPU power (nvidia-smi)';
  readonly quality = 'measured';
  readonly gpuFamily = 'nvidia';
  readonly #context: SensorContext;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #mostSilentSeconds: number;
  readonly #processes = new Map<string, SmiProcess>();
  #deviceFiles: ReadonlyMap<string, string> = new Map();
  #hasUnlike = false;
  #program: string | null = null;
  #gpuStream: SmiStream | null = null;
  #processStream: SmiStream | null = null;
  #arrived: PowerReading[] = [];
  #onArrival: (() => void) | null = null;

  /** @param mostSilentSeconds after which the process counts as hanging */
  constructor(context: SensorContext, mostSilentSeconds = MOST_SILENT_SECONDS) {
    this.#context = context;
    this.#mostSilentSeconds = mostSilentSeconds;
    this.#environment = context.environment ?? process.env;
  }

  async probe(): Promise<Probe> {
    const program = findSmi(this.#environment);
    if (!program) return absent('There is no program nvidia-smi here.');
    const answer = await querySmi(program, this.#environment);
    if ('code' in answer) return smiRefusal(answer.code, answer.text, this.#context);
    const good = answer.gpus.filter(({ powerWatts }) => powerWatts !== null);
    const silent = answer.gpus.filter(({ powerWatts }) => powerWatts === null);
    if (good.length === 0) return smiRefusal(null, '', this.#context);
    this.#hasUnlike = new Set(answer.gpus.map(({ model }) => model)).size > 1;
    this.#deviceFiles = await deviceFiles(this.#context.procfs);
    if (this.#program === null) this.#makeStreams(answer.columns);
    this.#program = program;
    return ready({
      components: ['gpu'],
      message: [
        `Measures ${names(good)}: the whole board with its memory.`,
        ...(silent.length > 0 ? [`Without ${names(silent)}, which tells no power.`] : []),
      ].join(' '),
      resolution: `10 mW, ${1000 / PERIOD_MILLIS} times a second`,
      uncertainty: UNCERTAINTY,
    });
  }

  async read(): Promise<readonly PowerReading[]> {
    if (this.#program === null) return [];
    const isNew = !this.#gpuStream?.isRunning;
    this.#gpuStream?.keepUp(this.#program, this.#mostSilentSeconds);
    this.#processStream?.keepUp(this.#program, NEVER_SECONDS);
    if (isNew && this.#gpuStream?.isRunning) await this.#firstArrival();
    const arrived = this.#arrived;
    this.#arrived = [];
    return arrived;
  }

  release(): void {
    this.#gpuStream?.stop();
    this.#processStream?.stop();
    this.#processes.clear();
    this.#arrived = [];
  }

  #makeStreams(columns: readonly string[]): void {
    const gpus = [`--query-gpu=${columns.join(',')}`, FORMAT, `--loop-ms=${PERIOD_MILLIS}`];
    this.#gpuStream = new SmiStream(gpus, this.#environment, (line) => {
      const gpu = parseGpu(line, columns);
      if (gpu) this.#hearGpu(gpu);
    });
    const apps = [`--query-compute-apps=${PROCESS_COLUMNS.join(',')}`, FORMAT];
    this.#processStream = new SmiStream(
      [...apps, `--loop-ms=${PROCESS_PERIOD_MILLIS}`],
      this.#environment,
      (line) => {
        const found = parseProcess(line);
        if (found) this.#hearProcess(found);
      },
    );
  }

  #hearGpu(gpu: SmiGpu): void {
    const { timeSeconds, powerWatts } = gpu;
    if (powerWatts === null) return;
    this.#gpuStream?.isFine();
    if (this.#arrived.length >= MOST_READINGS) this.#arrived = [];
    this.#arrived.push({
      ...{ kind: 'power', channel: `${this.id}/${gpu.id}`, component: 'gpu', device: gpu.name },
      ...{ source: this.id, quality: 'measured', uncertainty: UNCERTAINTY, timeSeconds, powerWatts },
      use: this.#useOf(gpu),
    });
    this.#onArrival?.();
  }

  #hearProcess(found: SmiProcess): void {
    this.#processStream?.isFine();
    const old = monotonicSeconds() - PROCESS_SECONDS;
    for (const [key, { timeSeconds }] of this.#processes) if (timeSeconds < old) this.#processes.delete(key);
    this.#processes.set(`${found.gpuUuid} ${found.pid}`, found);
  }

  #useOf({ index, uuid, busyShare, hasMig }: SmiGpu): DeviceUse {
    const deviceFile = (uuid !== null && this.#deviceFiles.get(uuid)) || null;
    // a divided GPU's list is not told to everyone, and then looks like nobody's
    const processes = uuid === null || hasMig ? null : this.#processesOf(uuid);
    const hasUnlike = this.#hasUnlike;
    return { index, uuid, busyShare, processes, drmDevice: null, deviceFile, hasUnlike };
  }

  /** Null until the stream of processes has had the time to tell of them. */
  #processesOf(uuid: string): readonly DeviceProcess[] | null {
    const old = monotonicSeconds() - PROCESS_SECONDS;
    const present = [...this.#processes.values()].filter(({ timeSeconds }) => timeSeconds >= old);
    const runningSeconds = this.#processStream?.runningSeconds ?? 0;
    if (present.length === 0 && runningSeconds < PROCESS_START_SECONDS) return null;
    return present.filter(({ gpuUuid }) => gpuUuid === uuid).map(({ pid }) => ({ pid, busyShare: null }));
  }

  async #firstArrival(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#onArrival = resolve;
      timer = setTimeout(resolve, PATIENCE_MILLIS);
    });
    clearTimeout(timer);
    this.#onArrival = null;
  }
}

function names(gpus: readonly SmiGpu[]): string {
  return list(gpus.map(({ name }) => name));
}
