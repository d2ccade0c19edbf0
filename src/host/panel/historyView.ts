import { formatDuration, formatEnergy, formatGrams, formatTime } from '../../core/reports/format.ts';
import { historySummary } from '../../core/reports/historySummary.ts';
import type { HistoryQuery } from '../../core/runs/store.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import type { HistoryRow, HistoryView } from '../../protocol/messages.ts';

/** @param live snapshots, newer than what the history has of the same runs */
export function historyView(
  runs: readonly RunSnapshot[],
  live: readonly RunSnapshot[],
  { order = 'started', descending = true }: HistoryQuery,
): Omit<HistoryView, 'selected'> {
  const newest = new Map(live.map((run) => [run.id, run]));
  const shown = runs.map((run) => newest.get(run.id) ?? run);
  return { rows: shown.map(rowOf), sort: { column: order, descending }, summary: historySummary(shown) };
}

function rowOf(run: RunSnapshot): HistoryRow {
  const { epochsCompleted, totalEpochs } = run.progress;
  return {
    id: run.id,
    state: run.state,
    howKnown: run.howKnown,
    cells: {
      started: formatTime(run.startedAtMillis),
      name: run.label,
      state: run.state,
      duration: formatDuration(run.durationSeconds),
      energy: formatEnergy(run.energyJoules),
      emissions: formatGrams(run.emissionsGrams),
      epochs:
        run.progress.epoch === null
          ? ''
          : `${epochsCompleted}${totalEpochs === null ? '' : ` of ${totalEpochs}`}`,
    },
  };
}
