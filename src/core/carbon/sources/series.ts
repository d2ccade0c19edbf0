import type { IntensityPoint, PointQuality } from '../source.ts';

/** One figure of a source that tells only when its interval begins. */
export interface Mark {
  readonly atMillis: number;
  readonly gramsPerKwh: number;
  readonly quality: PointQuality;
}

/** Longer than this no figure is taken to hold: the next one is missing. */
const LONGEST_HOLD_MILLIS = 3_600_000;

/**
 * Marks as points, each to the next one but no longer than the usual step between them, so that a gap stays a gap. Of
 * marks for one moment the last counts.
 *
 * @param usualMillis the step where there are too few marks to tell
 */
export function pointsOf(marks: readonly Mark[], usualMillis: number): readonly IntensityPoint[] {
  const byTime = new Map(marks.map((mark) => [mark.atMillis, mark]));
  const sorted = [...byTime.values()].sort((a, b) => a.atMillis - b.atMillis);
  const step = Math.min(medianStep(sorted) ?? usualMillis, Math.max(usualMillis, LONGEST_HOLD_MILLIS));
  return sorted.map(({ atMillis, gramsPerKwh, quality }, index) => {
    const next = sorted[index + 1]?.atMillis ?? Infinity;
    return { fromMillis: atMillis, toMillis: Math.min(next, atMillis + step), gramsPerKwh, quality };
  });
}

function medianStep(marks: readonly Mark[]): number | null {
  const steps = marks.slice(1).map(({ atMillis }, index) => atMillis - (marks[index]?.atMillis ?? atMillis));
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? null;
}
