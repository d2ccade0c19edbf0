import os from 'node:os';
import * as vscode from 'vscode';
import type { Report } from '../../core/reports/report.ts';
import { t } from '../../language.ts';

interface Way extends vscode.QuickPickItem {
  readonly go: () => Promise<void>;
}

/**
 * Asks what is to be done with a report: shown, saved in one of its formats, or copied.
 *
 * @param name of a file for it, without extension; characters that files do not have are taken out
 */
export async function deliver<Subject>(
  reports: readonly Report<Subject>[],
  subject: Subject,
  name: string,
  show: () => Promise<void>,
): Promise<void> {
  const [markdown] = reports.filter(({ id }) => id === 'markdown');
  const ways: Way[] = [
    { label: `$(open-preview) ${t('Show')}`, description: t('in the editor'), go: show },
    ...reports.map((report) => ({
      label: `$(save) ${t('Save: {0}', report.title())}`,
      description: `.${report.extension}`,
      go: () => save(report, subject, name),
    })),
    ...(markdown
      ? [{ label: `$(copy) ${t('Copy Markdown')}`, go: () => copy(markdown.write(subject)) }]
      : []),
  ];
  const chosen = await vscode.window.showQuickPick(ways, {
    title: t('The report'),
    matchOnDescription: true,
  });
  await chosen?.go();
}

/** @param message what was copied */
export async function copy(text: string, message = t('The report is in the clipboard.')): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`Training Footprint: ${message}`, 5000);
}

async function save<Subject>(report: Report<Subject>, subject: Subject, name: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(os.homedir());
  const target = await vscode.window.showSaveDialog({
    title: t('Save Report'),
    defaultUri: vscode.Uri.joinPath(folder, `${fileName(name)}.${report.extension}`),
    filters: { [report.title()]: [report.extension] },
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(report.write(subject)));
  const message = `Training Footprint: ${t('the report was written to {0}.', target.fsPath)}`;
  void vscode.window
    .showInformationMessage(message, t('Open'))
    .then((answer) => (answer ? open(target) : undefined));
}

/** A page is for a browser, unless that is on another machine than the file. */
async function open(target: vscode.Uri): Promise<void> {
  const isPage = target.path.endsWith('.html') && !vscode.env.remoteName;
  if (isPage) await vscode.env.openExternal(target);
  else await vscode.commands.executeCommand('vscode.open', target);
}

function fileName(name: string): string {
  return (
    name
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 60) || 'footprint'
  );
}
