import { t } from '../language.ts';
import type { HistoryRun } from '../protocol/messages.ts';
import { h, setAttribute, setText } from './dom.ts';
import { Facts } from './facts.ts';
import type { Send } from './host.ts';
import { RunButtons } from './runButtons.ts';
import { RunDrawing } from './runDrawing.ts';
import { RunName } from './runName.ts';
import { RunWords } from './runWords.ts';

/** One run of the history, all of it. */
export class RunDetail {
  readonly element: HTMLElement;
  readonly #name: RunName;
  readonly #dot = h('span', { class: 'dot', 'aria-hidden': 'true' });
  readonly #stateText = h('span');
  readonly #command = h('pre', {
    class: 'command',
    tabindex: '0',
    role: 'group',
    'aria-label': t('Command'),
  });
  readonly #drawing = new RunDrawing('history');
  readonly #buttons: RunButtons;
  readonly #words: RunWords;
  readonly #facts = new Facts();
  #runId = '';

  constructor(send: Send) {
    this.#name = new RunName((label) => send('editRun', { runId: this.#runId, label }));
    this.#words = new RunWords((edit) => send('editRun', { runId: this.#runId, ...edit }));
    this.#buttons = new RunButtons(send);
    const state = h('div', { class: 'run-state' }, this.#dot, this.#stateText);
    const heading = h(
      'div',
      { class: 'run-heading' },
      h('div', {}, this.#name.element, state),
      this.#buttons.element,
    );
    this.element = h(
      'section',
      { class: 'run', 'aria-labelledby': this.#name.titleId, hidden: '' },
      heading,
      this.#command,
      this.#words.element,
      this.#drawing.element,
      this.#facts.element,
    );
  }

  /** So far that the title can be seen. */
  scrollIntoView(behavior: ScrollBehavior): void {
    this.#name.element.scrollIntoView({ block: 'nearest', behavior });
  }

  update(detail: HistoryRun | null): void {
    this.element.hidden = detail === null;
    if (!detail) return;
    const { run } = detail;
    const isOther = run.id !== this.#runId;
    this.#runId = run.id;
    this.#name.update(run.title, isOther);
    this.#words.update(detail, isOther);
    setAttribute(this.#dot, 'data-state', run.state);
    setText(this.#stateText, run.stateText);
    setText(this.#command, run.command || t('unknown'));
    this.#drawing.update(run);
    this.#buttons.update(run, detail.canRunAgain);
    this.#facts.update(run);
  }
}
