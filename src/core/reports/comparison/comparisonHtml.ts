import { t } from '../../../language.ts';
import { html, preformatted } from '../html/markup.ts';
import { page } from '../html/page.ts';
import { dataTable, section } from '../html/parts.ts';
import { LONGEST_LABEL, oneLine } from '../safeText.ts';
import type { Comparison } from './comparison.ts';
import { comparisonCharts } from './comparisonCharts.ts';
import { comparisonRows } from './rows.ts';

/** Runs beside each other as a page of its own. */
export function comparisonHtml(comparison: Comparison): string {
  const { runs, cautions } = comparison;
  const columns = [
    { name: t('Figure') },
    ...runs.map(({ run }, index) => ({ name: `${index + 1}. ${oneLine(run.label, LONGEST_LABEL)}` })),
  ];
  const rows = comparisonRows(comparison).map(({ name, cells, trends }) => [
    name,
    ...cells.map((text, index) => ({ text, colour: trends[index] ?? '' })),
  ]);
  const commands = runs.map(
    ({ run }, index) =>
      html`<h3>${index + 1}. ${oneLine(run.label, LONGEST_LABEL)}</h3>
        <pre>${preformatted(run.command)}</pre>`,
  );
  const content = html`${comparisonCharts(comparison)}
    <h2>${t('Figures')}</h2>
    ${dataTable(t('Figures'), columns, rows)} ${section(t('What to keep in mind'), cautions)}
    <h2>${t('Commands')}</h2>
    ${commands}`;
  return page(t('Footprint comparison'), t('Comparison of {0} runs', runs.length), content);
}
