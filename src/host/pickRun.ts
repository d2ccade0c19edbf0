import * as vscode from 'vscode';
import { formatEnergy, formatGrams, formatTime } from '../core/reports/format.ts';
import { stateText } from '../core/reports/words.ts';
import type { RunSnapshot } from '../core/runs/snapshot.ts';

/** A run in a list to choose from. */
interface RunItem extends vscode.QuickPickItem {
  readonly run: RunSnapshot;
}

/** How such lists are searched. */
export const MATCHING = { matchOnDescription: true, matchOnDetail: true } as const;

export function runItem(run: RunSnapshot): RunItem {
  return {
    run,
    label: run.label,
    description: `${formatEnergy(run.energyJoules)} · ${formatGrams(run.emissionsGrams)} CO2e`,
    detail: `${formatTime(run.startedAtMillis)}, ${stateText(run)}`,
  };
}

/** Asks which run is meant; null when the user thinks better of it. */
export async function pickRun(runs: readonly RunSnapshot[], title: string): Promise<RunSnapshot | null> {
  const picked = await vscode.window.showQuickPick(runs.map(runItem), { title, ...MATCHING });
  return picked?.run ?? null;
}
