import * as vscode from 'vscode';
import { t } from '../../language.ts';
import { pythonCommand } from '../python.ts';
import type { Command } from '../parts.ts';

export const runFile: Command = {
  id: 'runFile',
  async run({ launcher }, argument) {
    const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
    if (uri?.scheme !== 'file') throw new Error(t('open the Python file that trains first.'));
    const isDirty = vscode.workspace.textDocuments.some(
      (open) => open.isDirty && open.uri.fsPath === uri.fsPath,
    );
    if (isDirty) await vscode.workspace.save(uri);
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    await launcher.launch(await pythonCommand(uri), folder ?? vscode.Uri.joinPath(uri, '..'));
  },
};
