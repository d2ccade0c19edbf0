import type { EpochCounter } from './epochCounter.ts';
import type { TotalSource } from './event.ts';

/** Totals that are known besides the output. */
export interface KnownTotals {
  readonly totalEpochs?: number;
  readonly totalSource?: Exclude<TotalSource, 'output'>;
  /** Of the run. */
  readonly totalSteps?: number;
  readonly totalStepsSource?: Exclude<TotalSource, 'output'>;
}

/** The surest first. */
const SOURCES: readonly TotalSource[] = ['task', 'setting', 'command', 'config', 'history'];

/** Totals of these sources are of the whole run, the others of one fit. */
const OF_THE_RUN: ReadonlySet<TotalSource | null> = new Set<TotalSource | null>([
  'task',
  'setting',
  'history',
]);

/** How much there is to do, by all that tells it. */
export class Totals {
  #known: KnownTotals;
  /** Epochs of one fit, by the output, as printed. */
  printed: number | null = null;
  announcedEpochs: number | null = null;
  announcedSteps: number | null = null;
  /** Several fits that the output tells of, null where it tells of none. */
  stages: number | null = null;
  /** What is printed is how many there are, even where the count begins at 0. */
  printsHowMany = false;
  #source: TotalSource | null = null;
  readonly #epochs: EpochCounter;

  constructor(known: KnownTotals, epochs: EpochCounter) {
    this.#known = known;
    this.#epochs = epochs;
  }

  /** Takes totals that became known later; what is surer stays. */
  learn(totals: KnownTotals): void {
    const { totalEpochs, totalSteps, totalSource, totalStepsSource } = totals;
    if (totalEpochs !== undefined && rankOf(totalSource) < rankOf(this.#known.totalSource))
      this.#known = { ...this.#known, totalEpochs, totalSource };
    if (totalSteps !== undefined && rankOf(totalStepsSource) < rankOf(this.#known.totalStepsSource))
      this.#known = { ...this.#known, totalSteps, totalStepsSource };
  }

  get knownEpochs(): number | null {
    return this.#known.totalEpochs ?? null;
  }

  /** Steps of the run that are known without a bar of them. */
  get stepsOfRun(): number | null {
    return this.#known.totalSteps ?? this.announcedSteps;
  }

  get stepsSource(): TotalSource | null {
    return this.#known.totalSteps === undefined ? 'output' : (this.#known.totalStepsSource ?? null);
  }

  /** The last epoch that was named has the number that was printed as the total, counted from 1. */
  get isAtPrinted(): boolean {
    return this.printed !== null && this.#epochs.endsAt(this.printed);
  }

  /**
   * Epochs of all fits: where numbers began again and nobody says how many fits there are, only what is told of the run
   * counts.
   */
  get epochs(): number | null {
    const ofFit = this.#ofFit();
    if (this.stages !== null && this.stages > 1 && ofFit !== null)
      return OF_THE_RUN.has(this.#source) ? ofFit : ofFit * this.stages;
    if (!this.#epochs.hasRestarted) return ofFit;
    return OF_THE_RUN.has(this.#sourceOfKnown()) ? this.#takeKnown() : this.#take(null, null);
  }

  /** Of the `epochs` that were last asked for. */
  get source(): TotalSource | null {
    return this.#source;
  }

  #ofFit(): number | null {
    const known = this.knownEpochs;
    if (this.printed !== null) {
      // a script that counts from 0 may print how many there are, or the last one's number
      const isHowMany = this.printsHowMany || known === this.printed;
      return this.#take(isHowMany ? this.printed : this.#epochs.total(this.printed), 'output');
    }
    if (known !== null && this.#known.totalSource !== 'history') return this.#takeKnown();
    // what was announced for an earlier fit is passed
    const isPassed = (this.#epochs.last ?? 0) > (this.announcedEpochs ?? Infinity);
    if (this.announcedEpochs !== null && !isPassed) return this.#take(this.announcedEpochs, 'output');
    return this.#takeKnown();
  }

  #takeKnown(): number | null {
    return this.#take(this.knownEpochs, this.#sourceOfKnown());
  }

  #sourceOfKnown(): TotalSource | null {
    return this.knownEpochs === null ? null : (this.#known.totalSource ?? null);
  }

  #take(epochs: number | null, source: TotalSource | null): number | null {
    this.#source = source;
    return epochs;
  }
}

function rankOf(source: TotalSource | undefined): number {
  return source === undefined ? SOURCES.length : SOURCES.indexOf(source);
}
