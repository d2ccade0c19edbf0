import type { Comparison } from '../../core/compare/comparison.ts';
import { energyAt } from '../../core/compare/curve.ts';
import { paretoFront } from '../../core/compare/pareto.ts';
import { isLowerBetter, qualityPoints, type QualityMeasure } from '../../core/compare/quality.ts';
import { wattHours } from '../../core/reports/format.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import type { OverlayChart, QualityChart } from '../../protocol/messages.ts';

/** No chart is wider: runs are read at so many moments, so that they share an axis. */
const MOMENTS = 500;

/** Energy of all runs over one axis. */
export function overlayOf({ alignment, runs }: Comparison): OverlayChart {
  const furthest = Math.max(0, ...runs.map(({ curve }) => curve?.x.at(-1) ?? 0));
  const x =
    alignment === 'epoch'
      ? epochs(furthest)
      : moments(
          furthest,
          runs.map(({ curve }) => curve?.x.at(-1) ?? 0),
        );
  return {
    unit: alignment === 'epoch' ? 'epochs' : 'seconds',
    x: furthest > 0 ? x : [],
    lines: runs.map(({ run, curve }) => ({
      runId: run.id,
      label: run.label,
      values: x.map((at) => {
        const energyJoules = curve && energyAt(curve, at);
        return energyJoules === null ? null : wattHours(energyJoules);
      }),
    })),
  };
}

/** Energy against quality: one entry for each point of any run. */
export function qualityChartOf(runs: readonly RunSnapshot[], measure: QualityMeasure): QualityChart {
  const points = [...qualityPoints(runs, measure)].sort((a, b) => a.energyJoules - b.energyJoules);
  const front = new Set(paretoFront(points, isLowerBetter(measure)));
  return {
    x: points.map(({ energyJoules }) => wattHours(energyJoules)),
    lines: runs.map((run) => ({
      runId: run.id,
      label: run.label,
      values: points.map((point) => (point.runId === run.id ? point.value : null)),
    })),
    front: points.map((point) => (front.has(point) ? point.value : null)),
  };
}

function epochs(furthest: number): number[] {
  const step = Math.max(1, Math.ceil(furthest / MOMENTS));
  const all = Array.from({ length: Math.floor(furthest / step) + 1 }, (_, index) => index * step);
  return all.at(-1) === furthest ? all : [...all, furthest];
}

/** Evenly spread, with the end of each run. */
function moments(furthest: number, ends: readonly number[]): number[] {
  const even = Array.from({ length: MOMENTS + 1 }, (_, index) => (index * furthest) / MOMENTS);
  return [...new Set([...even, ...ends])].sort((a, b) => a - b);
}
