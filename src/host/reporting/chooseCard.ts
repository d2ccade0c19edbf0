import path from 'node:path';
import * as vscode from 'vscode';
import { t } from '../../language.ts';

const MOST_CARDS = 50;

interface CardItem extends vscode.QuickPickItem {
  /** Null to choose another file. */
  readonly uri: vscode.Uri | null;
}

/** A README.md of the workspace, that of the editor in front first, or another file; null when the user chooses none. */
export async function chooseCard(): Promise<vscode.Uri | null> {
  const found = await vscode.workspace.findFiles(
    '**/README.md',
    '**/{node_modules,.git,.venv,venv}/**',
    MOST_CARDS,
  );
  const open = vscode.window.activeTextEditor?.document.uri;
  const isInFront = (uri: vscode.Uri) => uri.toString() === open?.toString();
  found.sort((a, b) => Number(isInFront(b)) - Number(isInFront(a)) || a.path.length - b.path.length);
  const items: CardItem[] = [
    ...found.map((uri) => ({ uri, label: vscode.workspace.asRelativePath(uri) })),
    { uri: null, label: `$(folder-opened) ${t('Another file…')}` },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: t('Into which model card?') });
  if (!chosen) return null;
  return chosen.uri ?? (await askFile());
}

async function askFile(): Promise<vscode.Uri | null> {
  const [file] =
    (await vscode.window.showOpenDialog({ title: t('The model card'), filters: { Markdown: ['md'] } })) ?? [];
  return file ?? null;
}

export function cardName(card: vscode.Uri): string {
  return path.posix.basename(card.path);
}
