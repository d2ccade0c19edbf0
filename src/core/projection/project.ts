import { breaksToCome, type BreaksToCome } from './breaks.ts';
import { joined, outliers, steadyBlocks, type Block, type Steady } from './blocks.ts';
import { minus, times, type Cost, type Quantity } from './cost.ts';
import type { WorkUnit } from '../progress/fraction.ts';
import { combine } from './earlier.ts';
import { forecast } from './localLevel.ts';
import type { MilestoneState } from './milestones.ts';
import type { EarlierRuns, Interval, Projection } from './projection.ts';
import { NORMAL80, t80 } from './student.ts';

/** Of so few stretches of steps within the first epoch nothing is said. */
const LEAST_BLOCKS = 3;

/**
 * What a stretch of training cannot tell of the rest, relative, at the beginning; it shrinks with what remains. The
 * error of a linear prediction from one epoch is 20 % at most for energy in Carbontracker's experiments (Anthony,
 * Kanding, Selvan 2020, arXiv:2007.03051, section 4). Engineering judgement, from trainings that no figure is told of.
 */
const UNSEEN = 0.03;

/** A stretch whose energy counts lasts so many samples; power differs by so much within one. Engineering judgement. */
const BLOCK_SAMPLES = 2;
const SAMPLE_ERROR = 0.2;

/** What warms up within the first epoch may take this share of what it took to start. Engineering judgement. */
const WARM_UP = 0.3;

/** Who knows so little that the median may be off by more than three and a half times has no projection. */
const MOST_DEVIATION = 1;

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

/** What remains, as a median and its relative normal deviation. */
export interface Remaining {
  readonly median: number;
  readonly deviation: number;
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
  const steady = isEnough(state) ? steadyBlocks(state.points) : null;
  const known = steady && steady.blocks.length > 0 ? fromSteps(state, steady, question) : null;
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

function isEnough({ points, unit, mark }: MilestoneState): boolean {
  return points.length > LEAST_BLOCKS || (unit === 'epoch' && mark.work >= 1);
}

interface Known {
  readonly energyJoules: Remaining;
  readonly timeSeconds: Remaining;
  /** What may be used since the mark before anything new is seen. */
  readonly patience: Cost;
}

function fromSteps(state: MilestoneState, { blocks: steps, warmUp }: Steady, question: Question): Known {
  const { workToDo, samplingSeconds = 0 } = question;
  const remaining = Math.max(0, workToDo - state.mark.work);
  const sampled = joined(steps, BLOCK_SAMPLES * samplingSeconds);
  const seconds = steps.reduce((sum, { work, rate }) => sum + work * rate.timeSeconds, 0);
  const energy = pace(sampled, remaining, 'energyJoules');
  const paces = {
    energyJoules: {
      ...energy,
      deviation: Math.hypot(energy.deviation, (SAMPLE_ERROR * samplingSeconds) / seconds),
    },
    timeSeconds: pace(steps, remaining, 'timeSeconds'),
  };
  const stepCost = { energyJoules: paces.energyJoules.median, timeSeconds: paces.timeSeconds.median };
  const breaks = breaksToCome(state, workToDo, stepCost, warmUp);
  const unseen = Math.hypot(UNSEEN * Math.sqrt(remaining / workToDo), warmUpError(state, steps));
  const add = (quantity: Quantity) => sum(paces[quantity], remaining, breaks, quantity, unseen);
  const isAtEnd = state.unit === 'epoch' && state.mark.work > 0 && Number.isInteger(state.mark.work);
  const stride = times(stepCost, state.stride);
  return {
    energyJoules: add('energyJoules'),
    timeSeconds: add('timeSeconds'),
    patience: isAtEnd
      ? {
          energyJoules: stride.energyJoules + breaks.next.energyJoules,
          timeSeconds: stride.timeSeconds + breaks.next.timeSeconds,
        }
      : stride,
  };
}

/** A first epoch that shows no steps, and nothing after it, hides how long it took to get going. */
function warmUpError({ points, paces }: MilestoneState, steps: readonly Block[]): number {
  const [only] = steps;
  if (steps.length > 1 || paces.length > 0 || !only) return 0;
  const startupSeconds = points[0]?.timeSeconds ?? 0;
  return WARM_UP * Math.min(1, startupSeconds / (only.work * only.rate.timeSeconds));
}

function pace(steps: readonly Block[], remaining: number, quantity: Quantity): Remaining {
  const strange = outliers(steps.map(({ rate }) => rate[quantity]));
  const seen = steps.map(({ work, rate }, index) => ({
    work,
    value: rate[quantity],
    isMissing: strange.has(index),
  }));
  const { mean, deviation, degreesOfFreedom } = forecast(seen, remaining);
  return { median: mean, deviation: (deviation / mean) * (t80(degreesOfFreedom) / NORMAL80) };
}

/** Steps and breaks together; their errors have nothing to do with each other. */
function sum(
  pace: Remaining,
  remaining: number,
  breaks: BreaksToCome,
  quantity: Quantity,
  unseen: number,
): Remaining {
  const steps = pace.median * remaining;
  const median = steps + breaks.cost[quantity];
  const errors = Math.hypot(steps * pace.deviation, breaks.deviation[quantity]);
  return {
    median,
    deviation: Math.min(MOST_DEVIATION, Math.hypot(median > 0 ? errors / median : 0, unseen)),
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
  if (!remaining || !(remaining.median >= 0) || !Number.isFinite(remaining.median)) return null;
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
  const parts = [state && workText(state), earlier && runsText(earlier)].filter((part) => part !== null);
  return parts.join(' and ');
}

function workText({ unit, mark }: MilestoneState): string {
  if (unit === 'step') return `${mark.work} steps`;
  const epochs = Math.floor(mark.work);
  if (epochs === 0) return `the first ${Math.max(1, Math.round(mark.work * 100))} % of the first epoch`;
  return epochs === 1 ? 'the first epoch' : `${epochs} epochs`;
}

function runsText({ runs }: EarlierRuns): string {
  return runs === 1 ? 'an earlier run' : `${runs} earlier runs`;
}
