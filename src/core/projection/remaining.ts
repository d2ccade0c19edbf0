import { joined, outliers, steadyBlocks, type Block } from './blocks.ts';
import { breaksToCome, type BreaksToCome } from './breaks.ts';
import { plus, times, type Cost, type Quantity } from './cost.ts';
import { forecast } from './localLevel.ts';
import type { MilestoneState } from './milestoneState.ts';
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

/** Half the interval is a factor of three and a half at most: who knows less than that knows nothing of use. */
const MOST_DEVIATION = 1;

/** What remains, as a median and its relative normal deviation. */
export interface Remaining {
  readonly median: number;
  readonly deviation: number;
}

/** What the run itself tells of what remains, beyond its mark. */
export interface Known {
  readonly energyJoules: Remaining;
  readonly timeSeconds: Remaining;
  /** What may be used since the mark before anything new is seen. */
  readonly patience: Cost;
}

/**
 * The remaining work at the pace of the steps, and the breaks to come. Null before the first steps, or the first epoch
 * where no steps are seen.
 *
 * @param workToDo of the whole run
 * @param samplingSeconds how often energy is measured; 0 where it is known at any time
 */
export function whatRemains(state: MilestoneState, workToDo: number, samplingSeconds: number): Known | null {
  const isEnough = state.points.length > LEAST_BLOCKS || (state.unit === 'epoch' && state.mark.work >= 1);
  const { blocks: steps, warmUp } = steadyBlocks(state.points);
  if (!isEnough || steps.length === 0) return null;
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
    patience: isAtEnd ? plus(stride, breaks.next) : stride,
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
  return { median: mean, deviation: mean > 0 ? (deviation / mean) * (t80(degreesOfFreedom) / NORMAL80) : 0 };
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
