import * as vscode from 'vscode';
import { t } from '../../language.ts';
import type { Reports } from '../reports.ts';
import type { TrackedRuns } from '../tracking/trackedRuns.ts';
import type { PanelActions } from './pageSession.ts';

/** What the page's buttons do: the palette's commands, for the run that is shown. */
export function panelActions(runs: TrackedRuns, reports: Reports): PanelActions {
  const command = (name: string) => (body: { readonly runId?: string }) =>
    void vscode.commands.executeCommand(`trainingFootprint.${name}`, body.runId);
  return {
    showReport: ({ runId }) => void reports.showRun(runId),
    revealTerminal: ({ runId }) => reveal(runs.terminalOf(runId)),
    deleteRun: command('deleteRun'),
    deleteRuns: ({ runIds }) => void vscode.commands.executeCommand('trainingFootprint.deleteRun', runIds),
    runAgain: command('runAgain'),
    pauseRun: command('pauseRun'),
    resumeRun: command('resumeRun'),
    findGreenerTime: command('findGreenerTime'),
    stopTracking: command('stopTracking'),
    runTraining: command('runTraining'),
    exportRuns: command('exportRuns'),
    checkSensors: command('checkSensors'),
  };
}

function reveal(terminal: vscode.Terminal | null): void {
  if (terminal) terminal.show();
  else
    void vscode.window.showInformationMessage(
      t('Training Footprint: the terminal of this run is not here any more.'),
    );
}
