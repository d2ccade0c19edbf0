import os from 'node:os';
import * as vscode from 'vscode';
import { runsCsv } from '../../core/reports/csv.ts';
import { runsJson } from '../../core/reports/runJson.ts';
import type { Command } from '../parts.ts';

export const exportRuns: Command = {
  id: 'exportRuns',
  async run({ recorder }) {
    const runs = (await recorder.store())?.list({ limit: -1 }) ?? [];
    if (runs.length === 0) throw new Error('there is no run to export yet.');
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(os.homedir());
    const target = await vscode.window.showSaveDialog({
      title: 'Export Runs',
      defaultUri: vscode.Uri.joinPath(folder, 'training-footprint.json'),
      filters: { JSON: ['json'], 'Comma-separated values': ['csv'] },
    });
    if (!target) return;
    const text = target.path.toLowerCase().endsWith('.csv')
      ? runsCsv(runs)
      : `${JSON.stringify(runsJson(runs), null, 2)}\n`;
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
    void vscode.window.showInformationMessage(
      `Training Footprint: ${runs.length} runs written to ${target.fsPath}.`,
    );
  },
};
