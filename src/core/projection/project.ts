import type { MilestoneState } from './milestones.ts';
import type { Interval, Milestone, Projection } from './projection.ts';

/**
 * After a single epoch its spread is unknown. The error of a linear prediction from one epoch is 20 % at most for
 * energy in Carbontracker's experiments (Anthony, Kanding, Selvan 2020, arXiv:2007.03051, section 4).
 */
const ONE_EPOCH_ERROR = 0.2;

/** Epochs never agree better than the clock and sensors that time them: 1 %. */
const LEAST_SPREAD = 0.01;

/** Student's t for a two-sided 80 % interval, by degrees of freedom from 1 on; 1.282 is the normal's. */
const T80 = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372];
const NORMAL80 = 1.282;

/** The latest epochs count: a training that has become slower stays slower. */
const LATEST_EPOCHS = 20;

/** The first epoch, with its compilation and cold caches, is left out from so many epochs on. */
const EPOCHS_WITHOUT_FIRST = 4;

type Quantity = 'energyJoules' | 'timeSeconds';

interface Rate {
  /** Of one epoch. */
  readonly typical: number;
  /** Standard deviation of one epoch; null when only one was seen. */
  readonly spread: number | null;
  readonly epochsSeen: number;
}

/**
 * The whole run, from its epochs so far: remaining epochs times the median of the latest ones, with the 80 %
 * prediction interval of a sum of that many epochs. None before the first epoch is over.
 *
 * @param now what is used up to now
 * @param epochsToDo of the whole run
 * @param isStale the training may be further than the milestones say, so that they cannot be held against `now`
 */
export function project(
  { ends, mark }: MilestoneState,
  now: { readonly energyJoules: number; readonly timeSeconds: number },
  epochsToDo: number,
  isStale = false,
): Projection | null {
  const latest = latestEnds(ends);
  if (latest.length < 2 || epochsToDo <= 0) return null;
  const plan = { ends: latest, mark, epochsToDo, isStale };
  const energy = total(plan, now.energyJoules, 'energyJoules');
  const time = total(plan, now.timeSeconds, 'timeSeconds');
  const left = (seconds: number) => Math.max(0, seconds - now.timeSeconds);
  return {
    totalEnergyJoules: energy,
    remainingSeconds: { median: left(time.median), low: left(time.low), high: left(time.high) },
    basis: basisOf(ends.at(-1)?.epochs ?? 0),
  };
}

function latestEnds(ends: readonly Milestone[]): readonly Milestone[] {
  const withoutFirst = ends.length > EPOCHS_WITHOUT_FIRST ? ends.slice(1) : ends;
  return withoutFirst.slice(-LATEST_EPOCHS - 1);
}

interface Plan {
  readonly ends: readonly Milestone[];
  readonly mark: Milestone;
  readonly epochsToDo: number;
  readonly isStale: boolean;
}

function total({ ends, mark, epochsToDo, isStale }: Plan, used: number, quantity: Quantity): Interval {
  const rate = rateOf(ends, quantity);
  const remaining = Math.max(0, epochsToDo - mark.epochs);
  // the epoch in progress is not over yet: the others come on top of what is used
  const othersRemaining = isStale ? 0 : Math.max(0, Math.ceil(remaining) - 1);
  const median = Math.max(mark[quantity] + remaining * rate.typical, used + othersRemaining * rate.typical);
  const error = errorOf(rate, remaining);
  return { median, low: Math.max(used, median - error), high: median + error };
}

function rateOf(ends: readonly Milestone[], quantity: Quantity): Rate {
  const perEpoch = ends.slice(1).map((end, index) => {
    const before = ends[index] ?? end;
    return (end[quantity] - before[quantity]) / (end.epochs - before.epochs);
  });
  const typical = median(perEpoch);
  if (perEpoch.length < 2) return { typical, spread: null, epochsSeen: 1 };
  const squares = perEpoch.reduce((sum, value) => sum + (value - typical) ** 2, 0);
  const spread = Math.max(Math.sqrt(squares / (perEpoch.length - 1)), LEAST_SPREAD * typical);
  return { typical, spread, epochsSeen: perEpoch.length };
}

/** Half the 80 % interval of the sum of `remaining` epochs: their own spread and that of the mean they are taken from. */
function errorOf({ typical, spread, epochsSeen }: Rate, remaining: number): number {
  if (spread === null) return ONE_EPOCH_ERROR * typical * remaining;
  const t = T80[epochsSeen - 2] ?? NORMAL80;
  return t * spread * Math.sqrt(remaining + remaining ** 2 / epochsSeen);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function basisOf(epochs: number): string {
  return epochs === 1 ? 'the first epoch' : `${epochs} epochs`;
}
