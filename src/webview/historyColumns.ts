import type { HistoryColumn } from '../protocol/messages.ts';

export interface Column {
  readonly id: HistoryColumn;
  readonly label: string;
}

export const COLUMNS: readonly Column[] = [
  { id: 'name', label: 'Name' },
  { id: 'started', label: 'Started' },
  { id: 'state', label: 'State' },
  { id: 'duration', label: 'Duration' },
  { id: 'energy', label: 'Energy' },
  { id: 'emissions', label: 'CO2e' },
  { id: 'epochs', label: 'Epochs' },
];
