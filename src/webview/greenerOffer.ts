import { t } from '../language.ts';
import type { RunView } from '../protocol/messages.ts';
import { h, setText } from './dom.ts';
import type { Send } from './host.ts';
import { button } from './toolkit.ts';

/** One sentence on a greener time for what a run has left to do, there only where waiting is worth it. */
export class GreenerOffer {
  readonly element: HTMLElement;
  readonly #text = h('p');
  #runId = '';

  constructor(send: Send) {
    const find = button(t('Find a Greener Time'), 'secondary', () =>
      send('findGreenerTime', { runId: this.#runId }),
    );
    this.element = h('div', { class: 'greener-offer', hidden: '' }, this.#text, find);
  }

  update(run: Pick<RunView, 'id' | 'greenerOffer'> | null): void {
    this.#runId = run?.id ?? '';
    this.element.hidden = !run?.greenerOffer;
    setText(this.#text, run?.greenerOffer ?? '');
  }
}
