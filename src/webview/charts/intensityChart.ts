import uPlot from 'uplot';
import type { ChartData, IntensityStrip } from '../../protocol/messages.ts';
import { axes } from './axes.ts';
import { ChartFrame, type Reading } from './chartFrame.ts';
import type { PlotLines } from './plot.ts';
import { INTENSITY_COLOUR, lineStyle, translucent } from './theme.ts';
import { clock, readout } from './units.ts';

const UNIT = { size: 1, name: 'g/kWh' };
const HEIGHT = 96;

/** The grid's carbon intensity over the run's time, a low strip under the other charts. */
export class IntensityChart {
  readonly #frame = new ChartFrame('Carbon intensity', plotLines, (index) => this.#read(index), HEIGHT);
  readonly element = this.#frame.element;
  #strip: IntensityStrip = { timeSeconds: [], counted: [], expected: [] };

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
    const { timeSeconds, counted, expected } = this.#strip;
    const index = hovered ?? counted.findLastIndex((value, at) => value !== null || isNow(expected, at));
    const time = timeSeconds[index];
    const common = { colour: INTENSITY_COLOUR };
    const entries = [
      { ...common, key: 'counted', label: 'Counted', value: readout(counted[index], UNIT) },
      {
        ...common,
        key: 'expected',
        label: 'May change',
        isDashed: true,
        value: readout(expected[index], UNIT),
      },
    ];
    const known = entries.filter((_, entry) =>
      (entry === 0 ? counted : expected).some((value) => value !== null),
    );
    return { timeText: time === undefined ? '' : `from ${clock(time)}`, entries: known };
  }
}

function isNow(line: IntensityStrip['expected'], index: number): boolean {
  return (line[index] ?? null) !== null;
}

function plotLines(): PlotLines {
  const paths = uPlot.paths.stepped?.({ align: 1 });
  const style = lineStyle(INTENSITY_COLOUR, 1.5);
  const stepped = { ...style, ...(paths ? { paths } : {}), points: { show: false } };
  return {
    axes: axes(() => UNIT),
    series: [
      {},
      { ...stepped, fill: translucent(INTENSITY_COLOUR, 22) },
      { ...stepped, dash: [4, 3], fill: translucent(INTENSITY_COLOUR, 10) },
    ],
  };
}
