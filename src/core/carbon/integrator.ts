import { gramsOf, JOULES_PER_KWH } from './facility.ts';
import { MINUTE_MILLIS } from './source.ts';

/**
 * Every source's figures begin at a full five minutes, so that within such a slot intensity is constant and energy may
 * be taken as even.
 */
const SLOT_MILLIS = 5 * MINUTE_MILLIS;

/** A day of hourly figures and a slot for each five minutes of the hours that are not final. */
const MOST_SEGMENTS = 300;

/** An interval in which one intensity holds, as it is kept. */
interface Kept {
  readonly fromMillis: number;
  readonly toMillis: number;
  readonly gramsPerKwh: number;
  /** For people, in a few words: `Energy-Charts, measured`. */
  readonly source: string;
  /** Whether nothing better will come. */
  readonly isFinal: boolean;
}

/** An interval in which one intensity holds. */
export interface Stretch extends Kept {
  /** Whether a source told it for this time; where not, it is the last known or a yearly average. */
  readonly isTold: boolean;
}

/** Part of a run: what it used in an interval and by which intensity it was counted. Plain data. */
export interface IntensitySegment extends Kept {
  /** Of the machine, as attributed to the run; times PUE it is the facility's. */
  readonly energyJoules: number;
  readonly pue: number;
}

/** Stretches that cover an interval without gaps. */
export type StretchesOver = (fromMillis: number, toMillis: number) => readonly Stretch[];

/** Facility energy (PUE times the machine's, once) times the intensity of its time. */
export function segmentGrams({ energyJoules, pue, gramsPerKwh }: IntensitySegment): number {
  return gramsOf(energyJoules, pue, gramsPerKwh);
}

/** Adds up grams interval by interval, and remembers by which intensity, so that they can be counted again. */
export class Integrator {
  #segments: IntensitySegment[];

  constructor(before: readonly IntensitySegment[] = []) {
    this.#segments = [...before];
  }

  get segments(): readonly IntensitySegment[] {
    return this.#segments;
  }

  get grams(): number {
    return this.#segments.reduce((sum, segment) => sum + segmentGrams(segment), 0);
  }

  get isFinal(): boolean {
    return this.#segments.every(({ isFinal }) => isFinal);
  }

  /** Energy used evenly over an interval. */
  add(energyJoules: number, fromMillis: number, toMillis: number, over: StretchesOver, pue: number): void {
    if (energyJoules === 0) return;
    const end = Math.max(toMillis, fromMillis + 1);
    for (const stretch of over(fromMillis, end)) {
      for (const [from, to] of slots(stretch)) {
        const share = (to - from) / (end - fromMillis);
        const { gramsPerKwh, source, isFinal } = stretch;
        const counted = { energyJoules: energyJoules * share, pue, gramsPerKwh, source, isFinal };
        this.#push({ fromMillis: from, toMillis: to, ...counted });
      }
    }
    if (this.#segments.length > MOST_SEGMENTS) this.#shorten();
  }

  /** Counts again what was not final, where final figures have come. @returns by how much the grams have changed */
  correct(over: StretchesOver): number {
    if (this.isFinal) return 0;
    const before = this.grams;
    const corrected = this.#segments.map((segment) => (segment.isFinal ? segment : recount(segment, over)));
    this.#segments = [];
    for (const segment of corrected) this.#push(segment);
    return this.grams - before;
  }

  #push(segment: IntensitySegment): void {
    const last = this.#segments.at(-1);
    if (last && belongTogether(last, segment))
      this.#segments[this.#segments.length - 1] = join(last, segment);
    else this.#segments.push(segment);
  }

  /** Joins the oldest neighbours by two. Their grams stay what they are. */
  #shorten(): void {
    const old = this.#segments.slice(0, MOST_SEGMENTS / 2);
    const joined: IntensitySegment[] = [];
    for (let index = 0; index < old.length; index += 2) {
      const [first, second] = [old[index], old[index + 1]];
      if (first) joined.push(second ? join(first, second) : first);
    }
    this.#segments = [...joined, ...this.#segments.slice(MOST_SEGMENTS / 2)];
  }
}

/** A final stretch stays whole; what may be counted again is cut at the slots. */
function slots({ fromMillis, toMillis, isFinal }: Stretch): readonly (readonly [number, number])[] {
  if (isFinal) return [[fromMillis, toMillis]];
  const parts: [number, number][] = [];
  for (let from = fromMillis; from < toMillis;) {
    const to = Math.min(toMillis, (Math.floor(from / SLOT_MILLIS) + 1) * SLOT_MILLIS);
    parts.push([from, to]);
    from = to;
  }
  return parts;
}

function belongTogether(last: IntensitySegment, next: IntensitySegment): boolean {
  if (last.gramsPerKwh !== next.gramsPerKwh || last.source !== next.source) return false;
  if (last.pue !== next.pue || last.isFinal !== next.isFinal) return false;
  return (
    last.isFinal ||
    Math.floor(last.fromMillis / SLOT_MILLIS) === Math.floor((next.toMillis - 1) / SLOT_MILLIS)
  );
}

function join(first: IntensitySegment, second: IntensitySegment): IntensitySegment {
  const energyJoules = first.energyJoules + second.energyJoules;
  const isSame = first.gramsPerKwh === second.gramsPerKwh && first.pue === second.pue;
  const facility = first.energyJoules * first.pue + second.energyJoules * second.pue;
  const grams = segmentGrams(first) + segmentGrams(second);
  return {
    fromMillis: Math.min(first.fromMillis, second.fromMillis),
    toMillis: Math.max(first.toMillis, second.toMillis),
    source: first.source === second.source ? first.source : 'several sources',
    isFinal: first.isFinal && second.isFinal,
    energyJoules,
    pue: isSame || energyJoules === 0 ? first.pue : facility / energyJoules,
    gramsPerKwh: isSame || facility === 0 ? first.gramsPerKwh : (grams * JOULES_PER_KWH) / facility,
  };
}

/** The mean over the segment's time, which is at most a slot long unless it was shortened. */
function recount(segment: IntensitySegment, over: StretchesOver): IntensitySegment {
  const stretches = over(segment.fromMillis, segment.toMillis);
  if (stretches.length === 0 || !stretches.every(({ isFinal }) => isFinal)) return segment;
  // nothing better will come: what was taken, such as a forecast, stays
  if (!stretches.every(({ isTold }) => isTold)) return { ...segment, isFinal: true };
  const millis = segment.toMillis - segment.fromMillis;
  const gramsPerKwh = stretches.reduce(
    (sum, stretch) => sum + (stretch.gramsPerKwh * (stretch.toMillis - stretch.fromMillis)) / millis,
    0,
  );
  const [first] = stretches;
  const isOne = stretches.every(({ gramsPerKwh: grams }) => grams === first?.gramsPerKwh);
  return {
    ...segment,
    gramsPerKwh: isOne && first ? first.gramsPerKwh : gramsPerKwh,
    source: first?.source ?? segment.source,
    isFinal: true,
  };
}
