import type { Choice, HistoryChoiceList, HistoryView, HistoryWishes } from '../protocol/messages.ts';
import { h, setText } from './dom.ts';
import { Select } from './select.ts';
import { button } from './toolkit.ts';

/** A person who types is not answered at each letter. */
const TYPING_MILLIS = 120;

const LISTS: readonly (readonly [HistoryChoiceList, string])[] = [
  ['project', 'Project'],
  ['state', 'State'],
  ['tag', 'Tag'],
  ['framework', 'Framework'],
  ['device', 'Device'],
];

const NO_WISHES: HistoryWishes = {
  ...{ search: '', project: '', tag: '', framework: '', device: '', state: '', since: '', until: '' },
};

/** Search and filters over the history. */
export class HistoryFilters {
  readonly element: HTMLElement;
  readonly #onWish: (wishes: HistoryWishes) => void;
  readonly #search = h('input', {
    ...{ type: 'search', class: 'text-input', placeholder: 'Search runs', 'aria-label': 'Search runs' },
    ...{ spellcheck: 'false', autocomplete: 'off' },
  });
  readonly #selects: readonly (readonly [HistoryChoiceList, Select])[];
  readonly #since = dateInput('First day');
  readonly #until = dateInput('Last day');
  readonly #grouped = h('input', { type: 'checkbox' });
  readonly #summary = h('summary', {}, 'Filters');
  readonly #clear: HTMLElement;
  #wishes = NO_WISHES;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onWish: (wishes: HistoryWishes) => void, onGroup: (isGrouped: boolean) => void) {
    this.#onWish = onWish;
    this.#selects = LISTS.map(([id, label]) => [
      id,
      new Select(label, (value) => this.#wish({ [id]: value })),
    ]);
    this.#clear = button('Clear Filters', 'secondary', () => this.#wish(NO_WISHES));
    this.#search.addEventListener('input', () => this.#wishSoon());
    for (const [name, { input }] of [
      ['since', this.#since],
      ['until', this.#until],
    ] as const)
      input.addEventListener('change', () => this.#wish({ [name]: input.value }));
    this.#grouped.addEventListener('change', () => onGroup(this.#grouped.checked));
    const filters = h('details', { class: 'filters' }, this.#summary, this.#filterFields());
    const grouped = h('label', { class: 'check-label' }, this.#grouped, 'Group by command');
    this.element = h('div', { class: 'history-tools', role: 'search' }, this.#search, grouped, filters);
  }

  update({ wishes, choices, isGrouped }: HistoryView): void {
    this.#wishes = wishes;
    if (document.activeElement !== this.#search) this.#search.value = wishes.search;
    for (const [id, select] of this.#selects) {
      select.element.hidden = choices[id].length === 0 && wishes[id] === '';
      select.update([ANY, ...choices[id].map((name) => ({ id: name, label: name }))], wishes[id]);
    }
    if (this.#since.input.value !== wishes.since) this.#since.input.value = wishes.since;
    if (this.#until.input.value !== wishes.until) this.#until.input.value = wishes.until;
    this.#grouped.checked = isGrouped;
    const used = Object.entries(wishes).filter(([name, value]) => name !== 'search' && value !== '').length;
    setText(this.#summary, used === 0 ? 'Filters' : `Filters (${used})`);
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

  #wishSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#wish({ search: this.#search.value }), TYPING_MILLIS);
  }

  #wish(change: Partial<HistoryWishes>): void {
    clearTimeout(this.#timer);
    this.#wishes = { ...this.#wishes, search: this.#search.value, ...change };
    if (change.search !== undefined && change.search !== this.#search.value)
      this.#search.value = change.search;
    this.#onWish(this.#wishes);
  }
}

const ANY: Choice = { id: '', label: 'Any' };

function dateInput(name: string) {
  const input = h('input', { type: 'date', class: 'text-input' });
  return { input, label: h('label', { class: 'select-label' }, h('span', {}, name), input) };
}
