import * as vscode from 'vscode';
import type { Command } from '../parts.ts';

const MEMORY_KEY = 'lastCommand';

export const runTraining: Command = {
  id: 'runTraining',
  async run({ context, launcher }) {
    const memory = context.workspaceState;
    const command = await vscode.window.showInputBox({
      title: 'Run Training',
      prompt: 'The command that trains. It runs in a Training terminal, with your shell and environment.',
      placeHolder: 'python train.py --epochs 30',
      value: memory.get(MEMORY_KEY, ''),
      ignoreFocusOut: true,
      validateInput: (value) => (value.trim() === '' ? 'Type the command that starts your training.' : null),
    });
    if (!command) return;
    await memory.update(MEMORY_KEY, command.trim());
    await launcher.launch(command.trim(), vscode.workspace.workspaceFolders?.[0]?.uri);
  },
};
