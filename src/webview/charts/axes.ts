import type uPlot from 'uplot';
import { chartFont, colour, translucent } from './theme.ts';
import { clock, tick, type Unit } from './units.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIME_STEPS = [
  1,
  2,
  5,
  10,
  15,
  30,
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10, 20, 50].map((days) => days * DAY),
];
/** Shorter than this, the first samples would jump across the whole plot. */
const SHORTEST_SPAN_SECONDS = 10;

export const SCALES: uPlot.Scales = {
  x: { time: false, range: (_, _min, max) => [0, Math.max(max ?? 0, SHORTEST_SPAN_SECONDS)] },
  y: { range: (_, _min, max) => [0, max > 0 ? max * 1.08 : 1] },
};

/** Time below, values on the left, in the unit that the chart has at the moment. */
export function axes(unit: () => Unit): uPlot.Axis[] {
  const common: uPlot.Axis = {
    stroke: colour('--vscode-descriptionForeground'),
    font: chartFont(),
    grid: { stroke: translucent('--vscode-foreground', 12), width: 1 },
    ticks: { show: false },
  };
  return [
    {
      ...common,
      incrs: TIME_STEPS,
      space: 64,
      size: 30,
      gap: 8,
      grid: { show: false },
      values: (_, splits) => splits.map(clock),
    },
    { ...common, space: 36, size: 62, values: (_, splits) => splits.map((value) => tick(value, unit())) },
  ];
}

/** An axis below that counts whole things. */
export function countAxis(): uPlot.Axis {
  const [time] = axes(() => ({ size: 1, name: '' }));
  return {
    ...time,
    incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000],
    values: (_, splits) => splits.map(String),
  };
}

const STEPS = [1, 2, 5];

/** What an axis below needs to show values of any size. */
export function valueAxis(): Partial<uPlot.Axis> {
  return {
    incrs: Array.from(
      { length: 45 },
      (_, index) => (STEPS[index % 3] ?? 1) * 10 ** (Math.floor(index / 3) - 6),
    ),
  };
}
