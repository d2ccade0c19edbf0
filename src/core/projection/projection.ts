import type { WorkUnit } from '../progress/fraction.ts';
import type { Cost } from './cost.ts';

/** A median with an 80 % interval. */
export interface Interval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** What the whole run will come to, what is already used included. */
export interface Projection {
  readonly totalEnergyJoules: Interval;
  readonly remainingSeconds: Interval;
  /** What it rests on, to be read after `from`: `3 epochs and an earlier run`. */
  readonly basis: string;
}

/** What is known of earlier runs of the same command. Plain data. */
export interface EarlierRuns {
  readonly unit: WorkUnit;
  readonly runs: number;
  /** Mean cost of one unit of work, startup and all else shared out. */
  readonly perUnit: Cost;
  /** Standard deviation of one run's cost of a unit over the mean; null where there is but one run. */
  readonly spread: Cost | null;
}
