import type { HistoryRow, HistoryRows } from '../protocol/messages.ts';

/** Rows that are kept: as many as a person scrolls through in a moment. */
const MOST_KEPT = 4000;

/** First row and the one after the last. */
export interface RowSpan {
  readonly from: number;
  readonly to: number;
}

/** The rows of one list that the host has sent so far. */
export class RowCache {
  #list = -1;
  #rows = new Map<number, HistoryRow>();

  /** Rows of another list take the place of all that was here. */
  add({ list, from, rows }: HistoryRows): void {
    if (list < this.#list) return;
    if (list > this.#list || this.#rows.size > MOST_KEPT) this.#rows.clear();
    this.#list = list;
    rows.forEach((row, index) => this.#rows.set(from + index, row));
  }

  get(index: number): HistoryRow | null {
    return this.#rows.get(index) ?? null;
  }

  hasAll({ from, to }: RowSpan): boolean {
    for (let index = from; index < to; index++) if (!this.#rows.has(index)) return false;
    return true;
  }
}

/** The rows that are to be seen, some more on both sides, and more where they are scrolled to: back, if that is negative. */
export function visibleRows(
  scrollTop: number,
  height: number,
  rowHeight: number,
  count: number,
  beyond: number,
  ahead = 0,
): RowSpan {
  const first = Math.floor(scrollTop / rowHeight);
  const last = Math.ceil((scrollTop + height) / rowHeight);
  const from = Math.min(Math.max(0, first - beyond + Math.min(0, ahead)), count);
  return { from, to: Math.min(count, Math.max(from, last + beyond + Math.max(0, ahead))) };
}
