import type { HistoryColumn, HistoryRow } from '../protocol/messages.ts';
import { h, setAttribute, setText } from './dom.ts';
import { COLUMNS } from './historyColumns.ts';
import { HowKnownChip } from './howKnown.ts';
import type { Part } from './keyedList.ts';

export interface ShownRow {
  readonly row: HistoryRow;
  readonly isSelected: boolean;
  readonly isReachable: boolean;
}

export function historyRowPart(): Part<ShownRow> {
  const texts = Object.fromEntries(COLUMNS.map(({ id }) => [id, h('span')])) as Record<
    HistoryColumn,
    HTMLElement
  >;
  const button = h('button', { type: 'button', class: 'row-button' }, texts.name);
  const dot = h('span', { class: 'dot', 'aria-hidden': 'true' });
  const chip = new HowKnownChip();
  const contents: Partial<Record<HistoryColumn, readonly Node[]>> = {
    name: [button],
    state: [dot, texts.state],
    energy: [chip.element, texts.energy],
  };
  const element = h('tr', {}, ...COLUMNS.map(({ id }) => cell(id, contents[id] ?? [texts[id]])));
  return {
    element,
    update({ row, isSelected, isReachable }) {
      for (const { id } of COLUMNS) setText(texts[id], row.cells[id]);
      setAttribute(button, 'title', row.cells.name);
      setAttribute(button, 'tabindex', isReachable ? '0' : '-1');
      setAttribute(dot, 'data-state', row.state);
      setAttribute(element, 'data-run-id', row.id);
      setAttribute(element, 'aria-current', isSelected ? 'true' : null);
      chip.update(row.howKnown);
    },
  };
}

function cell(column: HistoryColumn, children: readonly Node[]): HTMLElement {
  return h('td', { 'data-column': column }, ...children);
}
