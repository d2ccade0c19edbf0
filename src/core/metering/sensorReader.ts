import { within } from '../within.ts';
import type { Reading, Sensor } from '../sensors/sensor.ts';

/** After this long a sensor counts as hanging, and nobody waits for it any more: 2 s. */
const DEADLINE_MILLIS = 2000;

/**
 * A counter that is read at once is read at the moment that is told; one that took longer, at some time before. Then it
 * is worth asking again, unless it is always slow. Engineering judgement.
 */
const AT_ONCE_MILLIS = 1;
const SLOW_MILLIS = 100;
const MOST_TRIES = 4;

/** No single device or machine that people train on draws more: 100 kW. More is a fault of the sensor. */
const MOST_WATTS = 1e5;

/**
 * Reads one sensor so that it can neither throw nor hold up anything, and is never asked twice at once. A sensor of
 * powers is read in between samples too, at times that are spread evenly but not regular, so that a load that comes
 * and goes in step with the clock is seen as it is.
 */
export class SensorReader {
  readonly sensor: Sensor;
  #arrived: Reading[] = [];
  #pending: Promise<void> | null = null;
  #askedAtMillis = 0;
  #timer: NodeJS.Timeout | null = null;
  #slotStartMillis = 0;
  #isActive = false;

  constructor(sensor: Sensor) {
    this.sensor = sensor;
  }

  /** Whether it was asked so long ago that it is not expected to answer. */
  get isHanging(): boolean {
    return this.#pending !== null && performance.now() - this.#askedAtMillis > DEADLINE_MILLIS;
  }

  start(): void {
    if (this.#isActive) return;
    this.#isActive = true;
    this.#slotStartMillis = performance.now();
    this.#schedule();
  }

  stop(): void {
    this.#isActive = false;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#arrived = [];
    this.sensor.release?.();
  }

  /**
   * Asks the sensor once and gives what has arrived since the last call. An answer that takes longer than `patience`
   * comes with the next call.
   */
  async collect(patienceMillis: number): Promise<readonly Reading[]> {
    const answer = this.#ask();
    if (!this.isHanging) await within(answer, Math.min(patienceMillis, DEADLINE_MILLIS));
    const arrived = this.#arrived;
    this.#arrived = [];
    return arrived;
  }

  /**
   * The same at a run's beginning or end, whose figures stand or fall with the moment: what was read while this process
   * was busy, so that its time is not known well, is read again.
   */
  async collectAtEdge(patienceMillis: number): Promise<readonly Reading[]> {
    let best: readonly Reading[] = [];
    let bestMillis = Infinity;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const askedMillis = performance.now();
      const readings = await this.collect(patienceMillis);
      const millis = performance.now() - askedMillis;
      if (this.sensor.powerPeriodSeconds !== undefined || millis > SLOW_MILLIS)
        return tries === 0 ? readings : best;
      if (millis < bestMillis) best = readings;
      bestMillis = Math.min(millis, bestMillis);
      if (millis <= AT_ONCE_MILLIS) break;
    }
    return best;
  }

  #ask(): Promise<void> {
    if (this.#pending) return this.#pending;
    this.#askedAtMillis = performance.now();
    this.#pending = Promise.resolve()
      .then(() => this.sensor.read())
      .then((readings) => this.#keep(readings))
      .catch(() => undefined)
      .finally(() => (this.#pending = null));
    return this.#pending;
  }

  #keep(readings: readonly Reading[]): void {
    if (!this.#isActive) return;
    for (const reading of readings) if (isSane(reading)) this.#arrived.push(reading);
  }

  /** One read in each slot of the sensor's period, at a random moment of it. */
  #schedule(): void {
    const { powerPeriodSeconds } = this.sensor;
    if (powerPeriodSeconds === undefined || !this.#isActive) return;
    const slotMillis = powerPeriodSeconds * 1000;
    const now = performance.now();
    this.#slotStartMillis += slotMillis;
    if (this.#slotStartMillis < now) this.#slotStartMillis = now;
    const next = this.#slotStartMillis + Math.random() * slotMillis;
    this.#timer = setTimeout(() => {
      void this.#ask();
      this.#schedule();
    }, next - now);
  }
}

function isSane(reading: Reading): boolean {
  const value = reading.kind === 'counter' ? reading.energyJoules : reading.powerWatts;
  if (!Number.isFinite(value) || value < 0 || !Number.isFinite(reading.timeSeconds)) return false;
  return reading.kind === 'counter' || value <= MOST_WATTS;
}
