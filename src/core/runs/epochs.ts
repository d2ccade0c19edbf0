import type { Metrics } from '../metrics/metrics.ts';

/** Ends that are kept: of more, each second one goes, and each then stands for twice as many epochs. */
const MOST_ENDS = 256;

/** A moment of the run, with what it had used up to then. */
export interface EpochMark {
  /** How much of the unit this run had done. */
  readonly done: number;
  readonly energyJoules: number;
  /** Without the time for which the run was paused. */
  readonly activeSeconds: number;
  /** Since the run started, pauses included. */
  readonly atSeconds: number;
}

/** The end of an epoch, and the last that the output said of each metric up to it. */
export interface EpochEnd extends EpochMark {
  readonly metrics?: Metrics;
}

/** What the run had used at the ends of its epochs. Plain data of bounded size. */
export interface EpochRecord {
  /** Epochs, or for a run without any, steps at which the output told a metric. */
  readonly unit: 'epoch' | 'step';
  /** Where the first one began: what came before is the start of the program. */
  readonly start: EpochMark;
  /** In order. Where an end was not seen, or is not kept, the next one stands for its epochs too. */
  readonly ends: readonly EpochEnd[];
}

/** When something was seen. */
export type Moment = Pick<EpochMark, 'activeSeconds' | 'atSeconds'>;
type Used = Pick<EpochMark, 'energyJoules' | 'activeSeconds'>;
type Waiting = Omit<EpochEnd, 'energyJoules'>;

const BEGINNING: EpochMark = { done: 0, energyJoules: 0, activeSeconds: 0, atSeconds: 0 };

/** Writes down what a run had used at the end of each epoch. An end gets its energy with the next sample. */
export class EpochRecorder {
  #record: EpochRecord | null;
  #waiting: Waiting[] = [];
  #sampled: Used;
  /** How much two ends are apart, at least; the latest end is kept wherever it is. */
  #spacing: number;

  /** Goes on from what an earlier recorder knew. @param sampled what the run had used by its last sample */
  constructor(before: EpochRecord | null = null, sampled: Used = BEGINNING) {
    this.#record = before;
    this.#sampled = sampled;
    const [first, second] = before?.ends ?? [];
    this.#spacing = first && second ? second.done - first.done : 1;
  }

  /** Null while the output has told neither an epoch nor a step. */
  get record(): EpochRecord | null {
    return this.#record;
  }

  /** So much was done at this moment, and this was told of it. Told again of the same, the new metrics hold. */
  see(unit: EpochRecord['unit'], done: number, metrics: Metrics | null, moment: Moment): void {
    if (unit === 'step' && this.#record?.unit === 'epoch') return; // steps go on beside epochs
    if (this.#record?.unit !== unit) this.#begin(unit);
    const told = metrics ? { metrics } : {};
    const last = this.#lastDone();
    if (done < last) this.#takeBack(done);
    if (done > last || last < 0) this.#waiting.push({ done, ...moment, ...told });
    else if (done === last && done > 0) this.#tellLast(told);
    if (this.#waiting.length > MOST_ENDS) this.#waiting = everySecond(this.#waiting);
  }

  /** Energy was measured: what ended since the last sample gets its energy from the straight line between the two. */
  sample({ energyJoules, activeSeconds }: Used): void {
    const before = this.#sampled;
    const used = { energyJoules, activeSeconds };
    for (const waiting of this.#waiting)
      this.#add({ ...waiting, energyJoules: energyAt(waiting.activeSeconds, before, used) });
    this.#waiting = [];
    this.#sampled = used;
  }

  #begin(unit: EpochRecord['unit']): void {
    this.#record = { unit, start: this.#record?.start ?? BEGINNING, ends: [] };
    this.#waiting = this.#waiting.filter(({ done }) => done === 0);
    this.#spacing = 1;
  }

  /** -1 before anything was seen, not even the beginning. */
  #lastDone(): number {
    const last = this.#waiting.at(-1) ?? this.#record?.ends.at(-1);
    return last?.done ?? (this.#record?.start === BEGINNING ? -1 : 0);
  }

  /** What was taken for an epoch's end was none. */
  #takeBack(done: number): void {
    this.#waiting = this.#waiting.filter((end) => end.done <= done);
    const ends = this.#record?.ends ?? [];
    if ((ends.at(-1)?.done ?? 0) > done) this.#change(ends.filter((end) => end.done <= done));
  }

  #tellLast(told: Pick<EpochEnd, 'metrics'>): void {
    const waiting = this.#waiting.at(-1);
    if (waiting) this.#waiting[this.#waiting.length - 1] = { ...waiting, ...told };
    const ends = this.#record?.ends ?? [];
    const last = ends.at(-1);
    if (!waiting && last) this.#change([...ends.slice(0, -1), { ...last, ...told }]);
  }

  #add(end: EpochEnd): void {
    if (!this.#record) return;
    if (end.done === 0) {
      this.#record = { ...this.#record, start: end };
      return;
    }
    const { ends } = this.#record;
    const [before, last] = [ends.at(-2), ends.at(-1)];
    const isProvisional = last !== undefined && last.done - (before?.done ?? 0) < this.#spacing;
    const all = [...(isProvisional ? ends.slice(0, -1) : ends), end];
    if (all.length <= MOST_ENDS) return this.#change(all);
    this.#spacing = Math.max(this.#spacing * 2, end.done / MOST_ENDS);
    this.#change(everySecond(all));
  }

  #change(ends: readonly EpochEnd[]): void {
    if (this.#record) this.#record = { ...this.#record, ends };
  }
}

/** The last one stays. */
function everySecond<T>(all: readonly T[]): T[] {
  return all.filter((_, index) => (all.length - 1 - index) % 2 === 0);
}

function energyAt(activeSeconds: number, before: Used, used: Used): number {
  const span = used.activeSeconds - before.activeSeconds;
  const share = span > 0 ? Math.min(1, Math.max(0, (activeSeconds - before.activeSeconds) / span)) : 1;
  return before.energyJoules + share * (used.energyJoules - before.energyJoules);
}
