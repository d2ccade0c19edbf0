import os from 'node:os';
import * as vscode from 'vscode';
import { exportFormats } from '../../core/exchange/exportFormats.ts';
import { t } from '../../language.ts';
import type { Command } from '../parts.ts';

export const exportRuns: Command = {
  id: 'exportRuns',
  async run({ recorder }) {
    const runs = (await recorder.store())?.list({ limit: -1 }) ?? [];
    if (runs.length === 0) throw new Error(t('there is no run to export yet.'));
    const choices = exportFormats.map((format) => ({ label: format.name(), format }));
    const format = (await vscode.window.showQuickPick(choices, { title: t('Export Runs') }))?.format;
    if (!format) return;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(os.homedir());
    const target = await vscode.window.showSaveDialog({
      title: t('Export Runs'),
      defaultUri: vscode.Uri.joinPath(folder, `training-footprint.${format.extension}`),
      filters: { [format.name()]: [format.extension] },
    });
    if (!target) return;
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(format.write(runs)));
    const message =
      runs.length === 1
        ? t('1 run written to {0}.', target.fsPath)
        : t('{0} runs written to {1}.', runs.length, target.fsPath);
    void vscode.window.showInformationMessage(`Training Footprint: ${message}`);
  },
};
