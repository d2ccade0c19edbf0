import type { Reading, Sensor } from '../sensors/sensor.ts';

/** After this long a sensor counts as hanging, and nobody waits for it any more: 2 s. */
const DEADLINE_MILLIS = 2000;

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

/** Waits for an answer, but no longer than that. */
async function within(answer: Promise<void>, millis: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, millis)));
  await Promise.race([answer, patience]);
  clearTimeout(timer);
}
