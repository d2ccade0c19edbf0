import uPlot from 'uplot';
import { t } from '../../language.ts';
import type { ChartData, IntensityStrip } from '../../protocol/messages.ts';
import { axes } from './axes.ts';
import { ChartFrame, type Reading } from './chartFrame.ts';
import type { LegendEntry } from './legend.ts';
import type { PlotLines } from './plot.ts';
import { INTENSITY_COLOUR, lineStyle, translucent } from './theme.ts';
import { clock, readout } from './units.ts';

const UNIT = { size: 1, name: 'g/kWh' };
const HEIGHT = 96;

/** The grid's carbon intensity over the run's time, a low strip under the other charts. */
export class IntensityChart {
  readonly #frame = new ChartFrame(
    t('Carbon intensity, g/kWh'),
    plotLines,
    (index) => this.#read(index),
    HEIGHT,
  );
  readonly element = this.#frame.element;
  #strip: IntensityStrip = { timeSeconds: [], counted: [], expected: [], now: null };

  constructor() {
    this.element.classList.add('strip');
  }

  update({ intensity }: ChartData): void {
    this.#strip = intensity;
    const { timeSeconds, counted, expected } = intensity;
    this.element.hidden = timeSeconds.length === 0;
    this.#frame.draw('intensity', [[...timeSeconds], [...counted], [...expected]]);
  }

  #read(hovered: number | null): Reading {
    const { timeSeconds, counted, expected, now } = this.#strip;
    const index = hovered ?? now ?? -1;
    const time = timeSeconds[index];
    const entries = [
      entry('counted', t('Counted'), false, counted, index),
      entry('expected', t('Forecast or provisional'), true, expected, index),
    ];
    const known = entries.filter((_, which) =>
      (which === 0 ? counted : expected).some((value) => value !== null),
    );
    return { timeText: time === undefined ? '' : t('from {0}', clock(time)), entries: known };
  }
}

function entry(
  key: string,
  label: string,
  isDashed: boolean,
  line: IntensityStrip['counted'],
  index: number,
): LegendEntry {
  return { key, label, isDashed, colour: INTENSITY_COLOUR, value: readout(line[index], UNIT) };
}

function plotLines(): PlotLines {
  const paths = uPlot.paths.stepped?.({ align: 1 });
  const style = lineStyle(INTENSITY_COLOUR, 1.5);
  const stepped = { ...style, ...(paths ? { paths } : {}), points: { show: false } };
  return {
    axes: axes(() => ({ ...UNIT, name: '' })),
    series: [
      {},
      { ...stepped, fill: translucent(INTENSITY_COLOUR, 22) },
      { ...stepped, dash: [4, 3], fill: translucent(INTENSITY_COLOUR, 10) },
    ],
  };
}
