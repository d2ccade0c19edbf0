import { t } from '../../language.ts';
import type { Command } from '../parts.ts';
import { chooseRun } from '../reporting/chooseRun.ts';
import { deliver } from '../reporting/deliver.ts';
import { loadReports } from '../reporting/loadReports.ts';

/** The report of a run, shown, saved or copied. */
export const runReport: Command = {
  id: 'runReport',
  async run({ reports }, runId) {
    const id = await chooseRun(reports.subjects, runId, t('The report of which run?'));
    if (id === null) return;
    const { runReports } = await loadReports();
    const subject = await reports.subjects.run(id);
    await deliver(runReports, subject, `footprint-${subject.run.label}`, () => reports.showRun(id));
  },
};
