import type { Command } from '../parts.ts';
import { chooseRuns } from '../reporting/chooseRun.ts';
import { deliver } from '../reporting/deliver.ts';
import { loadReports } from '../reporting/loadReports.ts';

/** Some runs beside each other, shown, saved or copied. */
export const comparisonReport: Command = {
  id: 'comparisonReport',
  async run({ reports }, runIds) {
    const { comparisonReports, FEWEST_COMPARED, MOST_COMPARED } = await loadReports();
    const ids = await chooseRuns(reports.subjects, runIds, FEWEST_COMPARED, MOST_COMPARED);
    if (ids === null) return;
    const subject = await reports.subjects.comparison(ids);
    await deliver(comparisonReports, subject, 'footprint-comparison', () => reports.showComparison(ids));
  },
};
