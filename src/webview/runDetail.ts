import type { RunView } from '../protocol/messages.ts';
import { h, setAttribute, setText } from './dom.ts';
import { Facts } from './facts.ts';
import { GreenerOffer } from './greenerOffer.ts';
import type { Send } from './host.ts';
import { RunButtons } from './runButtons.ts';
import { RunDrawing } from './runDrawing.ts';

/** One run, all of it. */
export class RunDetail {
  readonly element: HTMLElement;
  readonly #title: HTMLElement;
  readonly #dot = h('span', { class: 'dot', 'aria-hidden': 'true' });
  readonly #stateText = h('span');
  readonly #command = h('pre', { class: 'command', tabindex: '0', role: 'group', 'aria-label': 'Command' });
  readonly #drawing: RunDrawing;
  readonly #buttons: RunButtons;
  readonly #facts = new Facts();
  readonly #offer: GreenerOffer;

  /** @param scope keeps ids of two runs on one page apart */
  constructor(send: Send, scope: string) {
    this.#title = h('h2', { id: `${scope}-run-title` });
    this.#buttons = new RunButtons(send);
    this.#offer = new GreenerOffer(send);
    this.#drawing = new RunDrawing(scope);
    const heading = h(
      'div',
      { class: 'run-heading' },
      h('div', {}, this.#title, h('div', { class: 'run-state' }, this.#dot, this.#stateText)),
      this.#buttons.element,
    );
    this.element = h(
      'section',
      { class: 'run', 'aria-labelledby': this.#title.id, hidden: '' },
      heading,
      this.#offer.element,
      this.#command,
      this.#drawing.element,
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
    this.#drawing.update(run);
    this.#buttons.update(run);
    this.#offer.update(run);
    this.#facts.update(run);
  }
}
