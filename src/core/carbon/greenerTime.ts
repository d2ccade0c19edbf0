import type { IntensityPoint } from './source.ts';

/** A time to run in, with the mean intensity over it. */
export interface Window {
  readonly startMillis: number;
  readonly gramsPerKwh: number;
}

export interface GreenerTime {
  readonly best: Window;
  /** Starting at once; null where the forecast does not cover that. */
  readonly now: Window | null;
  /** Of the grams, 0.3 for 30 % less than now; null without `now`. */
  readonly savedShare: number | null;
}

export interface GreenerTimeWish {
  /** How long the run takes; its power is taken as even. */
  readonly durationMillis: number;
  readonly earliestMillis: number;
  /** When it must be over at the latest. */
  readonly latestEndMillis: number;
}

/**
 * The start with the lowest mean intensity. Exact: for intensities that are constant in each interval the mean is
 * linear in the start between those at which the start or the end of the run meets an edge, so that one of those is the
 * best. Times over which the forecast has a gap are left out. Of equally good starts it is the earliest. Times are
 * moments, not hours of a clock, so that clock changes are no matter.
 *
 * @param forecast without overlaps, in any order
 * @returns null where the forecast covers no such time
 */
export function findGreenerTime(
  forecast: readonly IntensityPoint[],
  wish: GreenerTimeWish,
): GreenerTime | null {
  const { durationMillis, earliestMillis, latestEndMillis } = wish;
  const latestMillis = latestEndMillis - durationMillis;
  if (durationMillis <= 0 || latestMillis < earliestMillis) return null;
  const sums = new RunningSums(forecast);
  const edges = forecast.flatMap(({ fromMillis, toMillis }) => [fromMillis, toMillis]);
  const starts = [earliestMillis, latestMillis, ...edges, ...edges.map((edge) => edge - durationMillis)];
  let best: Window | null = null;
  for (const startMillis of starts
    .filter((start) => start >= earliestMillis && start <= latestMillis)
    .sort(byNumber)) {
    const gramsPerKwh = sums.mean(startMillis, startMillis + durationMillis);
    if (gramsPerKwh !== null && (!best || gramsPerKwh < best.gramsPerKwh * (1 - 1e-12)))
      best = { startMillis, gramsPerKwh };
  }
  if (!best) return null;
  const atOnce = sums.mean(earliestMillis, earliestMillis + durationMillis);
  const now = atOnce === null ? null : { startMillis: earliestMillis, gramsPerKwh: atOnce };
  const savedShare = now && (now.gramsPerKwh > 0 ? 1 - best.gramsPerKwh / now.gramsPerKwh : 0);
  return { best, now, savedShare };
}

/** Sums of intensity over time up to each edge, so that the mean of any interval takes two searches. */
class RunningSums {
  readonly #points: readonly IntensityPoint[];
  /** Up to the beginning of each point: of intensity times milliseconds, and of milliseconds that are covered. */
  readonly #sums: readonly number[];
  readonly #covered: readonly number[];

  constructor(forecast: readonly IntensityPoint[]) {
    this.#points = [...forecast].sort((a, b) => a.fromMillis - b.fromMillis);
    const sums = [0];
    const covered = [0];
    for (const { fromMillis, toMillis, gramsPerKwh } of this.#points) {
      sums.push((sums.at(-1) ?? 0) + gramsPerKwh * (toMillis - fromMillis));
      covered.push((covered.at(-1) ?? 0) + toMillis - fromMillis);
    }
    this.#sums = sums;
    this.#covered = covered;
  }

  /** @returns null where a part of the interval is not covered */
  mean(fromMillis: number, toMillis: number): number | null {
    const [sumTo, coveredTo] = this.#upTo(toMillis);
    const [sumFrom, coveredFrom] = this.#upTo(fromMillis);
    return coveredTo - coveredFrom < toMillis - fromMillis
      ? null
      : (sumTo - sumFrom) / (toMillis - fromMillis);
  }

  #upTo(millis: number): readonly [number, number] {
    let low = 0;
    let high = this.#points.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#points[middle]?.fromMillis ?? Infinity) < millis) low = middle + 1;
      else high = middle;
    }
    const last = this.#points[low - 1];
    if (!last) return [0, 0];
    const within = Math.min(millis, last.toMillis) - last.fromMillis;
    return [(this.#sums[low - 1] ?? 0) + last.gramsPerKwh * within, (this.#covered[low - 1] ?? 0) + within];
  }
}

function byNumber(a: number, b: number): number {
  return a - b;
}
