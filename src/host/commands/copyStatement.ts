import * as vscode from 'vscode';
import { t } from '../../language.ts';
import type { Command } from '../parts.ts';
import { chooseRun } from '../reporting/chooseRun.ts';
import { copy } from '../reporting/deliver.ts';
import { loadReports } from '../reporting/loadReports.ts';

const FORMATS = [
  { id: 'statement', label: t('Plain Text'), detail: t('With its references below it.') },
  { id: 'latex', label: 'LaTeX', detail: t('With \\cite for the references.') },
  { id: 'bibtex', label: 'BibTeX', detail: t('The references, for your .bib file.') },
];

/** What a paper says of a training's footprint. */
export const copyStatement: Command = {
  id: 'copyStatement',
  async run({ reports }, runId) {
    const id = await chooseRun(reports.subjects, runId, t('The carbon impact statement of which run?'));
    if (id === null) return;
    const chosen = await vscode.window.showQuickPick(FORMATS, { title: t('Copy it as') });
    if (!chosen) return;
    const { runReports } = await loadReports();
    const subject = await reports.subjects.run(id);
    const text = (format: string) => runReports.find((each) => each.id === format)?.write(subject) ?? '';
    await copy(text(chosen.id), t('The statement ({0}) is in the clipboard.', chosen.label));
    if (chosen.id !== 'latex') return;
    const message = t('the statement is in the clipboard. It cites works for your .bib file.');
    const answer = await vscode.window.showInformationMessage(
      `Training Footprint: ${message}`,
      t('Copy BibTeX'),
    );
    if (answer) await copy(text('bibtex'), t('BibTeX is in the clipboard.'));
  },
};
