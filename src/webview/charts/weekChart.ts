import uPlot from 'uplot';
import { t } from '../../language.ts';
import type { HistoryTotals, ProjectTotals } from '../../protocol/messages.ts';
import { axes } from './axes.ts';
import { ChartFrame, type Reading } from './chartFrame.ts';
import type { PlotLines } from './plot.ts';
import { runColour } from './series.ts';
import { colour, translucent } from './theme.ts';
import { readout, type Unit } from './units.ts';

export type WeekQuantity = 'wattHours' | 'grams';

/** Bars: one a week, the projects on top of each other. */
export class WeekChart {
  readonly #frame: ChartFrame;
  readonly element: HTMLElement;
  readonly #quantity: WeekQuantity;
  readonly #unitOf: (greatest: number) => Unit;
  #totals: HistoryTotals = { summary: '', mondays: [], projects: [] };
  #unit: Unit;

  constructor(title: string, quantity: WeekQuantity, unitOf: (greatest: number) => Unit) {
    this.#quantity = quantity;
    this.#unitOf = unitOf;
    this.#unit = unitOf(1);
    this.#frame = new ChartFrame(
      title,
      () => this.#lines(),
      (index) => this.#read(index),
    );
    this.element = this.#frame.element;
  }

  update(totals: HistoryTotals): void {
    this.#totals = totals;
    const stack = stackOf(totals.projects, this.#quantity, totals.mondays.length);
    this.#unit = this.#unitOf(Math.max(0, ...(stack.at(-1) ?? [])));
    const weeks = totals.mondays.map((_, index) => index);
    // the tallest first, so that what stands before it covers it
    const shape = JSON.stringify([
      totals.mondays[0],
      weeks.length,
      totals.projects.map(({ project }) => project),
    ]);
    this.#frame.draw(shape, [weeks, ...stack.reverse()]);
  }

  #lines(): PlotLines {
    const { mondays, projects } = this.#totals;
    const [x, y] = axes(() => this.#unit);
    const paths = uPlot.paths.bars?.({ size: [0.8, 48] });
    return {
      scales: {
        x: { time: false, range: [-0.5, Math.max(mondays.length, 4) - 0.5] },
        y: { range: (_, _min, max) => [0, max > 0 ? max * 1.08 : 1] },
      },
      axes: [
        {
          ...x,
          incrs: [1, 2, 4, 8, 13, 26, 52, 104],
          space: 76,
          values: (_, splits) => splits.map((week) => mondays[week] ?? ''),
        },
        y ?? {},
      ],
      series: [
        {},
        ...projects.map((_, index) => {
          const line = runColour(projects.length - 1 - index);
          const fill = `color-mix(in srgb, ${colour(line)} 70%, ${colour('--vscode-editor-background')})`;
          return { stroke: translucent(line, 100), width: 1, fill, points: { show: false }, paths };
        }),
      ],
    };
  }

  #read(hovered: number | null): Reading {
    const { mondays, projects } = this.#totals;
    const index = hovered ?? mondays.length - 1;
    const monday = mondays[index];
    return {
      timeText: monday === undefined ? '' : t('week of {0}', monday),
      entries: projects.map((project, place) => ({
        key: project.project,
        label: project.project,
        colour: runColour(place),
        value: readout(project[this.#quantity][index], this.#unit),
      })),
    };
  }
}

/** Each project on top of those before it. */
function stackOf(projects: readonly ProjectTotals[], quantity: WeekQuantity, weeks: number): number[][] {
  const height = new Array<number>(weeks).fill(0);
  return projects.map((project) =>
    height.map((below, week) => (height[week] = below + (project[quantity][week] ?? 0))),
  );
}
