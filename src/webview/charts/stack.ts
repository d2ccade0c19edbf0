import type { PowerSeries } from '../../protocol/messages.ts';

type Line = readonly (number | null)[];

/** Each line on top of those before it. Unknown adds nothing; where nothing at all is known, there is a gap. */
export function stacked(power: readonly PowerSeries[], length: number): (number | null)[][] {
  const known = Array.from({ length }, (_, index) =>
    power.some((series) => isKnown(series.powerWatts, index)),
  );
  const height = new Array<number>(length).fill(0);
  return power.map(({ powerWatts }) =>
    height.map((below, index) => {
      height[index] = below + (powerWatts[index] ?? 0);
      return known[index] ? height[index] : null;
    }),
  );
}

/** The sum of all lines at one entry; null where none is known. */
export function total(power: readonly PowerSeries[], index: number): number | null {
  const values = power.map((series) => series.powerWatts[index] ?? null).filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

function isKnown(line: Line, index: number): boolean {
  return (line[index] ?? null) !== null;
}
