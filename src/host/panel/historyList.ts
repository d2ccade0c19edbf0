import type { HistoryFilter } from '../../core/runs/historyFilter.ts';
import type { CommandGroup, HistorySort, HistoryTable } from '../../core/runs/historyTable.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import type { HistoryRow } from '../../protocol/messages.ts';
import { commandRow, entryRow } from './historyView.ts';

export interface ListWishes {
  readonly filter: HistoryFilter;
  readonly sort: HistorySort;
  /** Runs of one command stand together. */
  readonly isGrouped: boolean;
  /** Commands whose runs are shown. */
  readonly open: ReadonlySet<string>;
}

/** A run by its number in the table, or a command. */
type Line = number | CommandGroup;

/** The rows of the history by what a person wants to see, found once, formatted where they are looked at. */
export class HistoryList {
  readonly #table: HistoryTable;
  readonly #lines: readonly Line[];
  readonly #open: ReadonlySet<string>;

  constructor(table: HistoryTable, { filter, sort, isGrouped, open }: ListWishes) {
    this.#table = table;
    this.#open = open;
    this.#lines = isGrouped ? groupedLines(table, filter, sort, open) : table.find(filter, sort);
  }

  get length(): number {
    return this.#lines.length;
  }

  /** @param live snapshots, newer than what the table has of the same runs */
  rows(from: number, to: number, live: readonly RunSnapshot[]): readonly HistoryRow[] {
    const lines = this.#lines.slice(Math.max(0, from), Math.max(0, to));
    const numbers = lines.filter((line) => typeof line === 'number');
    const entries = new Map(this.#table.entries(numbers).map((entry) => [entry.number, entry]));
    const newest = new Map(live.map((run) => [run.id, run]));
    return lines.map((line) => {
      if (typeof line !== 'number') return commandRow(line, this.#open.has(line.command));
      const entry = entries.get(line);
      return entryRow(line, entry ?? null, newest.get(entry?.id ?? '') ?? null);
    });
  }

  /** The command of a row; null where it is a run's. */
  commandOf(id: string): string | null {
    const line = this.#lines.find((each) => typeof each !== 'number' && commandRow(each, false).id === id);
    return typeof line === 'object' ? line.command : null;
  }
}

function groupedLines(
  table: HistoryTable,
  filter: HistoryFilter,
  sort: HistorySort,
  open: ReadonlySet<string>,
): readonly Line[] {
  return table
    .groups(filter, sort)
    .flatMap((group): Line[] =>
      open.has(group.command) ? [group, ...table.find({ ...filter, command: group.command }, sort)] : [group],
    );
}
