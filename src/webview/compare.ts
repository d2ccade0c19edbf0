import type { CompareView } from '../protocol/messages.ts';
import { h } from './dom.ts';
import type { Send } from './host.ts';
import { button } from './toolkit.ts';

/** Two to six runs beside each other. */
export class Compare {
  readonly element: HTMLElement;
  readonly #list = h('ul');

  constructor(send: Send) {
    this.element = h(
      'section',
      { class: 'view' },
      button('Choose Runs…', 'secondary', () => send('pickComparison', {})),
      this.#list,
    );
  }

  update({ runs }: CompareView): void {
    this.#list.replaceChildren(...runs.map(({ title }) => h('li', {}, title)));
  }
}
