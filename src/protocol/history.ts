import type { HowKnown } from './figures.ts';
import type { RunView } from './run.ts';

export type HistoryColumn = 'started' | 'name' | 'state' | 'duration' | 'energy' | 'emissions' | 'epochs';

/** One row of the history table: a text for each column. */
export interface HistoryRow {
  readonly id: string;
  readonly cells: Readonly<Record<HistoryColumn, string>>;
  readonly state: RunView['state'];
  readonly howKnown: HowKnown;
}

export interface HistoryView {
  readonly rows: readonly HistoryRow[];
  readonly sort: { readonly column: HistoryColumn; readonly descending: boolean };
  /** For example `37 runs · 1.2 kWh · 310 g CO2e`. */
  readonly summary: string;
  /** The run whose detail is shown. */
  readonly selected: RunView | null;
}

export interface HistoryToWebview {
  history: HistoryView;
}

export interface HistoryToHost {
  selectRun: { readonly runId: string };
  sortHistory: { readonly column: HistoryColumn };
}
