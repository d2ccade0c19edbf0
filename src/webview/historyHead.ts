import { t } from '../language.ts';
import type { HistoryColumn, HistoryView } from '../protocol/messages.ts';
import { h, setAttribute } from './dom.ts';
import { COLUMNS } from './historyColumns.ts';

/** The element id of a column's head, by which the grid names the active one. */
export function headId(column: HistoryColumn): string {
  return `history-head-${column}`;
}

/** The names of the columns, which sort by them. */
export class HistoryHead {
  readonly element: HTMLElement;
  readonly #cells = new Map<HistoryColumn, HTMLElement>();

  constructor(onSort: (column: HistoryColumn) => void) {
    const chosen = h('span', { class: 'unseen' }, t('Chosen'));
    const choose = h('div', { role: 'columnheader', 'data-column': 'choose' }, chosen);
    const row = h('div', { role: 'row', class: 'history-row', 'aria-rowindex': '1' }, choose);
    for (const { id, label } of COLUMNS) {
      const cell = h('div', { role: 'columnheader', id: headId(id), 'data-column': id }, label);
      cell.addEventListener('click', () => onSort(id));
      this.#cells.set(id, cell);
      row.append(cell);
    }
    this.element = h('div', { role: 'rowgroup', class: 'history-head' }, row);
  }

  update(sort: HistoryView['sort'], active: HistoryColumn | null): void {
    const direction = sort.descending ? 'descending' : 'ascending';
    for (const [id, cell] of this.#cells) {
      setAttribute(cell, 'aria-sort', id === sort.column ? direction : null);
      cell.classList.toggle('active', id === active);
    }
  }
}
