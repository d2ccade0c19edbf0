import { t } from '../../language.ts';
import type { ChartData } from '../../protocol/messages.ts';
import { axes } from './axes.ts';
import { ChartFrame, type Reading } from './chartFrame.ts';
import type { LegendEntry } from './legend.ts';
import type { PlotLines } from './plot.ts';
import { stacked, total } from './stack.ts';
import { componentColour, lineStyle, translucent } from './theme.ts';
import { clock, powerUnit, readout, type Unit } from './units.ts';

/** Power of the run over time, the components stacked. */
export class PowerChart {
  readonly #frame = new ChartFrame(
    t('Power'),
    () => this.#lines(),
    (index) => this.#read(index),
  );
  readonly element = this.#frame.element;
  #chart: ChartData | null = null;
  #unit: Unit = powerUnit(1);

  update(chart: ChartData): void {
    this.#chart = chart;
    const stack = stacked(chart.power, chart.timeSeconds.length);
    this.#unit = powerUnit(
      (stack.at(-1) ?? []).reduce<number>((most, value) => Math.max(most, value ?? 0), 0),
    );
    const shape = JSON.stringify(chart.power.map((series) => series.component));
    this.#frame.draw(shape, [[...chart.timeSeconds], ...stack], chart.emptyText);
  }

  #lines(): PlotLines {
    const power = this.#chart?.power ?? [];
    return {
      axes: axes(() => this.#unit),
      series: [
        {},
        ...power.map(({ component }) => ({
          ...lineStyle(componentColour(component), 1.5),
          fill: translucent(componentColour(component), 28),
        })),
      ],
      bands: power.slice(1).map((_, index) => ({ series: [index + 2, index + 1] as [number, number] })),
    };
  }

  #read(hovered: number | null): Reading {
    const { timeSeconds = [], power = [] } = this.#chart ?? {};
    const index = hovered ?? timeSeconds.length - 1;
    const entries = power.map((series): LegendEntry => ({
      key: series.component,
      label: series.label,
      colour: componentColour(series.component),
      howKnown: series.howKnown,
      value: readout(series.powerWatts[index], this.#unit),
    }));
    const time = timeSeconds[index];
    if (time === undefined) return { timeText: '', entries };
    const sum = readout(total(power, index), this.#unit);
    const at = clock(time);
    return { timeText: power.length > 1 ? t('at {0}, together {1}', at, sum) : t('at {0}', at), entries };
  }
}
