import type { Interval } from '../projection/projection.ts';
import type { RunSnapshot } from './snapshot.ts';

const JOULES_PER_KWH = 3.6e6;

/** What a kilowatt-hour costs the user. */
export interface Price {
  readonly perKwh: number;
  /** For people: `€`, `USD`. */
  readonly currency: string;
}

/** What one run may use; null where there is no limit. */
export interface Budget {
  readonly energyJoules: number | null;
  readonly emissionsGrams: number | null;
  /** In the currency of the price; without a price it holds nobody back. */
  readonly cost: number | null;
  readonly durationSeconds: number | null;
}

/** One limit that a run passes, or will. */
export interface Breach {
  readonly limit: keyof Budget;
  readonly allowed: number;
  /** Whether it is passed already. */
  readonly isPassed: boolean;
  /** What the run has used or will come to; low and high are the same for what is passed already. */
  readonly total: Interval;
}

/** What the electricity of an energy costs, that of the building around the computer included (PUE). */
export function costOf(energyJoules: number, pue: number, price: Price): number {
  return (energyJoules / JOULES_PER_KWH) * pue * price.perKwh;
}

/**
 * The limits that a run has passed, and those that it will pass with confidence: the low end of the projection's 80 %
 * interval is beyond them, so that 9 of 10 such runs pass them.
 */
export function breaches(run: RunSnapshot, budget: Budget, price: Price | null): readonly Breach[] {
  const limits: readonly (keyof Budget)[] = ['energyJoules', 'emissionsGrams', 'cost', 'durationSeconds'];
  return limits.flatMap((limit): readonly Breach[] => {
    const allowed = budget[limit];
    const amounts = amountsOf(run, limit, price);
    if (allowed === null || amounts === null) return [];
    const { used, total } = amounts;
    if (used >= allowed)
      return [{ limit, allowed, isPassed: true, total: { median: used, low: used, high: used } }];
    return total && total.low > allowed ? [{ limit, allowed, isPassed: false, total }] : [];
  });
}

interface Amounts {
  readonly used: number;
  /** Null while there is no projection. */
  readonly total: Interval | null;
}

function amountsOf(run: RunSnapshot, limit: keyof Budget, price: Price | null): Amounts | null {
  const { projection } = run;
  switch (limit) {
    case 'energyJoules':
      return { used: run.energyJoules, total: projection?.totalEnergyJoules ?? null };
    case 'emissionsGrams':
      return { used: run.emissionsGrams, total: run.projectedEmissionsGrams };
    case 'cost': {
      if (!price) return null;
      const cost = (joules: number) => costOf(joules, run.carbon.pue, price);
      const total = projection && map(projection.totalEnergyJoules, cost);
      return { used: cost(run.energyJoules), total };
    }
    case 'durationSeconds': {
      const used = run.durationSeconds;
      return { used, total: projection && map(projection.remainingSeconds, (seconds) => used + seconds) };
    }
  }
}

function map({ median, low, high }: Interval, change: (value: number) => number): Interval {
  return { median: change(median), low: change(low), high: change(high) };
}
