import { Markup } from './markup.ts';

/** A place in the picture. */
export type Place = readonly [x: number, y: number];

/** Path data (SVG 1.1, 8.3) of a line through the places: figures and letters only, of any length. */
export function linePath(places: readonly Place[]): Markup {
  return Markup.of([lineData(places)], []);
}

/** Of the area between a line and another below it. */
export function areaPath(upper: readonly Place[], lower: readonly Place[]): Markup {
  return Markup.of(upper.length === 0 ? [] : [`${lineData([...upper, ...lower.toReversed()])}Z`], []);
}

function lineData(places: readonly Place[]): string {
  return places.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}

/** Both ends of each interval at its height, so that what is constant over an interval is drawn so. */
export function steps(ends: readonly number[], heights: readonly number[]): readonly Place[] {
  return ends.flatMap((end, index): Place[] => {
    const height = heights[index] ?? 0;
    return [
      [ends[index - 1] ?? 0, height],
      [end, height],
    ];
  });
}
