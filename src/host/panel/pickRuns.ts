import * as vscode from 'vscode';
import { formatEnergy, formatGrams, formatTime } from '../../core/reports/format.ts';
import { stateName } from '../../core/reports/words.ts';
import type { Recorder } from '../../core/runs/recorder.ts';
import { t } from '../../language.ts';

/** How many of the newest runs are offered. */
const MOST_OFFERED = 500;

/** Lets the person choose two runs or more to compare. @returns null where they gave up */
export async function pickRuns(
  recorder: Recorder,
  chosen: readonly string[],
  most: number,
): Promise<readonly string[] | null> {
  const runs = (await recorder.store())?.list({ limit: MOST_OFFERED }) ?? [];
  const items = runs.map((run) => ({
    id: run.id,
    label: run.label,
    description: `${formatTime(run.startedAtMillis)}, ${stateName(run.state)}`,
    detail: `${formatEnergy(run.energyJoules)}, ${formatGrams(run.emissionsGrams)} CO2e`,
    picked: chosen.includes(run.id),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Compare two to {0} runs', most),
    placeHolder: t('The oldest is what the others are held against'),
    canPickMany: true,
    matchOnDescription: true,
  });
  if (!picked || picked.length === 0) return null;
  const ids = picked.map(({ id }) => id);
  const kept = chosen.filter((id) => ids.includes(id));
  return [...kept, ...ids.filter((id) => !kept.includes(id)).reverse()].slice(0, most);
}
