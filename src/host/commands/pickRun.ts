import * as vscode from 'vscode';
import { formatEnergy, formatGrams, formatTime } from '../../core/reports/format.ts';
import { stateText } from '../../core/reports/words.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';

/** Asks which run is meant; null when the user thinks better of it. */
export async function pickRun(runs: readonly RunSnapshot[], title: string): Promise<RunSnapshot | null> {
  const items = runs.map((run) => ({
    run,
    label: run.label,
    description: `${formatEnergy(run.energyJoules)} · ${formatGrams(run.emissionsGrams)} CO2e`,
    detail: `${formatTime(run.startedAtMillis)}, ${stateText(run)}`,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.run ?? null;
}
