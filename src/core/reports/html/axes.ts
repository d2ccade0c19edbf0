import { html, type Markup } from './markup.ts';

/** The plot within its picture, in units of the picture. */
export const FRAME = { width: 760, height: 230, left: 70, right: 20, top: 12, bottom: 28 } as const;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps by which people read time. */
const TIME_STEPS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200].map((days) => days * DAY),
];

/** Units that an axis may have, the largest first, each with its factor. */
export type Units = readonly (readonly [number, string])[];

export const WATTS: Units = [
  [1e3, 'kW'],
  [1, 'W'],
  [1e-3, 'mW'],
];
export const WATT_HOURS: Units = [
  [1e6, 'MWh'],
  [1e3, 'kWh'],
  [1, 'Wh'],
  [1e-3, 'mWh'],
];
export const GRAMS: Units = [
  [1e6, 't'],
  [1e3, 'kg'],
  [1, 'g'],
  [1e-3, 'mg'],
];
/** For a chart whose title names the unit. */
export const PLAIN: Units = [[1, '']];

/** One direction of a plot: from 0 to `max`. */
export interface Axis {
  readonly max: number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** An axis that reaches a little above the largest value, in the unit that people would take for it. */
export function valueAxis(largest: number, units: Units, wanted = 4): Axis {
  const top = largest > 0 && Number.isFinite(largest) ? largest : 1;
  const [factor, unit] = units.find(([candidate]) => top >= candidate) ?? units.at(-1) ?? [1, ''];
  const step = niceStep(top / factor / wanted);
  const count = Math.ceil(top / factor / step - 1e-9);
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return {
    max: count * step * factor,
    ticks: ticks.map((value) => ({ value: value * factor, text: `${value} ${unit}`.trim() })),
  };
}

/** Seconds since a start, up to the last of them. */
export function timeAxis(lastSeconds: number, wanted = 7): Axis {
  const max = lastSeconds > 0 && Number.isFinite(lastSeconds) ? lastSeconds : 1;
  const longest = TIME_STEPS.at(-1) ?? DAY;
  const step =
    TIME_STEPS.find((candidate) => max / candidate <= wanted) ?? Math.ceil(max / wanted / longest) * longest;
  const ticks = Array.from({ length: Math.floor(max / step) + 1 }, (_, index) => index * step);
  return { max, ticks: ticks.map((value) => ({ value, text: timeText(value, step, max) })) };
}

/** Where a time or a value lies in the picture. */
export function placer(x: Axis, y: Axis, height: number = FRAME.height) {
  const { width, left, right, top, bottom } = FRAME;
  return {
    x: (value: number) => round(left + (value / x.max) * (width - left - right)),
    y: (value: number) => round(height - bottom - (value / y.max) * (height - top - bottom)),
  };
}

/** The lines of the value axis with their figures, and the figures of the time axis. */
export function grid(x: Axis, y: Axis, height: number = FRAME.height): Markup {
  const at = placer(x, y, height);
  const { left, right, width, bottom } = FRAME;
  const values = y.ticks.map(
    ({ value, text }) =>
      html`<line
          class="grid"
          x1="${left}"
          x2="${width - right}"
          y1="${at.y(value)}"
          y2="${at.y(value)}"
        /><text class="tick" x="${left - 8}" y="${at.y(value) + 4}" text-anchor="end"> ${text} </text>`,
  );
  const times = x.ticks.map(
    ({ value, text }) =>
      html`<text class="tick" x="${at.x(value)}" y="${height - bottom + 18}" text-anchor="middle"
        >${text}</text
      >`,
  );
  return html`${values}${times}`;
}

/** 1, 2 or 5 times a power of ten, no smaller than wanted. */
function niceStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 5].find((step) => step * power >= wanted * 0.999) ?? 10) * power;
}

function timeText(seconds: number, step: number, max: number): string {
  if (seconds === 0) return '0';
  if (step < MINUTE) return max < 2 * MINUTE ? `${seconds} s` : minutes(seconds);
  if (step < HOUR) return max < 2 * HOUR ? `${seconds / MINUTE} min` : hours(seconds);
  return step < DAY ? hours(seconds) : `${seconds / DAY} d`;
}

function minutes(seconds: number): string {
  return `${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, '0')} min`;
}

function hours(seconds: number): string {
  const rest = Math.round((seconds % HOUR) / MINUTE);
  return rest === 0
    ? `${seconds / HOUR} h`
    : `${Math.floor(seconds / HOUR)}:${String(rest).padStart(2, '0')} h`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
