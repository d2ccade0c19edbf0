import { chartSeries } from '../reports/chartSeries.ts';
import type { RunSnapshot, SamplePoint } from '../runs/snapshot.ts';

/** What two runs are laid over each other by. */
export type Alignment = 'time' | 'epoch';

/** Energy of a run so far, over seconds since its start or over its epochs. */
export interface Curve {
  /** Ascending. */
  readonly x: readonly number[];
  readonly energyJoules: readonly number[];
}

/** Null where it is not known, as for an older run without its epochs. @param points asked for where they are needed */
export function curveOf(
  run: RunSnapshot,
  points: () => readonly SamplePoint[],
  alignment: Alignment,
): Curve | null {
  if (alignment === 'epoch') return epochCurve(run);
  const { timeSeconds, energyJoules } = chartSeries(points());
  if (timeSeconds.length === 0) return null;
  return { x: [0, ...timeSeconds], energyJoules: [0, ...energyJoules] };
}

function epochCurve({ epochs }: RunSnapshot): Curve | null {
  if (!epochs || epochs.unit !== 'epoch' || epochs.ends.length === 0) return null;
  const marks = [epochs.start, ...epochs.ends];
  return {
    x: marks.map(({ done }) => done),
    energyJoules: marks.map(({ energyJoules }) => energyJoules),
  };
}

/** On the straight line between its neighbours; null beyond either end. */
export function energyAt({ x, energyJoules }: Curve, at: number): number | null {
  const next = x.findIndex((value) => value >= at);
  const after = x[next];
  if (next < 0 || after === undefined) return null;
  const before = x[next - 1];
  if (before === undefined) return after === at ? (energyJoules[next] ?? null) : null;
  const share = (at - before) / (after - before);
  const [from, to] = [energyJoules[next - 1] ?? 0, energyJoules[next] ?? 0];
  return from + share * (to - from);
}

/** The furthest that all of them go; null where one is unknown. */
export function furthestCommon(curves: readonly (Curve | null)[]): number | null {
  const ends = curves.map((curve) => curve?.x.at(-1) ?? null);
  if (ends.length === 0 || ends.includes(null)) return null;
  const least = Math.min(...ends.filter((end) => end !== null));
  return least > 0 ? least : null;
}
