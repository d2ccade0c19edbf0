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
  const name = measure.kind === 'given' ? 'The result' : measure.name;
  const label = (id: string) => nameOf(runs, id);
  const sentences = [
    `${name} is best in ${label(best.runId)}: ${formatMetric(best.value)} for ${formatEnergy(best.energyJoules)}${at(best)}.`,
  ];
  const unit = unitOf(measure, points);
  const overall = marginalCost(front, lower, unit);
  if (overall) sentences.push(marginalSentence(overall, runs));
  for (const run of runs) {
    const own = points.filter(({ runId }) => runId === run.id);
    const ownFront = paretoFront(own, lower);
    const cost = marginalCost(ownFront, lower, unit);
    if (runs.length > 1 && cost && !isSame(cost, overall))
      sentences.push(`In ${label(run.id)}, ${lowerFirst(costOf(cost))}.`);
    if (run.state === 'running') continue;
    const after = run.energyJoules - (ownFront.at(-1)?.energyJoules ?? run.energyJoules);
    if (after > run.energyJoules * 0.02)
      sentences.push(
        `After its best, ${label(run.id)} used ${formatEnergy(after)} more (${formatPercent(after / run.energyJoules)} of its energy) and became no better.`,
      );
  }
  return sentences;
}

/** `The last 0.5 percentage points cost 3.1 kWh`, and how much of all that is. */
export function costOf({ from, to, energyJoules, gain, unit }: MarginalCost): string {
  const range = `from ${formatMetric(from.value)} to ${formatMetric(to.value)}`;
  const part = `${formatPercent(energyJoules / to.energyJoules)} of ${formatEnergy(to.energyJoules)}`;
  return `The last ${gainText(gain, unit)}, ${range}, cost ${formatEnergy(energyJoules)}, ${part}`;
}

function marginalSentence(cost: MarginalCost, runs: readonly RunSnapshot[]): string {
  const { from, to } = cost;
  if (from.runId === to.runId) return `${costOf(cost)}.`;
  const less = formatPercent(1 - from.energyJoules / to.energyJoules);
  return `${nameOf(runs, from.runId)} came to ${formatMetric(from.value)} for ${less} less energy${at(from)}: the last ${gainText(cost.gain, cost.unit)} cost ${formatEnergy(cost.energyJoules)} more.`;
}

function gainText(gain: number, unit: MarginalCost['unit']): string {
  const percent = unit === 'percentage' ? gain : gain * 100;
  const text = percent >= 10 ? percent.toFixed(0) : String(Number(percent.toPrecision(2)));
  return unit === 'relative' ? `${text} per cent` : `${text} percentage points`;
}

function at({ done, unit }: QualityPoint): string {
  return done === null ? '' : ` at ${unit} ${done}`;
}

function isSame(one: MarginalCost, other: MarginalCost | null): boolean {
  return one.from === other?.from && one.to === other.to;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
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
