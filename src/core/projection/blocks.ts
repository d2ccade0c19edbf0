import { minus, NOTHING, plus, times, type Cost, type Milestone } from './cost.ts';
import { median, robustDeviation } from '../robust.ts';

/** Steps are joined into so many blocks of about equal work: enough to see a drift, and each is long for the sensors. */
const MOST_BLOCKS = 24;

/** A block is the training's beginning, or an outlier, when it lies so many robust deviations from the others … */
const OUTLIER_DEVIATIONS = 4;
/** … and at least that far, relative: clocks and sensors never agree better. Engineering judgement, both. */
const LEAST_EXCESS = 0.05;

/** What lies far out more often than this belongs to the training: a checkpoint every few hundred steps. */
const RARE = 0.1;

/** A stretch of steps. */
export interface Block {
  readonly work: number;
  /** Of one unit of work. */
  readonly rate: Cost;
}

export interface Steady {
  readonly blocks: readonly Block[];
  /** What the beginning had cost beyond the pace of the rest. */
  readonly warmUp: Cost;
}

/**
 * The steps so far in blocks of about equal work, without the training's beginning: compilation, cold caches and
 * growing clocks are paid once. What came before the output first showed a beginning is left out when there is more.
 */
export function steadyBlocks(points: readonly Milestone[]): Steady {
  const [first] = points;
  const startIsSeen = first !== undefined && (first.timeSeconds > 0 || points.length < 3);
  const all = blocksOf(startIsSeen ? points : points.slice(1));
  let begin = 0;
  while (begin < Math.floor(all.length / 2) && isApart(all, begin)) begin += 1;
  const blocks = all.slice(begin);
  return { blocks, warmUp: warmUpOf(all.slice(0, begin), blocks) };
}

function blocksOf(points: readonly Milestone[]): readonly Block[] {
  const [first, ...others] = points;
  if (!first) return [];
  const least = ((points.at(-1)?.work ?? 0) - first.work) / MOST_BLOCKS;
  const blocks: Block[] = [];
  let begin = first;
  for (const point of others) {
    const work = point.work - begin.work;
    if (work <= 0 || work < least * 0.999) continue;
    const { energyJoules, timeSeconds } = minus(point, begin);
    blocks.push({ work, rate: { energyJoules: energyJoules / work, timeSeconds: timeSeconds / work } });
    begin = point;
  }
  return blocks;
}

function warmUpOf(beginning: readonly Block[], rest: readonly Block[]): Cost {
  const energyJoules = median(rest.map(({ rate }) => rate.energyJoules));
  const timeSeconds = median(rest.map(({ rate }) => rate.timeSeconds));
  const excess = beginning.map(({ work, rate }) => times(minus(rate, { energyJoules, timeSeconds }), work));
  return excess.reduce(plus, NOTHING);
}

/** Whether a block takes clearly longer than those after it. */
function isApart(blocks: readonly Block[], index: number): boolean {
  const later = blocks.slice(index + 1).map(({ rate }) => rate.timeSeconds);
  return (blocks[index]?.rate.timeSeconds ?? 0) - median(later) > farOut(later);
}

function farOut(values: readonly number[]): number {
  return Math.max(OUTLIER_DEVIATIONS * robustDeviation(values), LEAST_EXCESS * median(values));
}

/**
 * Which blocks are outliers by Hampel's identifier (Davies and Gather, "The identification of multiple outliers",
 * JASA 88, 1993): far from the median, alone, and rare. Where several in a row are far the training has changed, and
 * where many are it is like that.
 */
export function outliers(values: readonly number[]): ReadonlySet<number> {
  if (values.length < 4) return new Set();
  const middle = median(values);
  const limit = 2 * farOut(values);
  const isFar = (index: number) => Math.abs((values[index] ?? middle) - middle) > limit;
  const far = values.flatMap((_, index) => (isFar(index) ? [index] : []));
  const alone = far.filter((index) => !isFar(index - 1) && !isFar(index + 1));
  return new Set(alone.length <= Math.max(1, RARE * values.length) ? alone : []);
}

/** Neighbours joined until each lasts at least so long; what remains at the end joins the last. */
export function joined(blocks: readonly Block[], leastSeconds: number): readonly Block[] {
  const whole: Block[] = [];
  let open: Block | null = null;
  for (const block of blocks) {
    open = open ? join(open, block) : block;
    if (open.work * open.rate.timeSeconds < leastSeconds) continue;
    whole.push(open);
    open = null;
  }
  const last = whole.pop();
  const rest = open && last ? join(last, open) : (open ?? last);
  return rest ? [...whole, rest] : [];
}

function join(one: Block, other: Block): Block {
  const work = one.work + other.work;
  const cost = plus(times(one.rate, one.work), times(other.rate, other.work));
  return { work, rate: times(cost, 1 / work) };
}
