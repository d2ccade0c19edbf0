import type { HistoryColumn, HistoryView } from '../protocol/messages.ts';
import { h, setAttribute } from './dom.ts';
import { COLUMNS } from './historyColumns.ts';

export class HistoryHead {
  readonly element: HTMLElement;
  readonly #cells = new Map<HistoryColumn, HTMLElement>();

  constructor(onSort: (column: HistoryColumn) => void) {
    const row = h('tr');
    for (const { id, label } of COLUMNS) {
      const button = h('button', { type: 'button', class: 'sort' }, label);
      button.addEventListener('click', () => onSort(id));
      const cell = h('th', { scope: 'col', 'data-column': id }, button);
      this.#cells.set(id, cell);
      row.append(cell);
    }
    this.element = h('thead', {}, row);
  }

  update(sort: HistoryView['sort']): void {
    const direction = sort.descending ? 'descending' : 'ascending';
    for (const [id, cell] of this.#cells)
      setAttribute(cell, 'aria-sort', id === sort.column ? direction : null);
  }
}
