import { workDone, workUnit, type WorkUnit } from '../progress/fraction.ts';
import type { Cost, Quantity } from '../projection/cost.ts';
import type { EarlierRuns } from '../projection/projection.ts';
import type { RunSnapshot } from './snapshot.ts';

/** So many of the latest runs are looked at: older ones were of another machine, code or data. Engineering judgement. */
export const MOST_EARLIER_RUNS = 10;

/** What finished runs of one command cost by unit of work. A run without progress tells nothing. */
export function earlierRuns(finished: readonly RunSnapshot[]): readonly EarlierRuns[] {
  return (['epoch', 'step'] as const).flatMap((unit) => {
    const costs = finished.flatMap((run) => costOf(run, unit) ?? []);
    return costs.length === 0 ? [] : [summary(unit, costs)];
  });
}

function costOf(run: RunSnapshot, unit: WorkUnit): Cost | null {
  const work = workUnit(run.progress) === unit ? workDone(run.progress) : null;
  const { energyJoules, durationSeconds } = run;
  if (work === null || work <= 0 || energyJoules <= 0 || durationSeconds <= 0) return null;
  return { energyJoules: energyJoules / work, timeSeconds: durationSeconds / work };
}

function summary(unit: WorkUnit, costs: readonly Cost[]): EarlierRuns {
  const energy = meanAndSpread(costs, 'energyJoules');
  const time = meanAndSpread(costs, 'timeSeconds');
  return {
    unit,
    runs: costs.length,
    perUnit: { energyJoules: energy.mean, timeSeconds: time.mean },
    spread: costs.length < 2 ? null : { energyJoules: energy.spread, timeSeconds: time.spread },
  };
}

function meanAndSpread(costs: readonly Cost[], quantity: Quantity): { mean: number; spread: number } {
  const mean = costs.reduce((sum, cost) => sum + cost[quantity], 0) / costs.length;
  const squares = costs.reduce((sum, cost) => sum + (cost[quantity] / mean - 1) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / Math.max(1, costs.length - 1)) };
}
