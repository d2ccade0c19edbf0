import type { RunView } from '../protocol/messages.ts';
import { EnergyChart } from './charts/energyChart.ts';
import { IntensityChart } from './charts/intensityChart.ts';
import { PowerChart } from './charts/powerChart.ts';
import { Components } from './components.ts';
import { h } from './dom.ts';
import { Epochs } from './epochs.ts';
import { figurePart } from './figures.ts';
import { KeyedList } from './keyedList.ts';
import { Progress } from './progress.ts';

/** A run's figures, then its charts and tables: the same wherever a run is shown. */
export class RunDrawing {
  readonly element: HTMLElement;
  readonly #progress = new Progress();
  readonly #figuresElement = h('div', { class: 'figures' });
  readonly #figures = new KeyedList(this.#figuresElement, (figure) => figure.id, figurePart);
  readonly #power = new PowerChart();
  readonly #energy = new EnergyChart();
  readonly #intensity = new IntensityChart();
  readonly #epochs: Epochs;
  readonly #components: Components;

  /** @param scope keeps ids of two drawings on one page apart */
  constructor(scope: string) {
    this.#epochs = new Epochs(scope);
    this.#components = new Components(scope);
    this.element = h(
      'div',
      { class: 'run-drawing' },
      this.#progress.element,
      this.#figuresElement,
      h('div', { class: 'charts' }, this.#power.element, this.#energy.element, this.#intensity.element),
      this.#epochs.element,
      this.#components.element,
    );
  }

  update(run: RunView): void {
    this.#progress.update(run);
    this.#figures.update(run.figures);
    this.#power.update(run.chart);
    this.#energy.update(run.chart);
    this.#intensity.update(run.chart);
    this.#epochs.update(run.epochs);
    this.#components.update(run.components);
  }
}
