import { t } from '../../language.ts';
import type { Command } from '../parts.ts';
import { chooseProject, choosePeriod } from '../reporting/choosePeriod.ts';
import { deliver } from '../reporting/deliver.ts';
import { loadReports } from '../reporting/loadReports.ts';

/** What a project used over a period, shown, saved or copied. */
export const projectReport: Command = {
  id: 'projectReport',
  async run({ reports }) {
    const runs = await reports.subjects.runs(-1);
    if (runs.length === 0) throw new Error(t('there is no run yet. Start one with “Run Training…”.'));
    const project = await chooseProject(runs);
    if (project === undefined) return;
    const period = await choosePeriod();
    if (!period) return;
    const { projectReports, projectTotal } = await loadReports();
    const subject = projectTotal(runs, project, period);
    await deliver(projectReports, subject, `footprint-${project ?? 'all-projects'}`, () =>
      reports.showProject(project, period),
    );
  },
};
