import { t } from '../language.ts';
import type { HistoryColumn } from '../protocol/messages.ts';

export interface Column {
  readonly id: HistoryColumn;
  readonly label: string;
}

export const COLUMNS: readonly Column[] = [
  { id: 'name', label: t('Name') },
  { id: 'started', label: t('Started') },
  { id: 'state', label: t('State') },
  { id: 'duration', label: t('Duration') },
  { id: 'energy', label: t('Energy') },
  { id: 'emissions', label: 'CO2e' },
  { id: 'epochs', label: t('Epochs') },
];
