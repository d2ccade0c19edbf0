import type { RunView } from '../protocol/messages.ts';
import { EnergyChart } from './charts/energyChart.ts';
import { PowerChart } from './charts/powerChart.ts';
import { Components } from './components.ts';
import { h, setAttribute, setText } from './dom.ts';
import { Facts } from './facts.ts';
import { figurePart } from './figures.ts';
import { GreenerOffer } from './greenerOffer.ts';
import type { Send } from './host.ts';
import { KeyedList } from './keyedList.ts';
import { Progress } from './progress.ts';
import { RunButtons } from './runButtons.ts';

/** The selected run, all of it. */
export class RunDetail {
  readonly element: HTMLElement;
  readonly #title = h('h2', { id: 'run-title' });
  readonly #dot = h('span', { class: 'dot', 'aria-hidden': 'true' });
  readonly #stateText = h('span');
  readonly #command = h('pre', { class: 'command', 'aria-label': 'Command' });
  readonly #progress = new Progress();
  readonly #figuresElement = h('div', { class: 'figures' });
  readonly #figures = new KeyedList(this.#figuresElement, (figure) => figure.id, figurePart);
  readonly #power = new PowerChart();
  readonly #energy = new EnergyChart();
  readonly #components = new Components();
  readonly #buttons: RunButtons;
  readonly #facts = new Facts();
  readonly #offer: GreenerOffer;

  constructor(send: Send) {
    this.#buttons = new RunButtons(send);
    this.#offer = new GreenerOffer(send);
    const heading = h(
      'div',
      { class: 'run-heading' },
      h('div', {}, this.#title, h('div', { class: 'run-state' }, this.#dot, this.#stateText)),
      this.#buttons.element,
    );
    this.element = h(
      'section',
      { class: 'run', 'aria-labelledby': 'run-title', hidden: '' },
      heading,
      this.#offer.element,
      this.#command,
      this.#progress.element,
      this.#figuresElement,
      h('div', { class: 'charts' }, this.#power.element, this.#energy.element),
      this.#components.element,
      this.#facts.element,
    );
  }

  /** So far that the title can be seen. */
  scrollIntoView(behavior: ScrollBehavior): void {
    this.#title.scrollIntoView({ block: 'nearest', behavior });
  }

  update(run: RunView | null): void {
    this.element.hidden = run === null;
    if (!run) return;
    setText(this.#title, run.title);
    setAttribute(this.#dot, 'data-state', run.state);
    setText(this.#stateText, run.stateText);
    setText(this.#command, run.command);
    this.#progress.update(run);
    this.#figures.update(run.figures);
    this.#power.update(run.chart);
    this.#energy.update(run.chart);
    this.#components.update(run.components);
    this.#buttons.update(run);
    this.#offer.update(run);
    this.#facts.update(run);
  }
}
