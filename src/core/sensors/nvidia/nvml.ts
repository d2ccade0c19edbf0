import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { within } from '../../within.ts';
import type { Probe, Reading, Sensor, SensorContext } from '../sensor.ts';
import { findNvml } from './findNvml.ts';
import { CODE, NvmlError } from './nvmlCodes.ts';
import { readGpu, type NvmlGpu } from './nvmlGpu.ts';
import { hanging, probeOf, refusal } from './nvmlProbe.ts';
import { NvmlSession } from './nvmlSession.ts';
import { NvmlUse } from './nvmlUse.ts';

/**
 * Where a GPU has no counter, so often that bursts of 100 ms are seen as they are. The sensors of GPUs before Volta have
 * a new value every 15 to 20 ms (Yang, Adamek, Armour: Part-time Power Measurements, SC24).
 */
const POWER_PERIOD_SECONDS = 0.02;

/** Counters miss nothing: where another GPU's power is read often, they are still not. */
const COUNTER_PERIOD_SECONDS = 0.1;

/** A driver that has not answered for so long hangs. */
const HANG_SECONDS = 2;

/** Without an answer by then, a look at the library has found that it hangs. A driver that is loaded takes a second. */
const LOOK_MILLIS = 4000;

/** A library that was opened to look at it is closed again when nothing was read by then. */
const UNUSED_MILLIS = 10_000;

/**
 * NVIDIA GPUs by NVIDIA's own library (NVML): the energy counter of the whole board, which GPUs have since Volta, else
 * its power (docs.nvidia.com/deploy/nvml-api, Device Queries). Each call is made in a thread of Node's pool, and while
 * one hangs no other is made.
 */
export class NvmlSensor implements Sensor {
  readonly id = 'nvml';
  readonly title = t('NVIDIA GPU energy (NVML)');
  readonly quality = 'measured';
  readonly gpuFamily = 'nvidia';
  readonly #context: SensorContext;
  readonly #use: NvmlUse;
  readonly #countersReadSeconds = new Map<string, number>();
  #session: NvmlSession | null = null;
  #unusedTimer: NodeJS.Timeout | null = null;

  constructor(context: SensorContext) {
    this.#context = context;
    this.#use = new NvmlUse(context.procfs);
  }

  /** Only where a GPU has no counter. */
  get powerPeriodSeconds(): number | undefined {
    const isPolled = this.#session?.gpus.some(({ source }) => source !== 'counter');
    return isPolled ? POWER_PERIOD_SECONDS : undefined;
  }

  async probe(): Promise<Probe> {
    const library = await findNvml(this.#context);
    if ('state' in library) return library;
    this.#session ??= new NvmlSession(library);
    if (library.waitingSeconds > HANG_SECONDS) return hanging(library.waitingSeconds);
    const session = this.#session;
    const listed = library.run(() => this.#look(session));
    try {
      const inTime = await within(listed, LOOK_MILLIS);
      return inTime
        ? await probeOf(inTime, POWER_PERIOD_SECONDS, this.#context)
        : hanging(LOOK_MILLIS / 1000);
    } catch (error) {
      return refusal(error instanceof NvmlError ? error.code : CODE.unknown, this.#context);
    }
  }

  async read(): Promise<readonly Reading[]> {
    this.#stopUnusedTimer();
    const session = this.#session;
    return session ? session.library.run(() => this.#readAll(session)) : [];
  }

  release(): void {
    this.#stopUnusedTimer();
    this.#use.forget();
    const session = this.#session;
    session?.library.run(() => session.close()).catch(() => undefined);
  }

  async #look(session: NvmlSession) {
    const wasOpen = session.isOpen;
    const listed = await session.open();
    if (!wasOpen) this.#unusedTimer = setTimeout(() => this.release(), UNUSED_MILLIS).unref();
    return listed;
  }

  #stopUnusedTimer(): void {
    if (this.#unusedTimer) clearTimeout(this.#unusedTimer);
    this.#unusedTimer = null;
  }

  async #readAll(session: NvmlSession): Promise<readonly Reading[]> {
    if (!(await session.prepare())) return [];
    const readings: Reading[] = [];
    for (const gpu of session.gpus) {
      const reading = this.#isDue(gpu) ? await this.#read(session, gpu) : null;
      if (reading) readings.push(reading);
    }
    return readings;
  }

  async #read(session: NvmlSession, gpu: NvmlGpu): Promise<Reading | null> {
    try {
      const reading = await readGpu(session.api, gpu, this.id);
      return reading && { ...reading, use: await this.#use.of(session.api, gpu, session.gpus.length) };
    } catch (error) {
      session.failed(error);
      return null;
    }
  }

  #isDue({ id, source }: NvmlGpu): boolean {
    if (source !== 'counter' || this.powerPeriodSeconds === undefined) return true;
    const now = monotonicSeconds();
    if (now - (this.#countersReadSeconds.get(id) ?? 0) < COUNTER_PERIOD_SECONDS) return false;
    this.#countersReadSeconds.set(id, now);
    return true;
  }
}
