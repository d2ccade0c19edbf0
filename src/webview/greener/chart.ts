import uPlot from 'uplot';
import { t } from '../../language.ts';
import type { GreenerChart as ChartData } from '../../protocol/greener.ts';
import { ChartFrame, type Reading } from '../charts/chartFrame.ts';
import type { LegendEntry } from '../charts/legend.ts';
import type { PlotLines } from '../charts/plot.ts';
import { chartFont, colour, lineStyle, translucent } from '../charts/theme.ts';

const GRID_COLOUR = '--vscode-charts-blue';
const NOW_COLOUR = '--vscode-charts-yellow';
const BEST_COLOUR = '--vscode-charts-green';

const HOUR_SECONDS = 3600;

/** Hours between two marks of the axis, the fewest that do not crowd. */
const HOUR_STEPS = [1, 2, 3, 6, 12, 24];
const LEAST_PIXELS = 56;

/** The intensity to come, with a run that starts now and the best one in it. */
export class GreenerChart {
  readonly #frame = new ChartFrame(
    t('Carbon intensity to come'),
    () => this.#lines(),
    (index) => this.#read(index),
  );
  readonly element = this.#frame.element;
  #chart: ChartData | null = null;

  update(chart: ChartData | null): void {
    this.element.hidden = chart === null;
    this.#chart = chart;
    if (!chart) return;
    const { timeSeconds, gramsPerKwh, now, best } = chart;
    const none = timeSeconds.map(() => null);
    const orNone = (line: readonly (number | null)[]) => (line.length > 0 ? [...line] : none);
    this.#frame.draw('greener', [[...timeSeconds], [...gramsPerKwh], orNone(now), orNone(best)]);
  }

  #lines(): PlotLines {
    // each figure holds to the next time
    const paths = uPlot.paths.stepped?.({ align: 1 });
    const line = (variable: string, width: number, fillPercent: number): uPlot.Series => ({
      ...lineStyle(variable, width),
      points: fillPercent > 0 ? startPoint(variable) : { show: false },
      ...(fillPercent > 0 ? { fill: translucent(variable, fillPercent) } : {}),
      ...(paths ? { paths } : {}),
    });
    const axis: uPlot.Axis = {
      stroke: colour('--vscode-descriptionForeground'),
      font: chartFont(),
      grid: { stroke: translucent('--vscode-foreground', 12), width: 1 },
      ticks: { show: false },
    };
    return {
      axes: [
        {
          ...axis,
          size: 30,
          gap: 8,
          splits: (plot) => this.#marks(plot).map(({ seconds }) => seconds),
          values: (plot) => this.#marks(plot).map(({ text }) => text),
        },
        { ...axis, space: 36, size: 50, values: (_, splits) => splits.map(String) },
      ],
      series: [
        {},
        line(GRID_COLOUR, 1.5, 0),
        { ...line(NOW_COLOUR, 2, 24), dash: [5, 3] },
        line(BEST_COLOUR, 2.5, 34),
      ],
    };
  }

  /** At round hours of the clock, as many as there is room for. */
  #marks(plot: uPlot): ChartData['hours'] {
    const { hours = [], timeSeconds = [] } = this.#chart ?? {};
    const pixelsPerHour = plot.bbox.width / devicePixelRatio / ((timeSeconds.at(-1) ?? 1) / HOUR_SECONDS);
    const step = HOUR_STEPS.find((candidate) => candidate * pixelsPerHour >= LEAST_PIXELS) ?? 24;
    return hours.filter(({ hour }) => hour % step === 0);
  }

  #read(index: number | null): Reading {
    const chart = this.#chart;
    if (!chart) return { timeText: '', entries: [] };
    const { now, best, gramsPerKwh, timeTexts, nowLabel, nowText, bestLabel, bestText } = chart;
    const grams = index === null ? null : (gramsPerKwh[index] ?? null);
    const entry = (key: string, label: string, variable: string, value: string): LegendEntry => ({
      ...{ key, label, colour: variable, value },
    });
    const entries = [
      entry('grid', t('Grid, gCO2e/kWh'), GRID_COLOUR, grams === null ? '' : String(Math.round(grams))),
      ...(now.length > 0 ? [{ ...entry('now', nowLabel, NOW_COLOUR, nowText), isDashed: true }] : []),
      ...(best.length > 0 ? [entry('best', bestLabel, BEST_COLOUR, bestText)] : []),
    ];
    return { timeText: index === null ? '' : (timeTexts[index] ?? ''), entries };
  }
}

/** A dot where a run starts: a short one would not be seen. */
function startPoint(variable: string): uPlot.Series.Points {
  const stroke = colour(variable);
  return {
    show: true,
    size: 9,
    fill: stroke,
    stroke,
    filter: (plot, series) => {
      const first = plot.data[series]?.findIndex((value) => value !== null) ?? -1;
      return first < 0 ? [] : [first];
    },
  };
}
