/** Colours of compared runs, each with its own dashes, so that colour alone tells nothing. */
const COLOURS = ['blue', 'green', 'orange', 'purple', 'red', 'yellow'].map((name) => `--chart-${name}`);
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [8, 3, 2, 3], [14, 4], [4, 4]];

export function runColour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? '';
}

export function runDash(index: number): number[] {
  return [...(DASHES[index % DASHES.length] ?? [])];
}
