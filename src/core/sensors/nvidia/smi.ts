import { t } from '../../../language.ts';
import { ChildStream } from '../native/childStream.ts';
import { LastReadings } from '../native/lastReadings.ts';
import { absent, ready } from '../probe.ts';
import type { DeviceUse, PowerReading, Probe, Sensor, SensorContext } from '../sensor.ts';
import { deviceFiles } from './deviceFiles.ts';
import { findSmi } from './findSmi.ts';
import { list } from '../names.ts';
import { smiRefusal } from './nvmlProbe.ts';
import { parseGpu, type SmiGpu } from './smiLine.ts';
import { FORMAT, querySmi } from './smiQuery.ts';
import { SmiUsers } from './smiUsers.ts';

/**
 * "accurate to within +/- 5 % of current power draw" (nvidia-smi's help on power.draw). Engineering judgement: as much
 * again for what a power that is looked at ten times a second does not see, up to three quarters of the time on some
 * (Yang, Adamek, Armour: Part-time Power Measurements, SC24).
 */
const UNCERTAINTY = 0.1;

/** As long as a short burst, so that none is missed. */
const PERIOD_MILLIS = 100;

/** Silent for so long, it hangs. */
const MOST_SILENT_SECONDS = 3;

/** A few of its periods. */
const FRESH_SECONDS = 0.5;

/** The first read waits so long for the first line. */
const PATIENCE_MILLIS = 1500;

/**
 * Power of NVIDIA GPUs by `nvidia-smi`, which tells it ten times a second from one process that stays: for where
 * NVIDIA's library cannot be called.
 */
export class NvidiaSmiSensor implements Sensor {
  readonly id = 'nvidia-smi';
  readonly title = t('NVIDIA GPU power (nvidia-smi)');
  readonly quality = 'measured';
  readonly gpuFamily = 'nvidia';
  readonly #context: SensorContext;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #mostSilentSeconds: number;
  readonly #last = new LastReadings<PowerReading>(FRESH_SECONDS);
  #deviceFiles: ReadonlyMap<string, string> = new Map();
  #hasUnlike = false;
  #stream: ChildStream<SmiGpu> | null = null;
  #users: SmiUsers | null = null;

  /** @param mostSilentSeconds after which the process counts as hanging */
  constructor(context: SensorContext, mostSilentSeconds = MOST_SILENT_SECONDS) {
    this.#context = context;
    this.#environment = context.environment ?? process.env;
    this.#mostSilentSeconds = mostSilentSeconds;
  }

  async probe(): Promise<Probe> {
    const program = findSmi(this.#environment);
    if (!program) return absent(t('There is no program nvidia-smi here.'));
    const answer = await querySmi(program, this.#environment);
    if ('code' in answer) return smiRefusal(answer.code, answer.text, this.#context);
    const good = answer.gpus.filter(({ powerWatts }) => powerWatts !== null);
    const silent = answer.gpus.filter(({ powerWatts }) => powerWatts === null);
    if (good.length === 0) return smiRefusal(null, '', this.#context);
    this.#hasUnlike = new Set(answer.gpus.map(({ model }) => model)).size > 1;
    this.#deviceFiles = await deviceFiles(this.#context.procfs);
    this.#stream ??= this.#streamOf(program, answer.columns);
    this.#users ??= new SmiUsers(program, this.#environment);
    return ready({
      components: ['gpu'],
      message: [
        t('Measures {0}: the whole board with its memory.', names(good)),
        ...(silent.length > 0 ? [t('Without {0}, which tells no power.', names(silent))] : []),
      ].join(' '),
      resolution: t('10 mW, {0} times a second', 1000 / PERIOD_MILLIS),
      uncertainty: UNCERTAINTY,
    });
  }

  async read(): Promise<readonly PowerReading[]> {
    const [stream, users] = [this.#stream, this.#users];
    if (!stream || !users) return [];
    if (stream.pid === null) {
      users.stop(); // it may hang, too, and does not show it
      await stream.first(PATIENCE_MILLIS);
    }
    if (stream.pid !== null) users.update();
    const use = new Map<string, DeviceUse>();
    const news = stream.take().flatMap((gpu) => {
      const known = use.get(gpu.id) ?? this.#useOf(gpu, users);
      use.set(gpu.id, known);
      return this.#reading(gpu, known) ?? [];
    });
    return this.#last.with(news);
  }

  release(): void {
    this.#stream?.stop();
    this.#users?.stop();
    this.#last.clear();
  }

  #streamOf(program: string, columns: readonly string[]): ChildStream<SmiGpu> {
    const args = [`--query-gpu=${columns.join(',')}`, FORMAT, `--loop-ms=${PERIOD_MILLIS}`];
    return new ChildStream(
      { program, args, environment: this.#environment },
      {
        parse: (line) => [parseGpu(line, columns)].filter((gpu) => gpu !== null),
        silenceSeconds: this.#mostSilentSeconds,
      },
    );
  }

  #reading({ id, name, timeSeconds, powerWatts }: SmiGpu, use: DeviceUse): PowerReading | null {
    if (powerWatts === null) return null;
    return {
      ...{ kind: 'power', channel: `${this.id}/${id}`, component: 'gpu', device: name, source: this.id },
      ...{ quality: 'measured', uncertainty: UNCERTAINTY, timeSeconds, powerWatts, use },
    };
  }

  #useOf({ index, uuid, busyShare, hasMig }: SmiGpu, users: SmiUsers): DeviceUse {
    const deviceFile = (uuid !== null && this.#deviceFiles.get(uuid)) || null;
    // a divided GPU's list is not told to everyone, and then looks like nobody's
    const processes = uuid === null || hasMig ? null : users.of(uuid);
    return { index, uuid, busyShare, processes, drmDevice: null, deviceFile, hasUnlike: this.#hasUnlike };
  }
}

function names(gpus: readonly SmiGpu[]): string {
  return list(gpus.map(({ name }) => name));
}
