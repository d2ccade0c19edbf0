import { t } from '../language.ts';
import type { HistoryColumn, HistoryRow } from '../protocol/messages.ts';
import { h, setAttribute, setText } from './dom.ts';
import { COLUMNS } from './historyColumns.ts';
import { HowKnownChip } from './howKnown.ts';

export interface ShownRow {
  readonly index: number;
  /** Null until the host has sent it. */
  readonly row: HistoryRow | null;
  /** Its detail is shown. */
  readonly isSelected: boolean;
  /** Chosen to be compared or deleted. */
  readonly isChosen: boolean;
  /** Where the keyboard is. */
  readonly isActive: boolean;
  readonly isGrouped: boolean;
  readonly top: number;
}

/** The element id of a row, by which the grid names the active one. */
export function rowId(index: number): string {
  return `history-row-${index}`;
}

/** One row of the grid. It serves any index, so that scrolling makes no elements. */
export class HistoryRowPart {
  readonly element: HTMLElement;
  readonly #texts: Readonly<Record<HistoryColumn, HTMLElement>>;
  readonly #dot = h('span', { class: 'dot', 'aria-hidden': 'true' });
  readonly #twistie = h('span', { class: 'twistie', 'aria-hidden': 'true' });
  readonly #project = h('span', { class: 'row-project' });
  readonly #tags = h('span', { class: 'row-tags' });
  readonly #chip = new HowKnownChip();

  constructor() {
    const texts = Object.fromEntries(COLUMNS.map(({ id }) => [id, h('span', { class: 'cell-text' })]));
    this.#texts = texts as Record<HistoryColumn, HTMLElement>;
    const contents: Partial<Record<HistoryColumn, readonly Node[]>> = {
      name: [this.#twistie, this.#texts.name, this.#tags, this.#project],
      state: [this.#dot, this.#texts.state],
      energy: [this.#chip.element, this.#texts.energy],
    };
    const cells = COLUMNS.map(({ id }) =>
      h('div', { role: 'gridcell', 'data-column': id }, ...(contents[id] ?? [this.#texts[id]])),
    );
    const box = h('div', { role: 'gridcell', 'data-column': 'choose' }, h('span', { class: 'choose-box' }));
    setAttribute(box, 'aria-label', t('Chosen'));
    this.element = h('div', { role: 'row', class: 'history-row' }, box, ...cells);
  }

  update({ index, row, isSelected, isChosen, isActive, isGrouped, top }: ShownRow): void {
    const { element } = this;
    const isCommand = row?.kind === 'command';
    setAttribute(element, 'id', rowId(index));
    setAttribute(element, 'data-index', String(index));
    setAttribute(element, 'aria-rowindex', String(index + 2)); // the first is the head
    setAttribute(element, 'aria-selected', isCommand || !row ? null : String(isChosen));
    setAttribute(element, 'aria-current', isSelected ? 'true' : null);
    setAttribute(element, 'aria-level', isGrouped ? (isCommand ? '1' : '2') : null);
    setAttribute(element, 'aria-expanded', isCommand ? String(row.isOpen) : null);
    setAttribute(element, 'data-kind', row?.kind ?? 'waiting');
    element.classList.toggle('active', isActive);
    element.style.transform = `translateY(${top}px)`;
    this.#fill(row);
  }

  #fill(row: HistoryRow | null): void {
    for (const { id } of COLUMNS) setText(this.#texts[id], row?.cells[id] ?? '');
    setAttribute(this.#texts.name, 'title', row?.cells.name ?? null);
    setText(this.#project, row?.project ?? '');
    setText(this.#tags, row?.tags.map((tag) => `#${tag}`).join(' ') ?? '');
    this.#dot.hidden = !row?.state;
    setAttribute(this.#dot, 'data-state', row?.state ?? null);
    this.#twistie.hidden = row?.kind !== 'command';
    this.#chip.update(row?.howKnown ?? 'unknown');
  }
}
