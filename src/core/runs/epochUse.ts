import { segmentGrams, type IntensitySegment } from '../carbon/integrator.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { EpochMark } from './epochs.ts';
import type { RunSnapshot } from './snapshot.ts';

/** What one epoch of the run used, or several where not each one's end was seen or is kept. */
export interface EpochUse {
  /** Counted from 1 through this run; the script may count otherwise. */
  readonly from: number;
  readonly to: number;
  readonly energyJoules: number;
  /** Without the time for which the run was paused. */
  readonly durationSeconds: number;
  readonly emissionsGrams: number;
  /** Of the whole run up to this end, with what came before the first epoch. */
  readonly energySoFarJoules: number;
  readonly secondsSoFar: number;
  readonly gramsSoFar: number;
  /** What the output said of the model by this end; null where it said nothing. */
  readonly metrics: Metrics | null;
}

/** The run epoch by epoch, or step by step; null where that is not known, as for older runs. */
export function epochUses(run: RunSnapshot): readonly EpochUse[] | null {
  const { epochs } = run;
  if (!epochs || epochs.ends.length === 0) return null;
  const grams = gramsBetween(run);
  let before: EpochMark = epochs.start;
  let gramsSoFar = grams({ done: 0, energyJoules: 0, activeSeconds: 0, atSeconds: 0 }, before);
  return epochs.ends.map((end) => {
    const emissionsGrams = grams(before, end);
    gramsSoFar += emissionsGrams;
    const use: EpochUse = {
      from: before.done + 1,
      to: end.done,
      energyJoules: end.energyJoules - before.energyJoules,
      durationSeconds: end.activeSeconds - before.activeSeconds,
      emissionsGrams,
      energySoFarJoules: end.energyJoules,
      secondsSoFar: end.activeSeconds,
      gramsSoFar,
      metrics: end.metrics ?? null,
    };
    before = end;
    return use;
  });
}

/**
 * Grams of the energy between two marks, by the intensities of that time, so that figures which came later count here
 * too. A run that has kept no intensities has one for all: that of its sum.
 */
function gramsBetween(run: RunSnapshot): (from: EpochMark, to: EpochMark) => number {
  const segments = run.intensitySegments ?? [];
  const mean = run.energyJoules > 0 ? run.emissionsGrams / run.energyJoules : 0;
  return (from, to) => {
    const fromMillis = run.startedAtMillis + from.atSeconds * 1000;
    const toMillis = run.startedAtMillis + to.atSeconds * 1000;
    const gramsPerJoule = intensityOver(segments, fromMillis, toMillis) ?? mean;
    return (to.energyJoules - from.energyJoules) * gramsPerJoule;
  };
}

/** Grams a joule over an interval, each segment by the energy that it has in it; null where none is. */
function intensityOver(
  segments: readonly IntensitySegment[],
  fromMillis: number,
  toMillis: number,
): number | null {
  let energyJoules = 0;
  let grams = 0;
  for (const segment of segments) {
    const span = segment.toMillis - segment.fromMillis;
    const overlap = Math.min(toMillis, segment.toMillis) - Math.max(fromMillis, segment.fromMillis);
    if (overlap <= 0 || span <= 0) continue;
    energyJoules += (segment.energyJoules * overlap) / span;
    grams += (segmentGrams(segment) * overlap) / span;
  }
  return energyJoules > 0 ? grams / energyJoules : null;
}
