import type { Progress, ProgressEvent } from '../progress/event.ts';
import { isOfOtherData, metricsIn, type Metrics } from './metrics.ts';
import { headIn, rowIn, type Head } from './table.ts';

/** Names that are kept: those that came first. Engineering judgement: more than a person compares. */
const MOST_NAMES = 12;

/**
 * Keeps the last that the output said of each metric, epoch by epoch. While output streams it only remembers texts: it
 * reads those that were drawn last before the progress is asked for, or before an epoch ended.
 */
export class MetricReader {
  readonly #names = new Set<string>();
  /** The last text of the training, of something else, and of nothing that shows progress. */
  #waiting: { training: string | null; other: string | null; plain: string | null };
  #completed = 0;
  /** Of the table that was begun last. */
  #head: Head | null = null;
  #current: Metrics | null = null;
  #ended: Metrics | null = null;

  constructor(completed = 0) {
    this.#completed = completed;
    this.#waiting = { training: null, other: null, plain: null };
  }

  /** Of the epoch that ended last; null where nothing is known. It may still grow: a validation comes afterwards. */
  get ended(): Metrics | null {
    return this.#ended;
  }

  /** Of the epoch in progress. */
  get current(): Metrics | null {
    return this.#current;
  }

  /** A text of the terminal. @param event what it was recognised as */
  see(text: string, event: ProgressEvent | null, before: Progress, after: Progress): void {
    const hasEnded = before.epochsCompleted !== after.epochsCompleted;
    if (hasEnded) this.#readWaiting(before);
    this.#remember(text, event);
    if (!hasEnded) return;
    // a line with the epoch's results is of the epoch that it ends, any other is of the next
    if (event?.epochFinished) this.#readWaiting(before);
    this.#endEpoch(after);
  }

  /** Reads what was drawn last. @returns whether there was a metric */
  read(progress: Progress): boolean {
    const found = this.#readWaiting(progress);
    if (progress.epochsCompleted !== this.#completed) this.#endEpoch(progress);
    return found;
  }

  #remember(text: string, event: ProgressEvent | null): void {
    if (event?.phase !== 'train') this.#head = headIn(text) ?? this.#head;
    if (event === null) this.#waiting.plain = text;
    else if (event.phase === 'train') this.#waiting.training = text;
    else this.#waiting.other = text;
  }

  #readWaiting(progress: Progress): boolean {
    const { training, other, plain } = this.#waiting;
    this.#waiting = { training: null, other: null, plain: null };
    let found = false;
    for (const text of [training, plain, other]) {
      const metrics = text === null ? null : this.#metricsOf(text);
      if (metrics) this.#take(this.#known(metrics), progress);
      found ||= metrics !== null;
    }
    return found;
  }

  #endEpoch({ epochsCompleted }: Progress): void {
    const isTakenBack = epochsCompleted < this.#completed;
    this.#current = isTakenBack ? { ...this.#ended, ...this.#current } : this.#current;
    this.#ended = isTakenBack ? null : this.#current;
    if (!isTakenBack) this.#current = null;
    this.#completed = epochsCompleted;
  }

  #metricsOf(text: string): Metrics | null {
    return metricsIn(text) ?? (this.#head && rowIn(this.#head, text));
  }

  #known(metrics: Metrics): [string, number][] {
    return Object.entries(metrics).filter(([name]) => {
      if (this.#names.size < MOST_NAMES) this.#names.add(name);
      return this.#names.has(name);
    });
  }

  #take(metrics: [string, number][], progress: Progress): void {
    for (const [name, value] of metrics) {
      if (this.#isLate(name, progress)) this.#ended = { ...this.#ended, [name]: value };
      else this.#current = { ...this.#current, [name]: value };
    }
  }

  /** Whether it still belongs to the epoch that is over, as its validation. */
  #isLate(name: string, { epochsCompleted, step, percent }: Progress): boolean {
    const isUnderWay = (step ?? percent ?? 0) > 0 || this.#current !== null;
    return epochsCompleted > 0 && isOfOtherData(name) && !isUnderWay && this.#ended?.[name] === undefined;
  }
}
