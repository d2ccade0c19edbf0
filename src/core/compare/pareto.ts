import type { QualityPoint, QualityUnit } from './quality.ts';

/** The half per cent whose cost people ask for: of one for a share, of a hundred for a percentage, else relative. */
const STEP = 0.005;

/** What the last bit of quality cost. */
export interface MarginalCost {
  readonly from: QualityPoint;
  readonly to: QualityPoint;
  /** Of the energy of `to`, what came after `from`. */
  readonly energyJoules: number;
  /** What it made better, above 0: a share of one, percentage points, or relative to `from`. */
  readonly gain: number;
  readonly unit: QualityUnit;
}

/**
 * The points that no other beats: none is as good or better for as little energy or less (Pareto). By energy ascending,
 * so that each is better than the one before it.
 */
export function paretoFront(
  points: readonly QualityPoint[],
  isLowerBetter: boolean,
): readonly QualityPoint[] {
  const byEnergy = [...points].sort(
    (a, b) => a.energyJoules - b.energyJoules || betterBy(b, a, isLowerBetter),
  );
  const front: QualityPoint[] = [];
  for (const point of byEnergy) {
    const best = front.at(-1);
    if (!best || betterBy(point, best, isLowerBetter) > 0) front.push(point);
  }
  return front;
}

/**
 * What the last half per cent up to the best cost; where the last step of the front was larger, what that one cost, and
 * where all of the front lies within it, what all of it did.
 *
 * @param front as `paretoFront` gives it
 * @returns null for a front of one point
 */
export function marginalCost(
  front: readonly QualityPoint[],
  isLowerBetter: boolean,
  unit: QualityUnit,
): MarginalCost | null {
  const to = front.at(-1);
  if (!to || front.length < 2) return null;
  const isFar = (point: QualityPoint) => gainOf(point, to, isLowerBetter, unit) >= stepOf(unit);
  const from = front.findLast(isFar) ?? front[0] ?? to;
  const energyJoules = to.energyJoules - from.energyJoules;
  return { from, to, energyJoules, gain: gainOf(from, to, isLowerBetter, unit), unit };
}

function stepOf(unit: QualityUnit): number {
  return (unit === 'percentage' ? 100 : 1) * STEP * (1 - 1e-9);
}

function gainOf(from: QualityPoint, to: QualityPoint, isLowerBetter: boolean, unit: QualityUnit): number {
  const gain = betterBy(to, from, isLowerBetter);
  return unit === 'relative' ? gain / Math.max(Math.abs(from.value), Number.MIN_VALUE) : gain;
}

function betterBy(one: QualityPoint, other: QualityPoint, isLowerBetter: boolean): number {
  return isLowerBetter ? other.value - one.value : one.value - other.value;
}
