import * as vscode from 'vscode';
import type { Command, Parts } from '../parts.ts';
import { checkSensors } from './checkSensors.ts';
import { compareLocations } from './compareLocations.ts';
import { compareRuns } from './compareRuns.ts';
import { comparisonReport } from './comparisonReport.ts';
import { copyForPullRequest } from './copyForPullRequest.ts';
import { copyStatement } from './copyStatement.ts';
import { deleteRun } from './deleteRun.ts';
import { explainProgress } from './explainProgress.ts';
import { exportRuns } from './exportRuns.ts';
import { findGreenerTime } from './findGreenerTime.ts';
import { importRuns } from './importRuns.ts';
import { insertModelCard } from './insertModelCard.ts';
import { openPanel } from './openPanel.ts';
import { pauseRun } from './pauseRun.ts';
import { projectReport } from './projectReport.ts';
import { resumeRun } from './resumeRun.ts';
import { runAgain } from './runAgain.ts';
import { runFile } from './runFile.ts';
import { runLater } from './runLater.ts';
import { runReport } from './runReport.ts';
import { runTraining } from './runTraining.ts';
import { setCarbonKey } from './setCarbonKey.ts';
import { setLocation } from './setLocation.ts';
import { showLastReport } from './showLastReport.ts';
import { stopRun } from './stopRun.ts';
import { stopTracking } from './stopTracking.ts';
import { undoDelete } from './undoDelete.ts';

/** Every command. A new one is its file, its line here and its words in package.json. */
const commands: readonly Command[] = [
  runTraining,
  runFile,
  openPanel,
  compareRuns,
  showLastReport,
  runReport,
  comparisonReport,
  projectReport,
  copyStatement,
  insertModelCard,
  copyForPullRequest,
  checkSensors,
  pauseRun,
  resumeRun,
  stopRun,
  stopTracking,
  runAgain,
  deleteRun,
  undoDelete,
  exportRuns,
  importRuns,
  setCarbonKey,
  explainProgress,
  findGreenerTime,
  runLater,
  compareLocations,
  setLocation,
];

export function registerCommands(parts: Parts): vscode.Disposable {
  return vscode.Disposable.from(...commands.map((command) => register(command, parts)));
}

function register(command: Command, parts: Parts): vscode.Disposable {
  return vscode.commands.registerCommand(
    `trainingFootprint.${command.id}`,
    async (argument?: unknown, selected?: unknown) => {
      // a view's menu names the item under the pointer, then all that are selected
      const given = Array.isArray(selected) && selected.length > 0 ? selected : argument;
      try {
        await command.run(parts, given);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        void vscode.window.showErrorMessage(`Training Footprint: ${reason}`);
      }
    },
  );
}
