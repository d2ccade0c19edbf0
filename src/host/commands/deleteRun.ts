import * as vscode from 'vscode';
import type { Store } from '../../core/runs/store.ts';
import type { Command, Parts } from '../parts.ts';
import { pickRun } from './pickRun.ts';

export const deleteRun: Command = {
  id: 'deleteRun',
  async run(parts, runId) {
    const store = await parts.recorder.store();
    if (!store) throw new Error('there is no run history here.');
    const run = typeof runId === 'string' ? store.get(runId) : await askWhich(parts, store);
    if (!run) return;
    const detail = 'Its figures and samples go for good.';
    const answer = await vscode.window.showWarningMessage(
      `Delete the run “${run.label}”?`,
      { modal: true, detail },
      'Delete',
    );
    if (answer !== 'Delete') return;
    store.delete(run.id);
    parts.panel.update();
  },
};

async function askWhich({ recorder }: Parts, store: Store) {
  const running = new Set(recorder.running.map((run) => run.identity.id));
  const runs = store.list().filter(({ id }) => !running.has(id));
  if (runs.length === 0) throw new Error('there is no ended run to delete.');
  return pickRun(runs, 'Delete which run?');
}
