import type { HistoryRow, HistoryView } from '../protocol/messages.ts';
import { h, prefersReducedMotion, setText } from './dom.ts';
import { HistoryHead } from './historyHead.ts';
import { historyRowPart, type ShownRow } from './historyRow.ts';
import type { Send } from './host.ts';
import { KeyedList } from './keyedList.ts';
import { RunDetail } from './runDetail.ts';

/** All runs in a table: one tab stop, then the arrow keys. */
export class History {
  readonly element: HTMLElement;
  readonly #summary = h('p', { class: 'summary' });
  readonly #head: HistoryHead;
  readonly #body = h('tbody');
  readonly #rows = new KeyedList<ShownRow>(this.#body, (shown) => shown.row.id, historyRowPart);
  /** The row that the tab key reaches. */
  #reachableId: string | null = null;
  /** The run a person has just chosen: shown from its top once the host has sent it. */
  #awaitedRunId: string | null = null;
  readonly #run: RunDetail;

  constructor(send: Send) {
    this.#head = new HistoryHead((column) => send('sortHistory', { column }));
    this.#run = new RunDetail(send, 'history');
    const table = h(
      'table',
      { class: 'history', 'aria-labelledby': 'history-title' },
      this.#head.element,
      this.#body,
    );
    this.element = h(
      'section',
      { class: 'view history-section' },
      h('h2', { id: 'history-title' }, 'History'),
      this.#summary,
      h('div', { class: 'table-scroll' }, table),
      this.#run.element,
    );
    this.#body.addEventListener('click', (event) => {
      const runId = rowOf(event.target)?.dataset['runId'];
      if (runId === undefined) return;
      this.#awaitedRunId = runId;
      send('selectRun', { runId });
    });
    this.#body.addEventListener('keydown', (event) => this.#moveFocus(event));
    this.#body.addEventListener('focusin', (event) => this.#rememberFocus(event));
  }

  update(history: HistoryView): void {
    const selectedId = history.selected?.id ?? null;
    setText(this.#summary, history.summary);
    this.#head.update(history.sort);
    const reachableId = this.#reachable(history.rows, selectedId);
    this.#rows.update(
      history.rows.map((row) => ({
        row,
        isSelected: row.id === selectedId,
        isReachable: row.id === reachableId,
      })),
    );
    this.#run.update(history.selected);
    this.#showAwaitedRun(selectedId);
  }

  #showAwaitedRun(selectedId: string | null): void {
    if (this.#awaitedRunId === null || this.#awaitedRunId !== selectedId) return;
    this.#awaitedRunId = null;
    this.#run.scrollIntoView(prefersReducedMotion() ? 'instant' : 'smooth');
  }

  #reachable(rows: readonly HistoryRow[], selectedId: string | null): string | undefined {
    const has = (id: string | null): boolean => rows.some((row) => row.id === id);
    const wanted = has(this.#reachableId) ? this.#reachableId : selectedId;
    return has(wanted) ? (wanted ?? undefined) : rows[0]?.id;
  }

  #rememberFocus(event: FocusEvent): void {
    const row = rowOf(event.target);
    if (!row) return;
    for (const button of this.#body.querySelectorAll('button[tabindex="0"]'))
      button.setAttribute('tabindex', '-1');
    row.querySelector('button')?.setAttribute('tabindex', '0');
    this.#reachableId = row.dataset['runId'] ?? null;
  }

  #moveFocus(event: KeyboardEvent): void {
    const target = neighbour(event.key, rowOf(event.target), this.#body);
    if (!target) return;
    event.preventDefault();
    target.querySelector('button')?.focus();
  }
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest('tr') : null;
}

function neighbour(key: string, row: HTMLElement | null, body: HTMLElement): Element | null | undefined {
  switch (key) {
    case 'ArrowUp':
      return row?.previousElementSibling;
    case 'ArrowDown':
      return row?.nextElementSibling;
    case 'Home':
      return body.firstElementChild;
    case 'End':
      return body.lastElementChild;
    default:
      return null;
  }
}
