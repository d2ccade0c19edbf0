import * as vscode from 'vscode';
import { progressMarkdown } from '../../core/reports/progressReport.ts';
import { t } from '../../language.ts';
import type { Command } from '../parts.ts';

/** What was recognised in the output of the focused terminal's run, else of the latest. */
export const explainProgress: Command = {
  id: 'explainProgress',
  async run({ runs, reports }) {
    const run = runs.inTerminal(vscode.window.activeTerminal)?.run ?? runs.latest;
    if (!run) throw new Error(t('nothing was trained since this window opened. Start a training first.'));
    await reports.showText(t('Progress Detection'), progressMarkdown(run.identity.label, run.reading()));
  },
};
