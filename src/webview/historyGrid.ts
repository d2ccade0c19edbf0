import { t } from '../language.ts';
import type { HistoryColumn, HistoryRow, HistoryRows, HistoryView } from '../protocol/messages.ts';
import { h, setAttribute } from './dom.ts';
import { COLUMNS } from './historyColumns.ts';
import { HistoryHead, headId } from './historyHead.ts';
import { HistoryRowPart, rowId } from './historyRow.ts';
import { RowCache, visibleRows, type RowSpan } from './rowCache.ts';

/** Rows beyond what is to be seen: those that are drawn, that must have come, and that are asked for. */
const DRAWN_BEYOND = 12;
const NEEDED_BEYOND = 80;
const ASKED_BEYOND = 200;

/** While it is scrolled, so many frames ahead are needed: an answer takes some. A leap by more rows a frame is no scrolling. */
const FRAMES_AHEAD = 6;
const LEAP_ROWS = 100;

/** Of the font's size. */
const ROW_HEIGHT = 2.15;

/** The row of the column names, where the arrow keys choose what to sort by. */
const HEAD = -1;

export interface GridListener {
  readonly onSort: (column: HistoryColumn) => void;
  readonly onOpen: (row: HistoryRow) => void;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly onNeed: (rows: { list: number; from: number; to: number }) => void;
}

/**
 * The runs in a grid that holds only the rows that are to be seen, however many there are. It is one tab stop; within
 * it the arrow keys move, as the WAI-ARIA Authoring Practices have it (https://www.w3.org/WAI/ARIA/apg/patterns/grid/).
 */
export class HistoryGrid {
  readonly element = h('div', { class: 'history-grid', tabindex: '0', 'aria-label': t('Runs') });
  readonly #listener: GridListener;
  readonly #head: HistoryHead;
  readonly #body = h('div', { role: 'rowgroup', class: 'history-body' });
  readonly #cache = new RowCache();
  readonly #parts = new Map<number, HistoryRowPart>();
  #spare: HistoryRowPart[] = [];
  #view: HistoryView | null = null;
  #chosen = new Set<string>();
  #asked: (RowSpan & { readonly list: number }) | null = null;
  #active = 0;
  #column = 0;
  #rowHeight = 28;
  #frame = 0;
  #lastChosen = 0;
  #lastTop = 0;

  constructor(listener: GridListener) {
    this.#listener = listener;
    this.#head = new HistoryHead((column) => listener.onSort(column));
    this.element.append(this.#head.element, this.#body);
    this.element.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#press(event));
    this.#body.addEventListener('click', (event) => this.#click(event));
    new ResizeObserver(() => this.#measure()).observe(this.element);
  }

  update(view: HistoryView): void {
    this.#view = view;
    this.#cache.add(view.rows);
    this.#active = Math.min(this.#active, Math.max(0, view.count - 1));
    setAttribute(this.element, 'role', view.isGrouped ? 'treegrid' : 'grid');
    setAttribute(this.element, 'aria-multiselectable', 'true');
    setAttribute(this.element, 'data-list', String(view.list));
    setAttribute(this.element, 'aria-rowcount', String(view.count + 1));
    this.#draw();
  }

  addRows(rows: HistoryRows): void {
    this.#cache.add(rows);
    this.#drawSoon();
  }

  /** Another list is asked for: it begins at its first row. */
  startAnew(): void {
    this.element.scrollTop = 0;
    this.#active = 0;
  }

  clearChosen(): void {
    this.#chosen = new Set();
    this.#listener.onChoose(this.#chosen);
    this.#draw();
  }

  #measure(): void {
    const height = Math.round(parseFloat(getComputedStyle(this.element).fontSize) * ROW_HEIGHT);
    if (height > 0) this.#rowHeight = height;
    this.element.style.setProperty('--row-height', `${this.#rowHeight}px`);
    this.#draw();
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const view = this.#view;
    if (!view || this.element.clientHeight === 0) return;
    this.#body.style.height = `${view.count * this.#rowHeight}px`;
    const drawn = this.#span(DRAWN_BEYOND);
    this.#keepOnly(drawn);
    for (let index = drawn.from; index < drawn.to; index++) this.#drawRow(view, index);
    this.#head.update(view.sort, this.#active === HEAD ? (COLUMNS[this.#column]?.id ?? null) : null);
    const isDrawn = this.#active >= drawn.from && this.#active < drawn.to;
    const activeId =
      this.#active === HEAD ? headId(COLUMNS[this.#column]?.id ?? 'name') : rowId(this.#active);
    setAttribute(this.element, 'aria-activedescendant', isDrawn || this.#active === HEAD ? activeId : null);
    this.#ask(view);
  }

  /** @param ahead so many rows more where it is scrolled to, back if negative; few are needed where it comes from */
  #span(beyond: number, ahead = 0): RowSpan {
    const before = ahead > 0 ? DRAWN_BEYOND : beyond - ahead;
    const after = ahead < 0 ? DRAWN_BEYOND : beyond + ahead;
    return visibleRows(this.element, this.#rowHeight, this.#view?.count ?? 0, [before, after]);
  }

  /** How many rows will have gone by when an answer comes, if it is scrolled on as in the last frame. */
  #rowsAhead(): number {
    const rows = (this.element.scrollTop - this.#lastTop) / this.#rowHeight;
    this.#lastTop = this.element.scrollTop;
    return Math.abs(rows) > LEAP_ROWS ? 0 : Math.round(rows * FRAMES_AHEAD);
  }

  #keepOnly({ from, to }: RowSpan): void {
    for (const [index, part] of this.#parts) {
      if (index >= from && index < to) continue;
      this.#parts.delete(index);
      this.#spare.push(part);
      part.element.hidden = true;
    }
  }

  #drawRow(view: HistoryView, index: number): void {
    const part = this.#parts.get(index) ?? this.#newPart();
    this.#parts.set(index, part);
    const row = this.#cache.get(index);
    part.element.hidden = false;
    part.update({
      ...{ index, row, isGrouped: view.isGrouped, isActive: index === this.#active },
      isSelected: row !== null && row.id === view.selectedId,
      isChosen: row !== null && this.#chosen.has(row.id),
      top: index * this.#rowHeight,
    });
  }

  #newPart(): HistoryRowPart {
    const spare = this.#spare.pop();
    if (spare) return spare;
    const part = new HistoryRowPart();
    this.#body.append(part.element);
    return part;
  }

  /** For more than is drawn, so that a person who scrolls sees rows and not their places. */
  #ask({ list }: HistoryView): void {
    const ahead = this.#rowsAhead();
    const needed = this.#span(NEEDED_BEYOND, ahead);
    if (this.#cache.hasAll(needed)) return;
    const asked = this.#asked;
    if (asked?.list === list && asked.from <= needed.from && asked.to >= needed.to) return;
    this.#asked = { list, ...this.#span(ASKED_BEYOND, 2 * ahead) };
    this.#listener.onNeed(this.#asked);
  }

  #click(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const index = Number(target?.closest<HTMLElement>('[data-index]')?.dataset['index'] ?? NaN);
    if (Number.isNaN(index)) return;
    this.#active = index;
    const isChoice = target?.closest('[data-column="choose"]') || event.ctrlKey || event.metaKey;
    if (event.shiftKey) this.#chooseRange(this.#lastChosen, index);
    else if (isChoice) this.#toggleChosen(index);
    else this.#open(index);
    this.#draw();
  }

  #open(index: number): void {
    const row = this.#cache.get(index);
    if (row) this.#listener.onOpen(row);
  }

  #toggleChosen(index: number): void {
    const row = this.#cache.get(index);
    if (row?.kind !== 'run') return;
    this.#lastChosen = index;
    if (!this.#chosen.delete(row.id)) this.#chosen.add(row.id);
    this.#listener.onChoose(this.#chosen);
  }

  #chooseRange(first: number, last: number): void {
    for (let index = Math.min(first, last); index <= Math.max(first, last); index++) {
      const row = this.#cache.get(index);
      if (row?.kind === 'run') this.#chosen.add(row.id);
    }
    this.#listener.onChoose(this.#chosen);
  }

  #press(event: KeyboardEvent): void {
    if (event.target !== this.element || event.altKey) return;
    const isHandled = this.#active === HEAD ? this.#pressInHead(event.key) : this.#pressInBody(event);
    if (!isHandled) return;
    event.preventDefault();
    this.#draw();
  }

  #pressInHead(key: string): boolean {
    const column = COLUMNS[this.#column];
    if (key === 'ArrowDown') this.#moveTo(0);
    else if (key === 'ArrowLeft') this.#column = Math.max(0, this.#column - 1);
    else if (key === 'ArrowRight') this.#column = Math.min(COLUMNS.length - 1, this.#column + 1);
    else if ((key === 'Enter' || key === ' ') && column) this.#listener.onSort(column.id);
    else return false;
    return true;
  }

  #pressInBody({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    const row = this.#cache.get(this.#active);
    if (key === 'Enter') this.#open(this.#active);
    else if (key === ' ') this.#toggleChosen(this.#active);
    else if (key === 'Escape' && this.#chosen.size > 0) this.clearChosen();
    else if (key === 'ArrowRight' && row?.kind === 'command' && !row.isOpen) this.#open(this.#active);
    else if (key === 'ArrowLeft' && row?.kind === 'command' && row.isOpen) this.#open(this.#active);
    else return this.#pressToMove(key, shiftKey, ctrlKey || metaKey);
    return true;
  }

  #pressToMove(key: string, isExtending: boolean, isFar: boolean): boolean {
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.#rowHeight) - 2);
    const last = (this.#view?.count ?? 0) - 1;
    const before = this.#active;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(last, before + 1),
      ArrowUp: isFar ? 0 : before - 1,
      PageDown: Math.min(last, before + page),
      PageUp: Math.max(0, before - page),
      Home: 0,
      End: last,
    };
    const target = targets[key];
    if (target === undefined) return false;
    this.#moveTo(target);
    if (isExtending && this.#active !== HEAD) this.#chooseRange(before, this.#active);
    return true;
  }

  #moveTo(index: number): void {
    this.#active = index;
    if (index === HEAD) return;
    const top = index * this.#rowHeight;
    const headHeight = this.#head.element.offsetHeight;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + this.#rowHeight + headHeight > scrollTop + clientHeight)
      this.element.scrollTop = top + this.#rowHeight + headHeight - clientHeight;
  }
}
