import type { Quantity } from './cost.ts';
import type { Remaining } from './remaining.ts';
import type { EarlierRuns } from './projection.ts';

/** How well one run foretells another of the same command, relative. Engineering judgement. */
const ONE_RUN_SPREAD = 0.15;
const LEAST_SPREAD = 0.05;

/** A run that differs by more than so many deviations from the earlier ones trains something else. */
const MOST_DEVIATIONS = 2;

/**
 * What the run itself tells of its remaining cost together with what earlier runs of the same command tell: the mean of
 * the logarithms weighted by precision (the posterior of two normal observations; Gelman et al., "Bayesian Data
 * Analysis", 3rd ed., section 2.5). Where they contradict each other the run is believed.
 */
export function combine(
  own: Remaining | null,
  earlier: EarlierRuns | null,
  work: number,
  quantity: Quantity,
): { readonly remaining: Remaining | null; readonly usesEarlier: boolean } {
  const before = earlier && fromEarlier(earlier, work, quantity);
  if (!before || !own) return { remaining: own ?? before, usesEarlier: before !== null };
  const apart = Math.abs(Math.log(own.median / before.median));
  const mayDiffer = MOST_DEVIATIONS * Math.hypot(own.deviation, before.deviation);
  if (!(apart <= mayDiffer)) return { remaining: own, usesEarlier: false };
  const ownWeight = own.deviation ** -2;
  const weight = before.deviation ** -2;
  const log = (ownWeight * Math.log(own.median) + weight * Math.log(before.median)) / (ownWeight + weight);
  return { remaining: { median: Math.exp(log), deviation: (ownWeight + weight) ** -0.5 }, usesEarlier: true };
}

function fromEarlier({ runs, perUnit, spread }: EarlierRuns, work: number, quantity: Quantity): Remaining {
  const ofOne = Math.max(LEAST_SPREAD, spread?.[quantity] ?? ONE_RUN_SPREAD);
  return { median: perUnit[quantity] * work, deviation: ofOne * Math.sqrt(1 + 1 / runs) };
}
