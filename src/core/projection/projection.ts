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
  /** One short sentence: what it rests on. */
  readonly basis: string;
}

/** A moment of the training: how much was done, what it had used. */
export interface Milestone {
  /** Epochs done, with the fraction of the one in progress: 2.5. */
  readonly epochs: number;
  readonly energyJoules: number;
  /** Seconds since the run started. */
  readonly timeSeconds: number;
}
