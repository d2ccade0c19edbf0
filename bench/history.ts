/** How fast the history is with 100,000 runs: the real store, host code and webview, in a real Chromium. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Store } from '../src/core/runs/store.ts';
import { fill, LONG_RUN, SHORT_RUN } from './history/filled.ts';
import { chartMillis, filterMillis, openMillis, scroll } from './history/measures.ts';
import { HistoryInChromium } from './history/page.ts';
import { median, type Report, type Section, type Table } from './report.ts';

const RUNS = 100_000;
const TIMES = 7;

const MOST_OPEN_MILLIS = 300;
const MOST_FILTER_MILLIS = 100;

/** Charts are drawn within frames of 16 ms: what differs by less differs by chance. */
const SAME_MILLIS = 35;

/** As fast as a person flicks, and ten times as fast; a second each at 60 frames. */
const SPEEDS = [150, 1500] as const;
const FRAMES = 120;

type Change = readonly [
  what: string,
  selector: string,
  event: 'input' | 'change' | 'click',
  values: readonly string[],
];

const SELECT = (place: number) => `.filter-fields label:nth-of-type(${place}) select`;
const DATE = '.filter-fields input[type="date"]';

const CHANGES: readonly Change[] = [
  ['search of one word', '[type="search"]', 'input', ['speech', 'm12', 'seed', 'zzz']],
  ['search of two words', '[type="search"]', 'input', ['speech 42', 'tabular m7', 'robots lr', '']],
  ['project', SELECT(1), 'change', ['speech', 'vision', 'weather', '']],
  ['state', SELECT(2), 'change', ['failed', 'finished', '']],
  ['tag', SELECT(3), 'change', ['baseline', '']],
  ['framework', SELECT(4), 'change', ['torch', 'xgboost', '']],
  ['device', SELECT(5), 'change', ['NVIDIA A100-SXM4-40GB', 'NVIDIA H100 80GB HBM3', '']],
  ['first day', DATE, 'change', ['2026-01-01', '2025-06-01', '']],
  ['order by energy', '[data-column="energy"]', 'click', ['', '']],
  ['order by name', '[data-column="name"]', 'click', ['', '']],
  ['grouped by command', '.check-label input', 'click', ['', '']],
];

export const history: Section = {
  name: 'history',
  title: `The history with ${RUNS.toLocaleString('en')} runs`,
  async run(): Promise<Report> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'training-footprint-bench-'));
    const file = path.join(folder, 'history.db');
    console.log(`filling a history with ${RUNS} runs, of which one took 30 days at 1 s`);
    await fill(file, RUNS);
    try {
      return await measure(file);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(file: string): Promise<Report> {
  const opens: number[] = [];
  for (let count = 0; count < TIMES; count++) opens.push(await within(file, openMillis));
  return within(file, async (opened) => {
    await openMillis(opened);
    await opened.page.locator('.filters summary').click();
    const charts = await chartTimes(opened);
    const scrolls = [];
    for (const speed of SPEEDS) scrolls.push([speed, await scroll(opened, speed, FRAMES)] as const);
    await opened.page.evaluate(() => document.querySelector('.history-grid')?.scrollTo(0, 0));
    const filters: [string, number[]][] = [];
    for (const change of CHANGES) filters.push([change[0], await changeTimes(opened, change)]);
    return report(opens, filters, scrolls, charts, opened.heldUp);
  });
}

async function within<T>(file: string, work: (opened: HistoryInChromium) => Promise<T>): Promise<T> {
  const opened = await HistoryInChromium.open(() => Store.open(file));
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

async function changeTimes(
  opened: HistoryInChromium,
  [, selector, event, values]: Change,
): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 2; round++)
    for (const value of values) {
      times.push(await filterMillis(opened, selector, value, event));
      await opened.page.waitForTimeout(400); // the totals come after the rows
    }
  return times;
}

async function chartTimes(opened: HistoryInChromium): Promise<Record<'short' | 'long', number[]>> {
  const times = { short: [] as number[], long: [] as number[] };
  for (let count = 0; count < TIMES; count++) {
    times.short.push(await chartMillis(opened, SHORT_RUN));
    times.long.push(await chartMillis(opened, LONG_RUN));
  }
  return times;
}

function report(
  opens: readonly number[],
  filters: readonly (readonly [string, readonly number[]])[],
  scrolls: readonly (readonly [number, Awaited<ReturnType<typeof scroll>>])[],
  charts: Record<'short' | 'long', readonly number[]>,
  heldUp: HistoryInChromium['heldUp'],
): Report {
  const missed: string[] = [];
  const limited = (what: string, times: readonly number[], most: number | null): string[] => {
    const value = median(times);
    if (most !== null && value > most) missed.push(`${what}: ${value.toFixed(0)} ms, ${most} allowed`);
    return [what, millis(value), millis(Math.max(...times)), most === null ? '' : `${most} ms`];
  };
  const tables: Table[] = [
    {
      title: 'Time until it is to be seen',
      head: ['', 'median', 'longest', 'allowed'],
      rows: [
        limited('opens, from the first paint', opens, MOST_OPEN_MILLIS),
        ...filters.map(([what, times]) => limited(what, times, MOST_FILTER_MILLIS)),
        limited('charts of a run of 10 minutes', charts.short, null),
        limited('charts of a run of 30 days', charts.long, median(charts.short) + SAME_MILLIS),
      ].map((row) => row.map((cell) => cell.replace(/^(\d+)\.\d+ ms$/, '$1 ms'))),
    },
    {
      title: 'Scrolling',
      head: ['', 'frames', 'rows', 'frames with gaps', 'longest frame'],
      rows: scrolls.map(([speed, { frames, rows, framesWithGaps, longestFrameMillis }]) => {
        const what = `${speed} pixels a step`;
        if (speed === SPEEDS[0] && framesWithGaps > 0)
          missed.push(`${what}: ${framesWithGaps} frames with gaps`);
        return [what, String(frames), String(rows), String(framesWithGaps), millis(longestFrameMillis)];
      }),
    },
  ];
  const kinds = [...new Set(heldUp.map(({ type }) => type))];
  const longest = (type: string) =>
    Math.max(...heldUp.filter((each) => each.type === type).map((each) => each.millis));
  return {
    tables,
    remarks: [
      'Times are of the page’s own clock, in a real Chromium, from the person’s act to the frame that shows its answer.',
      `How long the extension host was held up at most, by what the page asked: ${kinds
        .map((type) => `${type} ${millis(longest(type))}`)
        .join(', ')}.`,
    ],
    missed,
  };
}

function millis(value: number): string {
  return `${value.toFixed(0)} ms`;
}
