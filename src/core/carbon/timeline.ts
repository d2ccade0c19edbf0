import type { IntensityPoint, PointQuality } from './source.ts';

const RANK: Readonly<Record<PointQuality, number>> = { measured: 2, estimated: 1, forecast: 0 };

/** Intensities over time, one for each moment: the best known, of those equally good the latest told. */
export class Timeline {
  #points: readonly IntensityPoint[] = [];
  /** Changes with every change of what is known. */
  version = 0;

  add(points: readonly IntensityPoint[]): void {
    const right = points.filter(({ fromMillis, toMillis }) => fromMillis < toMillis);
    if (right.length === 0) return;
    this.#points = overlay(this.#points, right);
    this.version++;
  }

  /** Forgets what was over before. */
  trim(beforeMillis: number): void {
    if ((this.#points[0]?.toMillis ?? Infinity) > beforeMillis) return;
    this.#points = this.#points.filter(({ toMillis }) => toMillis > beforeMillis);
  }

  at(millis: number): IntensityPoint | null {
    const point = this.#points[firstAfter(this.#points, millis)];
    return point && point.fromMillis <= millis ? point : null;
  }

  /** The latest point that was over before. */
  before(millis: number): IntensityPoint | null {
    return this.#points[firstAfter(this.#points, millis) - 1] ?? null;
  }

  /** What is known of an interval, cut to it, with gaps where nothing is. */
  over(fromMillis: number, toMillis: number): readonly IntensityPoint[] {
    const found: IntensityPoint[] = [];
    for (let index = firstAfter(this.#points, fromMillis); index < this.#points.length; index++) {
      const point = this.#points[index];
      if (!point || point.fromMillis >= toMillis) break;
      found.push({
        ...point,
        fromMillis: Math.max(point.fromMillis, fromMillis),
        toMillis: Math.min(point.toMillis, toMillis),
      });
    }
    return found;
  }
}

/** Index of the first point that ends after `millis`. */
function firstAfter(points: readonly IntensityPoint[], millis: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.toMillis ?? Infinity) > millis) high = middle;
    else low = middle + 1;
  }
  return low;
}

function overlay(
  old: readonly IntensityPoint[],
  added: readonly IntensityPoint[],
): readonly IntensityPoint[] {
  const all = [...old, ...added];
  const starts = all
    .map((point, age) => ({ point, age }))
    .sort((a, b) => a.point.fromMillis - b.point.fromMillis);
  const edges = [...new Set(all.flatMap(({ fromMillis, toMillis }) => [fromMillis, toMillis]))].sort(
    (a, b) => a - b,
  );
  const result: IntensityPoint[] = [];
  let active: typeof starts = [];
  let next = 0;
  for (const [index, fromMillis] of edges.entries()) {
    while (starts[next] && (starts[next]?.point.fromMillis ?? 0) <= fromMillis) active.push(starts[next++]!);
    active = active.filter(({ point }) => point.toMillis > fromMillis);
    const best = active.reduce<(typeof starts)[number] | null>((a, b) => (a && isBetter(a, b) ? a : b), null);
    const toMillis = edges[index + 1];
    if (!best || toMillis === undefined) continue;
    push(result, { ...best.point, fromMillis, toMillis });
  }
  return result;
}

function isBetter(
  a: { point: IntensityPoint; age: number },
  b: { point: IntensityPoint; age: number },
): boolean {
  const difference = RANK[a.point.quality] - RANK[b.point.quality];
  return difference > 0 || (difference === 0 && a.age > b.age);
}

function push(points: IntensityPoint[], point: IntensityPoint): void {
  const last = points.at(-1);
  const isSame =
    last?.toMillis === point.fromMillis &&
    last.gramsPerKwh === point.gramsPerKwh &&
    last.quality === point.quality;
  if (last && isSame) points[points.length - 1] = { ...last, toMillis: point.toMillis };
  else points.push(point);
}
