import { isOfOtherData } from '../metrics/metrics.ts';
import { epochUses } from '../runs/epochUse.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';

/** What energy is held against: a metric that the output told, or a result that a person gives for each run. */
export type QualityMeasure =
  | { readonly kind: 'seen'; readonly name: string }
  | {
      readonly kind: 'given';
      readonly values: Readonly<Record<string, number>>;
      readonly isLowerBetter: boolean;
    };

/** How good a model was when its run had used so much. */
export interface QualityPoint {
  readonly runId: string;
  /** Epochs, or steps, up to it; null for a result of the whole run. */
  readonly done: number | null;
  readonly unit: 'epoch' | 'step';
  readonly energyJoules: number;
  readonly value: number;
}

/** What is a share of a whole, printed as such or in per cent. */
const IS_SHARE =
  /acc(?!um)|auc|\bf1|_f1|precision|recall|\bm?ap\b|m?ap50|m?ap@|iou|dice|top-?[15]|kappa|mcc|bleu|rouge|result/i;

/** Of these, less is better: losses, errors, perplexities, distances. */
const LOWER_IS_BETTER =
  /loss|err|mse|mae|rmse|ppl|perplex|\bwer|\bcer|_wer|_cer|nll|\bfid\b|_fid\b|\bbp[cb]\b|deviance/i;

export function isLowerBetter(measure: QualityMeasure): boolean {
  return measure.kind === 'given' ? measure.isLowerBetter : LOWER_IS_BETTER.test(measure.name);
}

/**
 * Metrics that the runs told, best suited first: those that most of the runs have, of data that the model was not
 * trained on, and of what is better the more.
 */
export function metricNames(runs: readonly RunSnapshot[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    const names = new Set(run.epochs?.ends.flatMap(({ metrics }) => Object.keys(metrics ?? {})));
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const rank = (name: string) =>
    (counts.get(name) ?? 0) * 4 +
    (isOfOtherData(name) ? 2 : 0) +
    (isLowerBetter({ kind: 'seen', name }) ? 0 : 1);
  return [...counts.keys()].sort((one, other) => rank(other) - rank(one));
}

/** The points of each run, in the order of its energy. */
export function qualityPoints(
  runs: readonly RunSnapshot[],
  measure: QualityMeasure,
): readonly QualityPoint[] {
  return runs.flatMap((run): QualityPoint[] => {
    const unit = run.epochs?.unit ?? 'epoch';
    if (measure.kind === 'given') {
      const value = measure.values[run.id];
      if (value === undefined || !Number.isFinite(value)) return [];
      return [{ runId: run.id, done: null, unit, energyJoules: run.energyJoules, value }];
    }
    return (epochUses(run) ?? []).flatMap(({ to, energySoFarJoules, metrics }) => {
      const value = metrics?.[measure.name];
      return value === undefined
        ? []
        : [{ runId: run.id, done: to, unit, energyJoules: energySoFarJoules, value }];
    });
  });
}

/** How a difference in quality is told. */
export type QualityUnit = 'share' | 'percentage' | 'relative';

/** Accuracies are shares or percentages, told by their points; of all else a difference says something by its size. */
export function unitOf(measure: QualityMeasure, points: readonly QualityPoint[]): QualityUnit {
  const values = points.map(({ value }) => value);
  const name = measure.kind === 'given' ? 'result' : measure.name;
  if (isLowerBetter(measure) || !IS_SHARE.test(name)) return 'relative';
  if (values.some((value) => value < 0 || value > 100)) return 'relative';
  return values.some((value) => value > 1) ? 'percentage' : 'share';
}
