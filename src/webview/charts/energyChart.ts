import { t } from '../../language.ts';
import type { ChartData } from '../../protocol/messages.ts';
import { axes } from './axes.ts';
import { ChartFrame, type Reading } from './chartFrame.ts';
import { energyLines, type EnergyLines } from './energyLines.ts';
import type { LegendEntry } from './legend.ts';
import type { PlotLines } from './plot.ts';
import { ENERGY_COLOUR, lineStyle, PROJECTION_COLOUR, translucent } from './theme.ts';
import { clock, energyUnit, readout, type Unit } from './units.ts';

/** Energy of the run so far, and the band in which it is expected to end. */
export class EnergyChart {
  readonly #frame = new ChartFrame(
    t('Energy'),
    () => plotLines(() => this.#unit),
    (index) => this.#read(index),
  );
  readonly element = this.#frame.element;
  #chart: ChartData | null = null;
  #lines: EnergyLines | null = null;
  #unit: Unit = energyUnit(1);

  update(chart: ChartData): void {
    const lines = energyLines(chart);
    this.#chart = chart;
    this.#lines = lines;
    this.#unit = energyUnit(
      Math.max(chart.energyWattHours.at(-1) ?? 0, chart.projection?.highWattHours ?? 0),
    );
    const { timeSeconds, used, projected, high, low } = lines;
    this.#frame.draw('energy', [timeSeconds, used, projected, high, low], chart.emptyText);
  }

  #read(hovered: number | null): Reading {
    const samples = this.#chart?.timeSeconds.length ?? 0;
    const index = hovered ?? samples - 1;
    const used: LegendEntry = {
      key: 'used',
      label: t('Used'),
      colour: ENERGY_COLOUR,
      value: readout(this.#lines?.used[index], this.#unit),
    };
    const time = this.#lines?.timeSeconds[index];
    return {
      timeText: time === undefined ? '' : t('at {0}', clock(time)),
      entries: [used, ...this.#readProjection(index >= samples ? index : null)],
    };
  }

  /** At its end, unless the pointer is somewhere along it. */
  #readProjection(hovered: number | null): readonly LegendEntry[] {
    const lines = this.#lines;
    const last = (lines?.timeSeconds.length ?? 0) - 1;
    if (!lines || last < (this.#chart?.timeSeconds.length ?? 0)) return [];
    const index = hovered ?? last;
    const [value = '', low = '', high = ''] = [lines.projected, lines.low, lines.high].map((line) =>
      readout(line[index], this.#unit),
    );
    const projection = {
      key: 'projection',
      label: t('Projected'),
      colour: PROJECTION_COLOUR,
      isDashed: true,
    };
    if (hovered !== null) return [{ ...projection, value: `${value} (${low} – ${high})` }];
    const end = clock(lines.timeSeconds[last] ?? 0);
    return [{ ...projection, value: t('{0} ({1} – {2}) at {3}', value, low, high, end) }];
  }
}

function plotLines(unit: () => Unit): PlotLines {
  return {
    axes: axes(unit),
    series: [
      {},
      { ...lineStyle(ENERGY_COLOUR, 2), fill: translucent(ENERGY_COLOUR, 20) },
      { ...lineStyle(PROJECTION_COLOUR, 1.5), dash: [6, 4], points: { show: false } },
      { width: 0, points: { show: false } },
      { width: 0, points: { show: false } },
    ],
    bands: [{ series: [3, 4], fill: translucent(PROJECTION_COLOUR, 22) }],
  };
}
