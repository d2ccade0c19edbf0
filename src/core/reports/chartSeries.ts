import { thin } from '../runs/series.ts';
import type { SamplePoint } from '../runs/snapshot.ts';
import type { Component } from '../sensors/sensor.ts';

/** A chart is no wider than this many points, so more of them would only cost time. */
const MOST_TIMES = 1000;

/** A run's samples as lines: one entry a time in each list. */
export interface ChartSeries {
  /** Ends of intervals, seconds since the run started, ascending. */
  readonly timeSeconds: readonly number[];
  /** Mean power of the run over each interval, null where the component was not read. */
  readonly powerWatts: ReadonlyMap<Component, readonly (number | null)[]>;
  /** Energy of the run up to each time. */
  readonly energyJoules: readonly number[];
}

export function chartSeries(points: readonly SamplePoint[]): ChartSeries {
  const components = [...new Set(points.map((point) => point.component))];
  const times = intervals(withinWidth(points, components.length));
  let energySum = 0;
  const energyJoules = times.map(([, parts]) => {
    for (const part of parts) energySum += part.energyJoules;
    return energySum;
  });
  const powerOf = (component: Component) =>
    times.map(([, parts]) => {
      const part = parts.find((candidate) => candidate.component === component);
      return part && part.durationSeconds > 0 ? part.energyJoules / part.durationSeconds : null;
    });
  return {
    timeSeconds: times.map(([time]) => time),
    powerWatts: new Map(components.map((component) => [component, powerOf(component)])),
    energyJoules,
  };
}

function withinWidth(points: readonly SamplePoint[], components: number): readonly SamplePoint[] {
  const last = points.at(-1);
  if (!last || points.length <= MOST_TIMES * components) return points;
  return thin(points, (last.startSeconds + last.durationSeconds) / MOST_TIMES);
}

/** Points by the end of their interval, to the millisecond. */
function intervals(points: readonly SamplePoint[]): [number, SamplePoint[]][] {
  const byTime = new Map<number, SamplePoint[]>();
  for (const point of points) {
    const end = Math.round((point.startSeconds + point.durationSeconds) * 1000) / 1000;
    const parts = byTime.get(end);
    if (parts) parts.push(point);
    else byTime.set(end, [point]);
  }
  return [...byTime].sort(([a], [b]) => a - b);
}
