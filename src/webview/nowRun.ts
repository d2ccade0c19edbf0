import { t } from '../language.ts';
import type { RunView } from '../protocol/messages.ts';
import { h, setAttribute, setText } from './dom.ts';
import { Facts } from './facts.ts';
import type { Send } from './host.ts';
import { RunButtons } from './runButtons.ts';
import { RunDrawing } from './runDrawing.ts';

/** The run that trains: its figures first, what it was started as last. */
export class NowRun {
  readonly element: HTMLElement;
  readonly #title = h('h2', { id: 'now-run-title' });
  readonly #dot = h('span', { class: 'dot', 'aria-hidden': 'true' });
  readonly #stateText = h('span');
  readonly #command = h('pre', {
    class: 'command',
    tabindex: '0',
    role: 'group',
    'aria-label': t('Command'),
  });
  readonly #drawing = new RunDrawing('now');
  readonly #buttons: RunButtons;
  readonly #facts = new Facts();

  constructor(send: Send) {
    this.#buttons = new RunButtons(send);
    const state = h('div', { class: 'run-state' }, this.#dot, this.#stateText);
    const heading = h(
      'div',
      { class: 'run-heading' },
      h('div', {}, this.#title, state),
      this.#buttons.element,
    );
    const command = h('section', {}, h('h3', {}, t('Command')), this.#command);
    this.element = h(
      'section',
      { class: 'run', 'aria-labelledby': this.#title.id, hidden: '' },
      heading,
      this.#drawing.element,
      command,
      this.#facts.element,
    );
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
    this.#facts.update(run);
  }
}
