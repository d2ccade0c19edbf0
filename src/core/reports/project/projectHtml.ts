import { t } from '../../../language.ts';
import { formatDuration, formatEnergy, formatGrams, wattHours } from '../format.ts';
import { WATT_HOURS } from '../html/axes.ts';
import { columnChart } from '../html/columnChart.ts';
import { html, type Markup } from '../html/markup.ts';
import { page } from '../html/page.ts';
import { dataTable, tiles } from '../html/parts.ts';
import { periodText } from './period.ts';
import { projectTitle, startedIn } from './projectMarkdown.ts';
import { projectTables, runsText, totalErrorText, totalHowKnown } from './projectTables.ts';
import type { NamedSum, ProjectTotal } from './projectTotal.ts';

/** Up to half a year is drawn by weeks. */
const MOST_WEEKS = 26;

/** What a project used over a period, as a page of its own. */
export function projectHtml(total: ProjectTotal): string {
  const { sum } = total;
  const headline = [
    {
      name: t('Energy'),
      value: formatEnergy(sum.energyJoules),
      error: totalErrorText(total),
      note: totalHowKnown(total),
    },
    { name: t('Emissions'), value: `${formatGrams(sum.emissionsGrams)} CO2e` },
    { name: t('Runs'), value: String(sum.runs), note: runsText(total) },
    { name: t('Time'), value: formatDuration(sum.durationSeconds) },
  ];
  const tables = projectTables(total).map(
    ({ title, head, rows }) =>
      html`<h2>${title}</h2>
        ${dataTable(
          title,
          head.map((name, index) => ({ name, isNumber: index > 0 })),
          rows,
        )}`,
  );
  const content = html`<p class="lead">${periodText(total.period)}</p>
    ${tiles(headline)} ${timeChart(total)} ${tables}
    <p class="lead">${startedIn()}</p>`;
  return page(t('Footprint of a project'), projectTitle(total), content);
}

function timeChart({ weeks, months }: ProjectTotal): Markup | null {
  const isByWeek = weeks.length > 0 && weeks.length <= MOST_WEEKS;
  const entries = isByWeek ? weeks : months;
  if (entries.length < 2) return null;
  const columns = entries.map(({ name, energyJoules }: NamedSum) => ({
    label: isByWeek ? name.slice(5) : name.slice(0, 7),
    value: wattHours(energyJoules),
  }));
  return columnChart(isByWeek ? t('Energy by week') : t('Energy by month'), columns, WATT_HOURS);
}
