import { formatDuration, formatEnergy, formatGrams, formatTime } from '../../core/reports/format.ts';
import { runCountText, stateName } from '../../core/reports/words.ts';
import type { CommandGroup, HistoryEntry } from '../../core/runs/historyTable.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';
import type { HistoryRow } from '../../protocol/messages.ts';

const NOTHING = { started: '', name: '', state: '', duration: '', energy: '', emissions: '', epochs: '' };

/**
 * A run's row.
 *
 * @param entry null where the run has gone since the list was made
 * @param live newer than the entry
 */
export function entryRow(number: number, entry: HistoryEntry | null, live: RunSnapshot | null): HistoryRow {
  if (!entry) {
    const cells = { ...NOTHING, name: t('deleted') };
    return { ...{ id: `gone-${number}`, kind: 'run', isOpen: false, cells, state: null }, ...UNKNOWN };
  }
  const { howKnown, durationSeconds, energyJoules, emissionsGrams } = live ?? entry;
  return {
    ...{ id: entry.id, kind: 'run', isOpen: false, howKnown },
    ...{ state: live?.state ?? entry.state, project: entry.project, tags: entry.tags },
    cells: {
      started: formatTime(entry.startedAtMillis),
      name: entry.label,
      state: stateName(live?.state ?? entry.state),
      duration: formatDuration(durationSeconds),
      energy: formatEnergy(energyJoules),
      emissions: formatGrams(emissionsGrams),
      epochs: live ? liveEpochs(live) : epochsText(entry.epochs, entry.totalEpochs),
    },
  };
}

const UNKNOWN = { howKnown: 'unknown', project: '', tags: [] } as const;

/** The row of a command and all its runs. */
export function commandRow(group: CommandGroup, isOpen: boolean): HistoryRow {
  const { command, runs, energyJoules, emissionsGrams, durationSeconds, latestMillis } = group;
  return {
    ...{ id: `command ${command}`, kind: 'command', isOpen, state: null },
    ...UNKNOWN,
    cells: {
      started: formatTime(latestMillis),
      name: command || t('unknown command'),
      state: countText(runs),
      duration: formatDuration(durationSeconds),
      energy: formatEnergy(energyJoules),
      emissions: formatGrams(emissionsGrams),
      epochs: '',
    },
  };
}

/** `1 run`, `12 runs`. */
export function countText(runs: number): string {
  return runCountText(runs, runs.toLocaleString('en'));
}

function liveEpochs({ progress }: RunSnapshot): string {
  return epochsText(progress.epoch === null ? null : progress.epochsCompleted, progress.totalEpochs);
}

function epochsText(epochs: number | null, total: number | null): string {
  if (epochs === null) return '';
  return total === null ? String(epochs) : t('{0} of {1}', epochs, total);
}
