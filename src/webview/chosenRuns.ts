import { t } from '../language.ts';
import { h, setText } from './dom.ts';
import type { Send } from './host.ts';
import { button } from './toolkit.ts';

/** Compared runs must be told apart by colour and dashes. */
const MOST_COMPARED = 6;

/** What can be done with the runs that are chosen in the table. Hidden while none is. */
export class ChosenRuns {
  readonly element: HTMLElement;
  readonly #count = h('span', { role: 'status' });
  readonly #compare: HTMLElement;
  #runIds: readonly string[] = [];

  constructor(send: Send, onClear: () => void) {
    this.#compare = button(t('Compare'), 'primary', () => send('compareRuns', { runIds: this.#runIds }));
    const remove = button(t('Delete'), 'secondary', () => {
      send('deleteRuns', { runIds: this.#runIds });
      onClear();
    });
    const clear = button(t('Clear'), 'secondary', onClear);
    this.element = h(
      'div',
      { class: 'chosen-runs', role: 'group', 'aria-label': t('Chosen runs'), hidden: '' },
      this.#count,
      this.#compare,
      remove,
      clear,
    );
  }

  update(runIds: readonly string[]): void {
    this.#runIds = runIds;
    const { length } = runIds;
    this.element.hidden = length === 0;
    this.#compare.hidden = length < 2 || length > MOST_COMPARED;
    setText(this.#count, countText(length));
  }
}

function countText(count: number): string {
  if (count === 1) return t('1 run chosen, choose another to compare');
  return count > MOST_COMPARED
    ? t('{0} runs chosen, six can be compared', count)
    : t('{0} runs chosen', count);
}
