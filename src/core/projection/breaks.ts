import { NOTHING, plus, times, type Cost, type Milestone, type Quantity } from './cost.ts';
import { MOST_BREAKS } from './milestones.ts';
import type { MilestoneState } from './milestoneState.ts';
import { mean, median, robustDeviation } from '../robust.ts';

/**
 * Validation at each epoch's end before any is seen, as a share of the epoch: a usual split leaves 15 % of the data
 * to it, and a pass forward alone is a third of one with its gradients (Kaplan et al. 2020, arXiv:2001.08361, section
 * 2.1: 2 of 6 operations a parameter).
 */
const USUAL_BREAK = 0.05;

/** A break that costs less than this share of the largest is noise of the steps, or another, smaller one. */
const LARGE = 0.25;

/** How well one break, or two, foretell the next, relative: the first compiles and fills caches. Engineering judgement. */
const ONE_BREAK_SPREAD = 0.5;
const TWO_BREAKS_SPREAD = 0.25;
const LEAST_SPREAD = 0.1;

/** The breaks to come: their cost and its standard deviation. */
export interface BreaksToCome {
  readonly cost: Cost;
  readonly deviation: Cost;
  /** The one that comes next, or is going on. */
  readonly next: Cost;
}

/**
 * Validations and checkpoints to come, from those so far: at each epoch's end, at every k-th one, or now and then.
 *
 * @param workToDo of the whole run
 * @param stepCost of one unit of work
 * @param warmUp what the beginning of the training had cost beyond its pace
 */
export function breaksToCome(
  state: MilestoneState,
  workToDo: number,
  stepCost: Cost,
  warmUp: Cost,
): BreaksToCome {
  const { mark, isRested } = state;
  const over = state.breaks.filter(({ work }) => work < mark.work || (isRested && work === mark.work));
  return state.unit === 'epoch'
    ? byEpoch(state, over, { epochs: workToDo, stepCost, warmUp })
    : byWork(state, over, workToDo, stepCost);
}

/** Of runs without epochs: as much as so far, by work. */
function byWork(
  { mark }: MilestoneState,
  over: readonly Milestone[],
  workToDo: number,
  stepCost: Cost,
): BreaksToCome {
  const remaining = Math.max(0, workToDo - mark.work);
  const share = mark.work > 0 ? remaining / mark.work : 0;
  const cost = times(over.reduce(plus, NOTHING), share);
  const next = over.at(-1) ?? NOTHING;
  const unseen = times(stepCost, (USUAL_BREAK * remaining) / (over.length + 1) / 2);
  return { cost, deviation: plus(times(cost, TWO_BREAKS_SPREAD), unseen), next };
}

interface Training {
  readonly epochs: number;
  readonly stepCost: Cost;
  readonly warmUp: Cost;
}

function byEpoch(state: MilestoneState, over: readonly Milestone[], training: Training): BreaksToCome {
  const { epochs, stepCost } = training;
  // without steps within epochs the breaks are part of the epochs' own cost
  if (state.paces.length === 0 && over.length === 0) return NONE;
  const { mark, isRested, epochsCompleted } = state;
  const passed = Math.max(isRested ? Math.floor(mark.work) : Math.ceil(mark.work) - 1, 0, epochsCompleted);
  const unseen = times(stepCost, (USUAL_BREAK * Math.max(0, epochs - passed)) / (passed + 1));
  if (passed === 0) return { cost: unseen, deviation: unseen, next: times(stepCost, USUAL_BREAK) };
  const since = state.breaks.length < MOST_BREAKS ? 1 : Math.ceil(over[0]?.work ?? 1);
  return fromEpochs(costs(over, since, passed), { since, passed, epochs }, unseen, training);
}

const NONE: BreaksToCome = { cost: NOTHING, deviation: NOTHING, next: NOTHING };

/** The breaks of each epoch in turn. */
function costs(over: readonly Milestone[], since: number, passed: number): readonly Cost[] {
  const byEpoch = new Map<number, Cost>();
  for (const each of over) {
    const epoch = Math.ceil(each.work);
    byEpoch.set(epoch, plus(byEpoch.get(epoch) ?? NOTHING, each));
  }
  return Array.from({ length: passed - since + 1 }, (_, index) => byEpoch.get(since + index) ?? NOTHING);
}

interface Range {
  /** The first epoch that is told of, the last one that is over, all of the run. */
  readonly since: number;
  readonly passed: number;
  readonly epochs: number;
}

function fromEpochs(costs: readonly Cost[], range: Range, unseen: Cost, training: Training): BreaksToCome {
  const most = Math.max(...costs.map(({ timeSeconds }) => timeSeconds));
  const isLarge = costs.map(({ timeSeconds }) => timeSeconds > LARGE * most);
  const large = costs.filter((_, index) => isLarge[index]);
  if (large.length === 0) return { ...NONE, deviation: unseen };
  const small = costs.filter((_, index) => !isLarge[index]);
  const epochs = isLarge.flatMap((is, index) => (is ? [range.since + index] : []));
  const count = countToCome(epochs, range);
  const smallCount = Math.max(0, range.epochs - range.passed - count);
  const seen = byQuantity((quantity) => typical(large.map((each) => each[quantity])));
  const next = large.length === 1 && epochs[0] === 1 ? withoutWarmUp(seen, training) : seen;
  const rest = byQuantity((quantity) => mean(small.map((each) => each[quantity])) * smallCount);
  const deviation = byQuantity((quantity) => {
    const errors =
      seen[quantity] - next[quantity] + next[quantity] * spread(large.map((each) => each[quantity]));
    return errors * count;
  });
  return { cost: plus(times(next, count), rest), deviation, next };
}

/** The first validation compiles too, where the training had to: what it took then says little of the next. */
function withoutWarmUp(first: Cost, { stepCost, warmUp }: Training): Cost {
  return byQuantity((quantity) => {
    const least = Math.min(first[quantity], USUAL_BREAK * stepCost[quantity]);
    return Math.max(least, first[quantity] - Math.max(0, warmUp[quantity]));
  });
}

/** How many epochs to come have a break, when these had one: each k-th, or as often as so far. */
function countToCome(had: readonly number[], { since, passed, epochs }: Range): number {
  const [first = 1, second] = had;
  const ends = Math.max(0, epochs - passed);
  // the first epoch's alone was compilation, or it is the first of every k-th: nobody knows yet
  if (first === 1 && second === undefined && passed > 1) return ends / (2 * passed + 4);
  // one alone tells its period when the epochs before it had none
  const period = second === undefined ? first : second - first;
  const expected = Math.floor((passed - first) / period) + 1;
  const isPeriodic =
    had.every((epoch, index) => epoch === first + index * period) &&
    had.length === expected &&
    first - since < period;
  if (!isPeriodic) return (ends * had.length) / (passed - since + 1);
  return Math.floor((epochs - first) / period) - Math.floor((passed - first) / period);
}

function typical(values: readonly number[]): number {
  return values.length < 3 ? mean(values) : median(values);
}

function spread(values: readonly number[]): number {
  if (values.length < 3) return values.length === 1 ? ONE_BREAK_SPREAD : TWO_BREAKS_SPREAD;
  return Math.max(LEAST_SPREAD, robustDeviation(values) / Math.max(median(values), Number.MIN_VALUE));
}

function byQuantity(value: (quantity: Quantity) => number): Cost {
  return { energyJoules: value('energyJoules'), timeSeconds: value('timeSeconds') };
}
