import { historyTotals } from '../../src/host/panel/historyTotals.ts';
import { NO_WISHES, STATES } from '../../src/host/panel/historyWishes.ts';
import { runView } from '../../src/host/panel/runView.ts';
import { stateName } from '../../src/core/reports/words.ts';
import type {
  Choice,
  HistoryRow,
  HistoryRows,
  HistoryRun,
  HistoryTotals,
  HistoryView,
} from '../../src/protocol/messages.ts';
import { made } from './runs.ts';

const WEEK_MILLIS = 7 * 86_400_000;

export function historyRow(index: number, more: Partial<HistoryRow> = {}): HistoryRow {
  return {
    ...{ id: `r${index}`, kind: 'run', isOpen: false, state: index % 5 ? 'finished' : 'failed' },
    ...{
      howKnown: index % 2 ? 'measured' : 'mixed',
      project: 'two-moons',
      tags: index % 3 ? [] : ['baseline'],
    },
    cells: {
      ...{
        name: `train.py ${index}`,
        started: '2026-11-24 09:30',
        state: 'finished',
        duration: '12 min 3 s',
      },
      ...{ energy: '12.4 Wh', emissions: '3.10 g', epochs: '30 of 30' },
    },
    ...more,
  };
}

export function historyRows(list: number, from: number, to: number): HistoryRows {
  return { list, from, rows: Array.from({ length: to - from }, (_, index) => historyRow(from + index)) };
}

export function historyState(count = 1000, more: Partial<HistoryView> = {}): HistoryView {
  return {
    ...{ list: 1, count, rows: historyRows(1, 0, Math.min(count, 100)), isGrouped: false, selectedId: 'r2' },
    sort: { column: 'started', descending: true },
    wishes: NO_WISHES,
    choices: {
      ...{
        project: choices('two-moons', 'speech'),
        tag: choices('baseline'),
        framework: choices('torch'),
        device: choices('NVIDIA A100'),
      },
      state: STATES.map((id) => ({ id, label: stateName(id) })),
    },
    ...more,
  };
}

function choices(...names: readonly string[]): readonly Choice[] {
  return names.map((name) => ({ id: name, label: name }));
}

/** What the run ran in. */
export const ENVIRONMENT = {
  git: { commit: 'c0ffee'.padEnd(40, '1'), branch: 'main', isDirty: true },
  python: { name: 'venv .venv, Python 3.12.4', version: '3.12.4', executable: '/home/me/.venv/bin/python' },
  frameworks: [{ name: 'torch', version: '2.6.0' }],
  hardware: { cpu: 'AMD EPYC 7763', threads: 64, memoryBytes: 256e9 },
};

export function historyRun(): HistoryRun {
  const { run, points } = made({ id: 'r2' });
  const view = runView({ ...run, environment: ENVIRONMENT }, points);
  return {
    run: view,
    comment: 'The first one that learned.',
    tags: ['baseline', 'paper'],
    canRunAgain: true,
  };
}

export function totalsState(): HistoryTotals {
  const week = (index: number, project: string) => ({
    ...{
      mondayMillis: Date.UTC(2026, 8, 7) + index * WEEK_MILLIS,
      project,
      runs: 3 + index,
      estimatedRuns: 1,
    },
    ...{ energyJoules: 3.6e6 * (1 + (index % 3)), emissionsGrams: 300 * (1 + (index % 3)) },
  });
  return historyTotals(Array.from({ length: 11 }, (_, index) => [week(index, 'a'), week(index, 'b')]).flat());
}
