import { t } from '../language.ts';
import type { Choice, HistoryChoiceList, HistoryView, HistoryWishes } from '../protocol/messages.ts';
import { h, setText } from './dom.ts';
import { Select } from './select.ts';
import { button } from './toolkit.ts';

const LISTS: readonly (readonly [HistoryChoiceList, string])[] = [
  ['project', t('Project')],
  ['state', t('State')],
  ['tag', t('Tag')],
  ['framework', t('Framework')],
  ['device', t('Device')],
];

/** In the order of the host's answers, by which they are told to be the same. */
const NO_WISHES: HistoryWishes = {
  ...{ search: '', project: '', tag: '', framework: '', device: '', state: '', since: '', until: '' },
};

/** Search and filters over the history. */
export class HistoryFilters {
  readonly element: HTMLElement;
  readonly #onWish: (wishes: HistoryWishes) => void;
  readonly #search = h('input', {
    ...{ type: 'search', class: 'text-input', placeholder: t('Search runs'), 'aria-label': t('Search runs') },
    ...{ spellcheck: 'false', autocomplete: 'off' },
  });
  readonly #selects: readonly (readonly [HistoryChoiceList, Select])[];
  readonly #since = dateInput(t('First day'));
  readonly #until = dateInput(t('Last day'));
  readonly #grouped = h('input', { type: 'checkbox' });
  readonly #summary = h('summary', {}, t('Filters'));
  readonly #clear: HTMLElement;
  #wishes = NO_WISHES;
  /** Asked for, and not yet answered: what is typed meanwhile is asked for together, after the answer. */
  #asked: HistoryWishes | null = null;

  constructor(onWish: (wishes: HistoryWishes) => void, onGroup: (isGrouped: boolean) => void) {
    this.#onWish = onWish;
    this.#selects = LISTS.map(([id, label]) => [
      id,
      new Select(label, (value) => this.#wish({ [id]: value })),
    ]);
    this.#clear = button(t('Clear Filters'), 'secondary', () => this.#wish(NO_WISHES));
    this.#search.addEventListener('input', () => this.#wish({ search: this.#search.value }));
    for (const [name, { input }] of [
      ['since', this.#since],
      ['until', this.#until],
    ] as const)
      input.addEventListener('change', () => this.#wish({ [name]: input.value }));
    this.#grouped.addEventListener('change', () => onGroup(this.#grouped.checked));
    const filters = h('details', { class: 'filters' }, this.#summary, this.#filterFields());
    const grouped = h('label', { class: 'check-label' }, this.#grouped, t('Group by command'));
    this.element = h('div', { class: 'history-tools', role: 'search' }, this.#search, grouped, filters);
  }

  update({ wishes, choices, isGrouped }: HistoryView): void {
    this.#grouped.checked = isGrouped;
    if (!this.#isAnswered(wishes)) return;
    this.#wishes = wishes;
    if (document.activeElement !== this.#search) this.#search.value = wishes.search;
    for (const [id, select] of this.#selects) {
      select.element.hidden = choices[id].length === 0 && wishes[id] === '';
      select.update([ANY, ...choices[id]], wishes[id]);
    }
    if (this.#since.input.value !== wishes.since) this.#since.input.value = wishes.since;
    if (this.#until.input.value !== wishes.until) this.#until.input.value = wishes.until;
    const used = Object.entries(wishes).filter(([name, value]) => name !== 'search' && value !== '').length;
    setText(this.#summary, used === 0 ? t('Filters') : t('Filters ({0})', used));
    this.#clear.hidden = used === 0 && wishes.search === '';
  }

  #filterFields(): HTMLElement {
    const selects = this.#selects.map(([, { element }]) => element);
    return h(
      'div',
      { class: 'filter-fields' },
      ...selects,
      this.#since.label,
      this.#until.label,
      this.#clear,
    );
  }

  #wish(change: Partial<HistoryWishes>): void {
    this.#wishes = { ...this.#wishes, search: this.#search.value, ...change };
    if (this.#wishes.search !== this.#search.value) this.#search.value = this.#wishes.search;
    if (this.#asked === null) this.#ask();
  }

  #ask(): void {
    this.#asked = this.#wishes;
    this.#onWish(this.#wishes);
  }

  /** @returns whether these are the answer to what is wished for now */
  #isAnswered(wishes: HistoryWishes): boolean {
    if (this.#asked === null) return true;
    if (JSON.stringify(wishes) !== JSON.stringify(this.#asked)) return false; // drawn before it was asked
    this.#asked = null;
    if (JSON.stringify(wishes) === JSON.stringify(this.#wishes)) return true;
    this.#ask();
    return false;
  }
}

const ANY: Choice = { id: '', label: t('Any') };

function dateInput(name: string) {
  const input = h('input', { type: 'date', class: 'text-input' });
  return { input, label: h('label', { class: 'select-label' }, h('span', {}, name), input) };
}
