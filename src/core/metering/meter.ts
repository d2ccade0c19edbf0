import type { CounterReading, PowerReading, Quality, Reading, Component } from '../sensors/sensor.ts';

/** Energy of one channel over one interval. */
export interface EnergyPart {
  readonly channel: string;
  readonly component: Component;
  readonly device: string;
  readonly source: string;
  readonly quality: Quality;
  /** Relative uncertainty, 0.05 for ±5 %. */
  readonly uncertainty: number;
  readonly energyJoules: number;
}

/** Energy of the machine between two looks at its sensors. */
export interface EnergySample {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly parts: readonly EnergyPart[];
  /** Plain sentences about what went wrong in this interval. */
  readonly notes: readonly string[];
}

/** The last reading of each channel: what a meter needs to go on after a restart. Plain data. */
export type MeterState = Readonly<Record<string, Reading & { readonly lastWatts?: number }>>;

/**
 * No package, board or memory on the market draws this much: 2 kW. A counter that would have to rise faster has been
 * reset rather than wrapped.
 */
const PLAUSIBLE_WATTS = 2000;

/** Over shorter intervals a power is mostly the grain of the counter. */
const LEAST_SECONDS = 0.1;

/**
 * Turns readings into energy: counters by difference, powers by the trapezoid. One wrap between reads is right; how
 * often a counter wrapped in a longer gap follows from the power before it.
 */
export class Meter {
  #last = new Map<string, Reading & { lastWatts?: number }>();
  #missing = new Set<string>();

  /** @param state of an earlier meter in the same boot of the machine, whose interval is to be continued */
  constructor(state: MeterState = {}) {
    for (const [channel, reading] of Object.entries(state)) this.#last.set(channel, reading);
  }

  state(): MeterState {
    return Object.fromEntries(this.#last);
  }

  /** Takes one reading of each channel; null when it is the first look and there is no interval yet. */
  add(readings: readonly Reading[]): EnergySample | null {
    const parts: EnergyPart[] = [];
    const notes: string[] = this.#missingNotes(readings);
    let startSeconds = Infinity;
    let endSeconds = 0;
    for (const reading of readings) {
      const last = this.#last.get(reading.channel);
      endSeconds = Math.max(endSeconds, reading.timeSeconds);
      if (last) {
        startSeconds = Math.min(startSeconds, last.timeSeconds);
        parts.push(part(reading, energyBetween(last, reading, notes)));
      }
      const elapsed = last ? reading.timeSeconds - last.timeSeconds : 0;
      const lastWatts =
        elapsed >= LEAST_SECONDS ? (parts.at(-1)?.energyJoules ?? 0) / elapsed : last?.lastWatts;
      this.#last.set(reading.channel, lastWatts === undefined ? reading : { ...reading, lastWatts });
    }
    return parts.length > 0 ? { startSeconds, endSeconds, parts, notes } : null;
  }

  #missingNotes(readings: readonly Reading[]): string[] {
    const present = new Set(readings.map((reading) => reading.channel));
    const notes: string[] = [];
    for (const [channel, { device, component, source }] of this.#last) {
      const name = `${source} ${device} ${component}`;
      if (!present.has(channel) && !this.#missing.has(channel)) {
        this.#missing.add(channel);
        notes.push(`${name} stopped answering; its energy is missing until it answers again.`);
      } else if (present.has(channel) && this.#missing.delete(channel)) {
        notes.push(`${name} answers again.`);
      }
    }
    return notes;
  }
}

function part(reading: Reading, energyJoules: number): EnergyPart {
  const { channel, component, device, source, quality, uncertainty } = reading;
  return { channel, component, device, source, quality, uncertainty, energyJoules };
}

function energyBetween(
  last: Reading & { readonly lastWatts?: number },
  reading: Reading,
  notes: string[],
): number {
  const elapsedSeconds = Math.max(0, reading.timeSeconds - last.timeSeconds);
  if (reading.kind === 'power' && last.kind === 'power') return trapezoid(last, reading, elapsedSeconds);
  if (reading.kind !== 'counter' || last.kind !== 'counter') return 0;
  const energyJoules = counterDifference(last, reading, elapsedSeconds);
  if (energyJoules !== null)
    return energyJoules + missedWraps(last, reading, energyJoules, elapsedSeconds, notes);
  notes.push(
    `The counter of ${reading.source} ${reading.device} ${reading.component} was reset; ` +
      `${elapsedSeconds.toFixed(1)} s are bridged by the power before it.`,
  );
  return (last.lastWatts ?? 0) * elapsedSeconds;
}

function trapezoid(last: PowerReading, reading: PowerReading, elapsedSeconds: number): number {
  return ((last.powerWatts + reading.powerWatts) / 2) * elapsedSeconds;
}

/** Joules of whole rounds that a counter went unseen; none in an interval too short for a round at any power. */
function missedWraps(
  last: CounterReading & { readonly lastWatts?: number },
  { rangeJoules, source, device, component }: CounterReading,
  seenJoules: number,
  elapsedSeconds: number,
  notes: string[],
): number {
  if (!rangeJoules || last.lastWatts === undefined) return 0;
  if (PLAUSIBLE_WATTS * elapsedSeconds <= rangeJoules) return 0;
  const expectedJoules = Math.min(last.lastWatts, PLAUSIBLE_WATTS) * elapsedSeconds;
  const wraps = Math.max(0, Math.round((expectedJoules - seenJoules) / rangeJoules));
  if (wraps === 0) return 0;
  notes.push(
    `The counter of ${source} ${device} ${component} was not read for ${elapsedSeconds.toFixed(1)} s, too long to ` +
      `count its rounds; that it went ${wraps} more is taken from the power before.`,
  );
  return wraps * rangeJoules;
}

/** Joules between two readings of a counter with one wrap at most; null when it was reset. */
function counterDifference(last: CounterReading, reading: CounterReading, elapsed: number): number | null {
  const difference = reading.energyJoules - last.energyJoules;
  if (difference >= 0) return difference;
  if (reading.rangeJoules === null) return null;
  const wrapped = difference + reading.rangeJoules;
  return wrapped >= 0 && wrapped <= PLAUSIBLE_WATTS * Math.max(1, elapsed) ? wrapped : null;
}
