import type { RunSnapshot, SamplePoint } from '../runs/snapshot.ts';
import { curveOf, energyAt, furthestCommon, type Alignment, type Curve } from './curve.ts';
import { perEpoch } from './perEpoch.ts';

/** No more runs than colours and rows can be told apart. Engineering judgement. */
export const MOST_COMPARED = 6;

/** A figure of a run beside that of the first run. */
export interface Compared {
  readonly value: number;
  /** Relative to the first run's: 0.12 for 12 % more. Null for the first run, and where that one's is unknown or 0. */
  readonly difference: number | null;
}

/** A run beside the first one. What is unknown is null. */
export interface ComparedRun {
  readonly run: RunSnapshot;
  readonly energyJoules: Compared;
  readonly emissionsGrams: Compared;
  readonly durationSeconds: Compared;
  /** See `perEpoch`. */
  readonly energyPerEpochJoules: Compared | null;
  readonly gramsPerEpoch: Compared | null;
  readonly secondsPerEpoch: Compared | null;
  /** Up to `Comparison.commonEnd`. */
  readonly energyAtCommonEnd: Compared | null;
  readonly curve: Curve | null;
}

export interface Comparison {
  readonly alignment: Alignment;
  /** The time or epoch up to which all of them went; null where that is unknown of one. */
  readonly commonEnd: number | null;
  /** In the order in which they were given. */
  readonly runs: readonly ComparedRun[];
}

type Points = (run: RunSnapshot) => readonly SamplePoint[];

/** Runs beside each other, the first as what the others are held against. */
export function compare(runs: readonly RunSnapshot[], points: Points, alignment: Alignment): Comparison {
  const curves = runs.map((run) => curveOf(run, () => points(run), alignment));
  const commonEnd = furthestCommon(curves);
  const figures = runs.map((run, index) => figuresOf(run, curves[index] ?? null, commonEnd));
  const [first] = figures;
  const against = (figure: keyof Figures, index: number): Compared | null => {
    const value = figures[index]?.[figure] ?? null;
    if (value === null) return null;
    const base = index === 0 ? null : (first?.[figure] ?? null);
    return { value, difference: base ? value / base - 1 : null };
  };
  return {
    alignment,
    commonEnd,
    runs: runs.map((run, index) => ({
      run,
      energyJoules: against('energyJoules', index) ?? { value: run.energyJoules, difference: null },
      emissionsGrams: against('emissionsGrams', index) ?? { value: run.emissionsGrams, difference: null },
      durationSeconds: against('durationSeconds', index) ?? { value: run.durationSeconds, difference: null },
      energyPerEpochJoules: against('energyPerEpochJoules', index),
      gramsPerEpoch: against('gramsPerEpoch', index),
      secondsPerEpoch: against('secondsPerEpoch', index),
      energyAtCommonEnd: against('energyAtCommonEnd', index),
      curve: curves[index] ?? null,
    })),
  };
}

interface Figures {
  readonly energyJoules: number;
  readonly emissionsGrams: number;
  readonly durationSeconds: number;
  readonly energyPerEpochJoules: number | null;
  readonly gramsPerEpoch: number | null;
  readonly secondsPerEpoch: number | null;
  readonly energyAtCommonEnd: number | null;
}

function figuresOf(run: RunSnapshot, curve: Curve | null, commonEnd: number | null): Figures {
  const epoch = perEpoch(run);
  return {
    energyJoules: run.energyJoules,
    emissionsGrams: run.emissionsGrams,
    durationSeconds: run.durationSeconds,
    energyPerEpochJoules: epoch?.energyJoules ?? null,
    gramsPerEpoch: epoch?.emissionsGrams ?? null,
    secondsPerEpoch: epoch?.durationSeconds ?? null,
    energyAtCommonEnd: curve && commonEnd !== null ? energyAt(curve, commonEnd) : null,
  };
}
