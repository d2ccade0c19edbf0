import * as vscode from 'vscode';
import type { Command } from '../parts.ts';
import { chooseRun } from '../reporting/chooseRun.ts';
import { copy } from '../reporting/deliver.ts';
import { loadReports } from '../reporting/loadReports.ts';

const FORMATS = [
  { id: 'statement', label: 'Plain Text', detail: 'With its references below it.' },
  { id: 'latex', label: 'LaTeX', detail: 'With \\cite for the references.' },
  { id: 'bibtex', label: 'BibTeX', detail: 'The references, for your .bib file.' },
];

/** What a paper says of a training's footprint. */
export const copyStatement: Command = {
  id: 'copyStatement',
  async run({ reports }, runId) {
    const id = await chooseRun(reports.subjects, runId, 'The carbon impact statement of which run?');
    if (id === null) return;
    const chosen = await vscode.window.showQuickPick(FORMATS, { title: 'Copy it as' });
    if (!chosen) return;
    const { runReports } = await loadReports();
    const subject = await reports.subjects.run(id);
    const text = (format: string) => runReports.find((each) => each.id === format)?.write(subject) ?? '';
    await copy(text(chosen.id), `The statement (${chosen.label})`);
    if (chosen.id !== 'latex') return;
    const message =
      'Training Footprint: the statement is in the clipboard. It cites works for your .bib file.';
    const answer = await vscode.window.showInformationMessage(message, 'Copy BibTeX');
    if (answer) await copy(text('bibtex'), 'BibTeX');
  },
};
