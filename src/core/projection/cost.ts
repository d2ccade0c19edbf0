/** What was used, or will be. */
export interface Cost {
  readonly energyJoules: number;
  readonly timeSeconds: number;
}

export type Quantity = keyof Cost;

/** A moment of the training: how much was done, what it had used since the run started. */
export interface Milestone extends Cost {
  /** Work done in the run's unit: epochs with the fraction of the one in progress (2.5), or steps of the run. */
  readonly work: number;
}

export const NOTHING: Cost = { energyJoules: 0, timeSeconds: 0 };

export function plus(a: Cost, b: Cost): Cost {
  return { energyJoules: a.energyJoules + b.energyJoules, timeSeconds: a.timeSeconds + b.timeSeconds };
}

export function minus(a: Cost, b: Cost): Cost {
  return { energyJoules: a.energyJoules - b.energyJoules, timeSeconds: a.timeSeconds - b.timeSeconds };
}

export function times(cost: Cost, factor: number): Cost {
  return { energyJoules: cost.energyJoules * factor, timeSeconds: cost.timeSeconds * factor };
}
