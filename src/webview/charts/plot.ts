import uPlot from 'uplot';
import { h } from '../dom.ts';
import { SCALES } from './axes.ts';
import { onThemeChange } from './theme.ts';

export type PlotLines = Pick<uPlot.Options, 'series' | 'bands' | 'axes' | 'scales'>;

const HEIGHT = 190;

const OUTSIDE = { left: -10, top: -10 };

/** uPlot in the page: created once for each set of lines, then only fed; follows the width and the theme. */
export class Plot {
  readonly element = h('div', { class: 'plot', role: 'img', tabindex: '0' });
  readonly #lines: () => PlotLines;
  readonly #onHover: (index: number | null) => void;
  readonly #height: number;
  #plot: uPlot | null = null;
  #shape = '';
  #data: uPlot.AlignedData = [[]];

  /** `lines` is asked again whenever the shape or the theme changes. */
  constructor(lines: () => PlotLines, onHover: (index: number | null) => void, height = HEIGHT) {
    this.#height = height;
    this.#lines = lines;
    this.#onHover = onHover;
    new ResizeObserver(() => this.#resize()).observe(this.element);
    onThemeChange(() => this.#recreate());
    this.element.addEventListener('keydown', (event) => this.#moveCursor(event));
    this.element.addEventListener('blur', () => this.#plot?.setCursor(OUTSIDE));
  }

  /** The entry under the pointer. */
  get hovered(): number | null {
    return this.#plot?.cursor.idx ?? null;
  }

  draw(shape: string, data: uPlot.AlignedData): void {
    this.#data = data;
    if (shape === this.#shape && this.#plot) return this.#plot.setData(data);
    this.#shape = shape;
    this.#recreate();
  }

  #recreate(): void {
    this.#plot?.destroy();
    this.#plot = null;
    this.#resize();
  }

  #resize(): void {
    const width = this.element.clientWidth;
    if (width === 0) return;
    if (this.#plot) this.#plot.setSize({ width, height: this.#height });
    else if (this.#shape !== '') this.#plot = new uPlot(this.#options(width), this.#data, this.element);
  }

  #options(width: number): uPlot.Options {
    return {
      scales: SCALES,
      ...this.#lines(),
      width,
      height: this.#height,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      hooks: { setCursor: [(plot) => this.#onHover(plot.cursor.idx ?? null)] },
    };
  }

  /** The arrow keys do what the pointer does. */
  #moveCursor(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || !this.#plot) return;
    event.preventDefault();
    const times = this.#data[0];
    const index = Math.min(times.length - 1, Math.max(0, (this.hovered ?? times.length - 1) + step));
    this.#plot.setCursor({ left: this.#plot.valToPos(times[index] ?? 0, 'x'), top: 0 });
  }
}
