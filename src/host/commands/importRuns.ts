import * as vscode from 'vscode';
import { importMarkdown, importSummary } from '../../core/exchange/importReport.ts';
import { processIdentity } from '../../core/runs/owner.ts';
import { t } from '../../language.ts';
import type { Command } from '../parts.ts';

/** Dialogs of Linux and Windows show either files or folders. */
const CHOICES = [
  {
    label: t('Files…'),
    detail: t('CodeCarbon’s emissions.csv, Carbontracker’s logs, Training Footprint’s JSON.'),
    isFolder: false,
  },
  { label: t('Folder…'), detail: t('All such files in it and below it.'), isFolder: true },
];

/** Takes runs of other tools into the history. */
export const importRuns: Command = {
  id: 'importRuns',
  async run({ recorder, panel, reports }, argument) {
    const paths = argument instanceof vscode.Uri ? [argument.fsPath] : await ask();
    if (!paths) return;
    const store = await recorder.store();
    if (!store) throw new Error(t('there is no run history here.'));
    if (store.problem) throw new Error(store.problem);
    const { importRuns: read } = await import('../../core/exchange/index.ts');
    const title = `Training Footprint: ${t('Importing runs')}`;
    const result = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title },
      () => read(paths, store, processIdentity(process.pid)),
    );
    panel.update();
    const say = result.runIds.length > 0 ? 'showInformationMessage' : 'showWarningMessage';
    const actions = result.skipped.length > 0 ? [t('Show What Was Skipped')] : [];
    const choice = await vscode.window[say](`Training Footprint: ${importSummary(result)}`, ...actions);
    if (choice) await reports.showText(t('Import of Runs'), importMarkdown(result));
  },
};

async function ask(): Promise<readonly string[] | null> {
  const title = t('Import Runs');
  const choice = await vscode.window.showQuickPick(CHOICES, { title });
  if (!choice) return null;
  const chosen = await vscode.window.showOpenDialog({
    ...{ title, openLabel: t('Import'), canSelectMany: true },
    ...{ canSelectFiles: !choice.isFolder, canSelectFolders: choice.isFolder },
  });
  return chosen?.map(({ fsPath }) => fsPath) ?? null;
}
