import { t } from '../../language.ts';
import type { WorkUnit } from '../progress/fraction.ts';
import { minus, type Cost, type Quantity } from './cost.ts';
import { combine } from './earlier.ts';
import type { MilestoneState } from './milestoneState.ts';
import type { EarlierRuns, Interval, Projection } from './projection.ts';
import { whatRemains, type Known } from './remaining.ts';
import { NORMAL80 } from './student.ts';

/** What is asked beside the way so far. */
export interface Question {
  /** What the run has used up to now. */
  readonly used: Cost;
  /** Of the whole run, in its own unit. */
  readonly workToDo: number;
  /** The training may be further than the milestones say, so that they cannot be held against `used`. */
  readonly isStale?: boolean;
  /** By unit; those of another unit say nothing. */
  readonly earlier?: readonly EarlierRuns[];
  /** The run's unit; null while nothing was seen, and where only earlier runs tell it. */
  readonly unit?: WorkUnit | null;
  /** How often energy is measured: between two samples it is known by the last one's power only. */
  readonly samplingSeconds?: number;
}

/**
 * The whole run, from its way so far: the remaining work at the pace of the steps, and the breaks to come, with an 80 %
 * prediction interval. Null while nothing is known: before the first steps, or the first epoch, and without earlier
 * runs of the same command.
 */
export function project(state: MilestoneState, question: Question): Projection | null {
  const { used, workToDo } = question;
  if (workToDo <= 0) return null;
  // a total that is known before any output is one of epochs
  const unit = state.unit ?? question.unit ?? 'epoch';
  const earlier = question.earlier?.find((runs) => runs.unit === unit) ?? null;
  const known = whatRemains(state, workToDo, question.samplingSeconds ?? 0);
  if (!known && !earlier) return null;
  const energy = total(state, question, known, earlier, 'energyJoules');
  const time = total(state, question, known, earlier, 'timeSeconds');
  if (!energy || !time) return null;
  const left = (seconds: number) => Math.max(0, seconds - used.timeSeconds);
  return {
    totalEnergyJoules: energy.interval,
    remainingSeconds: {
      median: left(time.interval.median),
      low: left(time.interval.low),
      high: left(time.interval.high),
    },
    basis: basisOf(known ? state : null, energy.usesEarlier ? earlier : null),
  };
}

function total(
  { mark }: MilestoneState,
  { used, workToDo, isStale }: Question,
  known: Known | null,
  earlier: EarlierRuns | null,
  quantity: Quantity,
): { readonly interval: Interval; readonly usesEarlier: boolean } | null {
  const work = Math.max(0, workToDo - mark.work);
  const { remaining, usesEarlier } = combine(known?.[quantity] ?? null, earlier, work, quantity);
  // what has cost nothing yet was not measured yet
  if (!remaining || !Number.isFinite(remaining.median) || (work > 0 && remaining.median <= 0)) return null;
  // what was used since the mark is part of what remained then, as long as it is no more than one looks for
  const patience = isStale
    ? remaining.median
    : Math.min(known?.patience[quantity] ?? remaining.median, remaining.median);
  const late = Math.max(0, minus(used, mark)[quantity] - patience);
  const factor = Math.exp(NORMAL80 * remaining.deviation);
  const at = (share: number) => Math.max(used[quantity], mark[quantity] + late + remaining.median * share);
  return { interval: { median: at(1), low: at(1 / factor), high: at(factor) }, usesEarlier };
}

function basisOf(state: MilestoneState | null, earlier: EarlierRuns | null): string {
  const work = state && workText(state);
  const runs = earlier && runsText(earlier);
  return work && runs ? t('{0} and {1}', work, runs) : (work ?? runs ?? '');
}

function workText({ unit, mark }: MilestoneState): string {
  if (unit === 'step') return t('{0} steps', mark.work);
  const epochs = Math.floor(mark.work);
  if (epochs === 0) return t('the first {0} % of the first epoch', Math.max(1, Math.round(mark.work * 100)));
  return epochs === 1 ? t('the first epoch') : t('{0} epochs', epochs);
}

function runsText({ runs }: EarlierRuns): string {
  return runs === 1 ? t('an earlier run') : t('{0} earlier runs', runs);
}
