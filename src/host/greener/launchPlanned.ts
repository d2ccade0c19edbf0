import * as vscode from 'vscode';
import { t } from '../../language.ts';
import type { Launcher } from '../launcher.ts';
import type { RunControl } from '../runControl.ts';
import type { TrackedRuns } from '../tracking/trackedRuns.ts';
import type { PlannedTraining } from './planned.ts';

/** Starts a training as *Run Training…* does, or lets a paused one go on. @throws Error for people, where it is gone */
export async function launchPlanned(
  { command, runId }: PlannedTraining,
  launcher: Launcher,
  runs: TrackedRuns,
  control: RunControl,
): Promise<void> {
  if (runId === null) return launcher.launch(command, vscode.workspace.workspaceFolders?.[0]?.uri);
  const tracked = runs.all.find(({ run }) => run.identity.id === runId);
  if (!tracked)
    throw new Error(t('“{0}” was to go on, but it is not under way in this window any more.', command));
  if (control.isPaused(tracked.run)) control.resume(tracked.run);
}
