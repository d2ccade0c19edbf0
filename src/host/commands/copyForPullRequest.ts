import { t } from '../../language.ts';
import type { Command } from '../parts.ts';
import { chooseRun } from '../reporting/chooseRun.ts';
import { copy } from '../reporting/deliver.ts';
import { loadReports } from '../reporting/loadReports.ts';

/** A run's figures for the description of a pull request. */
export const copyForPullRequest: Command = {
  id: 'copyForPullRequest',
  async run({ reports }, runId) {
    const id = await chooseRun(reports.subjects, runId, t('The figures of which run?'));
    if (id === null) return;
    const { pullRequestText } = await loadReports();
    const { run } = await reports.subjects.run(id);
    await copy(pullRequestText(run), t('The block for the pull request is in the clipboard.'));
  },
};
