import { t } from '../../language.ts';
import { median } from '../robust.ts';
import type { Component, CounterReading, Quality, Reading, Scope } from '../sensors/sensor.ts';

/** Energy of one channel over one interval. */
export interface ChannelEnergy {
  readonly channel: string;
  readonly component: Scope;
  readonly device: string;
  readonly source: string;
  readonly quality: Quality;
  /** Relative uncertainty, 0.05 for ±5 %. */
  readonly uncertainty: number;
  readonly energyJoules: number;
}

/** Energy of one component's device over one interval. */
export interface EnergyPart extends Omit<ChannelEnergy, 'component'> {
  readonly component: Component;
}

/** Energy of the machine between two looks at its sensors. */
export interface EnergySample {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly parts: readonly EnergyPart[];
  /** Plain sentences about what went wrong in this interval. */
  readonly notes: readonly string[];
}

/** What channels told in one interval, before it is decided which of them count. */
export interface MeterInterval extends Omit<EnergySample, 'parts'> {
  readonly parts: readonly ChannelEnergy[];
}

type LastReading = Reading & { readonly lastWatts?: number };

/** The last reading of each channel: what a meter needs to go on after a restart. Plain data. */
export type MeterState = Readonly<Record<string, LastReading>>;

/**
 * No package, board or memory on the market draws this much: 2 kW, and no machine 100 kW. A counter that would have
 * to rise faster has been reset or has told nonsense.
 */
const PLAUSIBLE_WATTS = 2000;
const PLAUSIBLE_MACHINE_WATTS = 1e5;

/** Over shorter intervals a power is mostly the grain of the counter. */
const LEAST_SECONDS = 0.1;

/** A power that was not told for longer than this is worth a word: 5 s, or three times its own usual interval. */
const GAP_SECONDS = 5;

/** A counter may be late, but no more than a minute: a greater step forward is nonsense. */
const NONSENSE_SECONDS = 60;

/** The power that a counter's wraps are feared at: no package draws more for long. */
const FEARED_WATTS = 500;

/**
 * Turns readings into energy: counters by difference, powers by the trapezoid. One wrap between reads is right; how
 * often a counter wrapped in a longer gap follows from the power before it.
 */
export class Meter {
  readonly #last = new Map<string, LastReading>();
  readonly #usualSeconds = new Map<string, number>();

  /** @param state of an earlier meter in the same boot of the machine, whose interval is to be continued */
  constructor(state: MeterState = {}) {
    for (const [channel, reading] of Object.entries(state)) this.#last.set(channel, reading);
  }

  state(): MeterState {
    return Object.fromEntries([...this.#last].map(([channel, { use: _, ...reading }]) => [channel, reading]));
  }

  /** Names of the channels that have told anything so far. */
  get channels(): ReadonlyMap<string, Reading> {
    return this.#last;
  }

  /** Seconds by which counters must be read again lest a wrap is missed; Infinity where none wraps. */
  safePeriodSeconds(): number {
    let seconds = Infinity;
    for (const last of this.#last.values()) {
      const rangeJoules = last.kind === 'counter' ? roundJoules(last) : null;
      if (rangeJoules === null) continue;
      seconds = Math.min(seconds, rangeJoules / Math.max(FEARED_WATTS, 2 * (last.lastWatts ?? 0)) / 2);
    }
    return seconds;
  }

  /** Takes readings, those of one channel in the order of time; null when there is no interval yet. */
  add(readings: readonly Reading[]): MeterInterval | null {
    const parts = new Map<string, ChannelEnergy>();
    const notes: string[] = [];
    const ofCounters = new Span();
    const ofPowers = new Span();
    for (const reading of readings) {
      const last = this.#last.get(reading.channel);
      if (last && reading.timeSeconds < last.timeSeconds) continue;
      const energyJoules = last ? this.#energyBetween(last, reading, notes) : 0;
      if (last) {
        const span = reading.kind === 'counter' ? ofCounters : ofPowers;
        span.include(reading.channel, last.timeSeconds, reading.timeSeconds);
        const before = parts.get(reading.channel)?.energyJoules ?? 0;
        parts.set(reading.channel, part(reading, before + energyJoules));
      }
      this.#remember(last, reading, energyJoules);
    }
    if (parts.size === 0) return null;
    // counters are read at the look itself; powers may be of some time before or after
    const span = ofCounters.isEmpty ? ofPowers : ofCounters;
    return { ...span.middle(), parts: [...parts.values()], notes };
  }

  #remember(last: LastReading | undefined, reading: Reading, energyJoules: number): void {
    const elapsed = last ? reading.timeSeconds - last.timeSeconds : 0;
    const lastWatts = elapsed >= LEAST_SECONDS ? energyJoules / elapsed : last?.lastWatts;
    this.#last.set(reading.channel, lastWatts === undefined ? reading : { ...reading, lastWatts });
    if (elapsed > 0) this.#usualSeconds.set(reading.channel, elapsed);
  }

  #energyBetween(last: LastReading, reading: Reading, notes: string[]): number {
    const elapsedSeconds = reading.timeSeconds - last.timeSeconds;
    if (reading.kind === 'power' && last.kind === 'power') {
      const usual = this.#usualSeconds.get(reading.channel) ?? 0;
      if (elapsedSeconds > Math.max(GAP_SECONDS, 3 * usual))
        notes.push(
          t(
            '{0} told no power for {1} s; the mean of before and after is taken for them.',
            nameOf(reading),
            elapsedSeconds.toFixed(1),
          ),
        );
      return ((last.powerWatts + reading.powerWatts) / 2) * elapsedSeconds;
    }
    if (reading.kind !== 'counter' || last.kind !== 'counter') return 0;
    return counterEnergy(last, reading, elapsedSeconds, notes);
  }
}

/** The interval that channels tell of. Each is read at its own moment: it begins and ends in the middle of these. */
class Span {
  readonly #channels = new Map<string, { readonly startSeconds: number; endSeconds: number }>();

  get isEmpty(): boolean {
    return this.#channels.size === 0;
  }

  include(channel: string, startSeconds: number, endSeconds: number): void {
    const known = this.#channels.get(channel);
    if (known) known.endSeconds = endSeconds;
    else this.#channels.set(channel, { startSeconds, endSeconds });
  }

  middle(): { startSeconds: number; endSeconds: number } {
    const channels = [...this.#channels.values()];
    return {
      startSeconds: median(channels.map(({ startSeconds }) => startSeconds)),
      endSeconds: median(channels.map(({ endSeconds }) => endSeconds)),
    };
  }
}

/** How a channel is named to people. */
export function nameOf({
  source,
  device,
  component,
}: Pick<Reading, 'source' | 'device' | 'component'>): string {
  return [source, device, ...(component === device ? [] : [component])].join(' ');
}

function part(reading: Reading, energyJoules: number): ChannelEnergy {
  const { channel, component, device, source, quality, uncertainty } = reading;
  return { channel, component, device, source, quality, uncertainty, energyJoules };
}

function counterEnergy(
  last: CounterReading & { readonly lastWatts?: number },
  reading: CounterReading,
  elapsedSeconds: number,
  notes: string[],
): number {
  const energyJoules = counterDifference(last, reading, elapsedSeconds);
  if (energyJoules !== null)
    return energyJoules + missedWraps(last, reading, energyJoules, elapsedSeconds, notes);
  notes.push(
    t(
      'The counter of {0} was reset; {1} s are bridged by the power before it.',
      nameOf(reading),
      elapsedSeconds.toFixed(1),
    ),
  );
  return (last.lastWatts ?? 0) * elapsedSeconds;
}

/** Joules of a round that is missed when nobody looks; null where there is none. */
function roundJoules({ rangeJoules, unseenRangeJoules }: CounterReading): number | null {
  return rangeJoules ?? unseenRangeJoules ?? null;
}

/** Joules of whole rounds that a counter went unseen; none in an interval too short for a round at any power. */
function missedWraps(
  last: CounterReading & { readonly lastWatts?: number },
  reading: CounterReading,
  seenJoules: number,
  elapsedSeconds: number,
  notes: string[],
): number {
  const rangeJoules = roundJoules(reading);
  if (!rangeJoules || last.lastWatts === undefined) return 0;
  if (PLAUSIBLE_WATTS * elapsedSeconds <= rangeJoules) return 0;
  const expectedJoules = Math.min(last.lastWatts, PLAUSIBLE_WATTS) * elapsedSeconds;
  const wraps = Math.max(0, Math.round((expectedJoules - seenJoules) / rangeJoules));
  if (wraps === 0) return 0;
  notes.push(
    t(
      'The counter of {0} was not read for {1} s, too long to count its rounds; that it went {2} more is taken from the power before.',
      nameOf(reading),
      elapsedSeconds.toFixed(1),
      wraps,
    ),
  );
  return wraps * rangeJoules;
}

/** Joules between two readings of a counter with one wrap at most; null when it was reset or told nonsense. */
function counterDifference(last: CounterReading, reading: CounterReading, elapsed: number): number | null {
  const mostWatts = reading.component === 'machine' ? PLAUSIBLE_MACHINE_WATTS : PLAUSIBLE_WATTS;
  const difference = reading.energyJoules - last.energyJoules;
  if (difference >= 0)
    return difference <= mostWatts * Math.max(NONSENSE_SECONDS, elapsed) ? difference : null;
  if (reading.rangeJoules === null) return null;
  const wrapped = difference + reading.rangeJoules;
  return wrapped >= 0 && wrapped <= mostWatts * Math.max(1, elapsed) ? wrapped : null;
}
