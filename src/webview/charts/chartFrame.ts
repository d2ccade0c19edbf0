import type uPlot from 'uplot';
import { h, setAttribute, setText } from '../dom.ts';
import { howKnownName } from '../howKnown.ts';
import { Legend, type LegendEntry } from './legend.ts';
import { Plot, type PlotLines } from './plot.ts';

/** What a chart reads out at one entry of its data. */
export interface Reading {
  readonly timeText: string;
  readonly entries: readonly LegendEntry[];
}

/** Title, legend with readouts, and plot: the same for every chart. */
export class ChartFrame {
  readonly element: HTMLElement;
  readonly #title: string;
  readonly #read: (index: number | null) => Reading;
  readonly #time = h('span', { class: 'chart-time' });
  readonly #legend = new Legend();
  readonly #waiting = h('p', { class: 'chart-waiting' });
  readonly #plot: Plot;

  /** `read` is given null for the latest entry. */
  constructor(
    title: string,
    lines: () => PlotLines,
    read: (index: number | null) => Reading,
    height?: number,
  ) {
    this.#title = title;
    this.#read = read;
    this.#plot = new Plot(lines, (index) => this.#show(index), height);
    const head = h('div', { class: 'chart-head' }, h('h3', {}, title), this.#time);
    this.element = h(
      'section',
      { class: 'chart' },
      head,
      this.#legend.element,
      this.#waiting,
      this.#plot.element,
    );
  }

  /** @param emptyText what stands there while there is no data */
  draw(shape: string, data: uPlot.AlignedData, emptyText = ''): void {
    const isEmpty = data[0].length === 0;
    this.#waiting.hidden = !isEmpty || emptyText === '';
    setText(this.#waiting, emptyText);
    this.#plot.element.hidden = isEmpty;
    this.#plot.draw(shape, data);
    this.#show(this.#plot.hovered);
    setAttribute(this.#plot.element, 'aria-label', this.#summary());
  }

  #show(index: number | null): void {
    const reading = this.#read(index);
    setText(this.#time, reading.timeText);
    this.#legend.update(reading.entries);
  }

  #summary(): string {
    const { timeText, entries } = this.#read(null);
    const values = entries.map(({ label, value, howKnown }) =>
      [label, value, howKnown && howKnownName(howKnown)].filter(Boolean).join(' '),
    );
    return `${[this.#title, timeText].filter(Boolean).join(', ')}: ${values.join('; ')}`;
  }
}
