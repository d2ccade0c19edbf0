import * as vscode from 'vscode';
import { t } from '../../language.ts';
import type { Command } from '../parts.ts';

const MEMORY_KEY = 'lastCommand';

export const runTraining: Command = {
  id: 'runTraining',
  async run({ context, launcher }) {
    const command = await askCommand(context.workspaceState, t('Run Training'));
    if (command !== null) await launcher.launch(command, vscode.workspace.workspaceFolders?.[0]?.uri);
  },
};

/**
 * Asks for the command that trains, and remembers it for the next time.
 *
 * @param proposed what stands in the box; null for the last one
 * @returns null when the user thinks better of it
 */
export async function askCommand(
  memory: vscode.Memento,
  title: string,
  proposed: string | null = null,
): Promise<string | null> {
  const command = await vscode.window.showInputBox({
    title,
    prompt: t('The command that trains. It runs in a Training terminal, with your shell and environment.'),
    placeHolder: 'python train.py --epochs 30',
    value: proposed ?? memory.get(MEMORY_KEY, ''),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? t('Type the command that starts your training.') : null),
  });
  if (!command) return null;
  await memory.update(MEMORY_KEY, command.trim());
  return command.trim();
}
