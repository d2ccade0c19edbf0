import type { Choice } from './compare.ts';
import type { HowKnown } from './figures.ts';
import type { RunView } from './run.ts';

export type HistoryColumn = 'started' | 'name' | 'state' | 'duration' | 'energy' | 'emissions' | 'epochs';

/** One row of the history: a run, or all runs of a command together. */
export interface HistoryRow {
  /** The run's. Of a command it names the row alone. */
  readonly id: string;
  readonly kind: 'run' | 'command';
  /** Whether the runs of a command stand below it. */
  readonly isOpen: boolean;
  readonly cells: Readonly<Record<HistoryColumn, string>>;
  /** Null for a command. */
  readonly state: RunView['state'] | null;
  readonly howKnown: HowKnown;
  readonly project: string;
  readonly tags: readonly string[];
}

/** What narrows the history. An empty text does not. */
export interface HistoryWishes {
  /** Words that must all be found. */
  readonly search: string;
  readonly project: string;
  readonly tag: string;
  readonly framework: string;
  readonly device: string;
  readonly state: string;
  /** First and last day on which a run started, `2026-11-24`. */
  readonly since: string;
  readonly until: string;
}

export type HistoryChoiceList = 'project' | 'tag' | 'framework' | 'device' | 'state';

export interface HistoryView {
  /** Numbers the list: rows of another one are of before. */
  readonly list: number;
  /** How many rows it has. */
  readonly count: number;
  readonly rows: HistoryRows;
  readonly sort: { readonly column: HistoryColumn; readonly descending: boolean };
  readonly isGrouped: boolean;
  readonly wishes: HistoryWishes;
  /** What there is to choose from. */
  readonly choices: Readonly<Record<HistoryChoiceList, readonly Choice[]>>;
  /** The run whose detail is shown. */
  readonly selectedId: string | null;
}

/** Some rows of a list, one after another. */
export interface HistoryRows {
  readonly list: number;
  /** Of the first of them, from 0. */
  readonly from: number;
  readonly rows: readonly HistoryRow[];
}

/** A run with what its user may write about it. */
export interface HistoryRun {
  readonly run: RunView;
  readonly comment: string;
  readonly tags: readonly string[];
  /** Whether its command and folder are known. */
  readonly canRunAgain: boolean;
}

/** Energy and emissions of one project over the weeks. */
export interface ProjectTotals {
  readonly project: string;
  /** Formatted: `12 runs`. */
  readonly runs: string;
  readonly energy: string;
  readonly emissions: string;
  /** Of all energy, 0 to 1. */
  readonly share: number;
  /** One for each entry of `HistoryTotals.mondays`. */
  readonly wattHours: readonly number[];
  readonly grams: readonly number[];
}

/** What all runs of the list used. */
export interface HistoryTotals {
  /** For example `37 runs · 1.2 kWh · 310 g CO2e`. */
  readonly summary: string;
  /** The weeks from the first to the last, as days of their Mondays: `2026-11-23`. */
  readonly mondays: readonly string[];
  /** Most energy first; the small ones together. */
  readonly projects: readonly ProjectTotals[];
}

export interface HistoryToWebview {
  history: HistoryView;
  historyRows: HistoryRows;
  historyTotals: HistoryTotals;
  /** The run whose detail is shown; null for none. */
  historyRun: HistoryRun | null;
}

export interface HistoryToHost {
  /** The page is new and knows nothing. */
  beginHistory: Record<string, never>;
  selectRun: { readonly runId: string };
  sortHistory: { readonly column: HistoryColumn };
  filterHistory: HistoryWishes;
  groupHistory: { readonly isGrouped: boolean };
  /** Opens or closes the runs of a command. */
  toggleCommand: { readonly id: string };
  /** These rows are looked at. */
  needRows: { readonly list: number; readonly from: number; readonly to: number };
  editRun: {
    readonly runId: string;
    readonly label?: string;
    readonly comment?: string;
    readonly tags?: readonly string[];
  };
}
