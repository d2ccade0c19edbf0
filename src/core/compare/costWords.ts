import { t } from '../../language.ts';
import { formatEnergy, formatPercent } from '../reports/format.ts';
import { formatMetric } from '../reports/metricText.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import { marginalCost, paretoFront, type MarginalCost } from './pareto.ts';
import { isLowerBetter, qualityPoints, unitOf, type QualityMeasure, type QualityPoint } from './quality.ts';

/**
 * What quality cost, in plain sentences: who was best for how much energy, what the last half per cent of it cost, what
 * came after each run's best, and who was nearly as good for less.
 */
export function costSentences(runs: readonly RunSnapshot[], measure: QualityMeasure): readonly string[] {
  const lower = isLowerBetter(measure);
  const points = qualityPoints(runs, measure);
  const front = paretoFront(points, lower);
  const best = front.at(-1);
  if (!best) return [];
  const name = measure.kind === 'given' ? t('The result') : measure.name;
  const label = (id: string) => nameOf(runs, id);
  const sentences = [bestSentence(name, label(best.runId), best)];
  const unit = unitOf(measure, points);
  const overall = marginalCost(front, lower, unit);
  if (overall) sentences.push(marginalSentence(overall, runs));
  for (const run of runs) {
    const own = points.filter(({ runId }) => runId === run.id);
    const ownFront = paretoFront(own, lower);
    const cost = marginalCost(ownFront, lower, unit);
    if (runs.length > 1 && cost && !isSame(cost, overall)) sentences.push(costSentence(cost, label(run.id)));
    if (run.state === 'running') continue;
    const after = run.energyJoules - (ownFront.at(-1)?.energyJoules ?? run.energyJoules);
    if (after > run.energyJoules * 0.02)
      sentences.push(
        t(
          'After its best, {0} used {1} more ({2} of its energy) and became no better.',
          ...[label(run.id), formatEnergy(after), formatPercent(after / run.energyJoules)],
        ),
      );
  }
  return sentences;
}

function bestSentence(name: string, run: string, best: QualityPoint): string {
  const figures = [name, run, formatMetric(best.value), formatEnergy(best.energyJoules)];
  return best.done === null
    ? t('{0} is best in {1}: {2} for {3}.', ...figures)
    : t('{0} is best in {1}: {2} for {3} at {4}.', ...figures, placeOf(best));
}

/** `The last 0.5 percentage points cost 3.1 kWh.`, and how much of all that is. @param run null where it is of the best */
function costSentence({ from, to, energyJoules, gain, unit }: MarginalCost, run: string | null): string {
  const figures = [
    ...[gainText(gain, unit), formatMetric(from.value), formatMetric(to.value), formatEnergy(energyJoules)],
    ...[formatPercent(energyJoules / to.energyJoules), formatEnergy(to.energyJoules)],
  ];
  return run === null
    ? t('The last {0}, from {1} to {2}, cost {3}, {4} of {5}.', ...figures)
    : t('In {6}, the last {0}, from {1} to {2}, cost {3}, {4} of {5}.', ...figures, run);
}

function marginalSentence(cost: MarginalCost, runs: readonly RunSnapshot[]): string {
  const { from, to } = cost;
  if (from.runId === to.runId) return costSentence(cost, null);
  const less = formatPercent(1 - from.energyJoules / to.energyJoules);
  const figures = [
    ...[nameOf(runs, from.runId), formatMetric(from.value), less],
    ...[gainText(cost.gain, cost.unit), formatEnergy(cost.energyJoules)],
  ];
  return from.done === null
    ? t('{0} came to {1} for {2} less energy: the last {3} cost {4} more.', ...figures)
    : t('{0} came to {1} for {2} less energy at {5}: the last {3} cost {4} more.', ...figures, placeOf(from));
}

function gainText(gain: number, unit: MarginalCost['unit']): string {
  const percent = unit === 'percentage' ? gain : gain * 100;
  const text = percent >= 10 ? percent.toFixed(0) : String(Number(percent.toPrecision(2)));
  return unit === 'relative' ? t('{0} per cent', text) : t('{0} percentage points', text);
}

function placeOf({ done, unit }: QualityPoint): string {
  return unit === 'epoch' ? t('epoch {0}', done ?? 0) : t('step {0}', done ?? 0);
}

function isSame(one: MarginalCost, other: MarginalCost | null): boolean {
  return one.from === other?.from && one.to === other.to;
}

/** Characters without a picture of their own, which may turn the rest of a sentence around. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

/** Runs of one name are told apart by their place. */
function nameOf(runs: readonly RunSnapshot[], id: string): string {
  const index = runs.findIndex((run) => run.id === id);
  const label = runs[index]?.label ?? '';
  const isAlone = runs.filter((run) => run.label === label).length === 1;
  const plain = label.slice(0, 200).replace(INVISIBLE, '');
  const short = plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
  return isAlone ? short : `${short} (${index + 1})`;
}
