import type { Choice } from '../protocol/messages.ts';
import { h } from './dom.ts';

/** A choice of one of several, with its label: the browser's own, which screen readers and keyboards know best. */
export class Select {
  readonly element: HTMLElement;
  readonly #select = h('select', { class: 'select' });
  #shown = '';

  constructor(label: string, onChoose: (id: string) => void) {
    this.element = h('label', { class: 'select-label' }, h('span', {}, label), this.#select);
    this.#select.addEventListener('change', () => onChoose(this.#select.value));
  }

  update(choices: readonly Choice[], chosen: string): void {
    const shown = JSON.stringify(choices);
    if (shown !== this.#shown)
      this.#select.replaceChildren(...choices.map(({ id, label }) => h('option', { value: id }, label)));
    this.#shown = shown;
    if (this.#select.value !== chosen) this.#select.value = chosen;
  }
}
