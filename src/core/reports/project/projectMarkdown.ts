import { t } from '../../../language.ts';
import { formatDuration, formatGrams } from '../format.ts';
import { escapeMarkdown, table } from '../markdown.ts';
import { LONGEST_LABEL, oneLine } from '../safeText.ts';
import { periodText } from './period.ts';
import { projectTables, runsText, totalEnergyText, totalHowKnown } from './projectTables.ts';
import type { ProjectTotal } from './projectTotal.ts';

export const startedIn = () => t('A run counts whole, at the time when it started.');

/** What a project used over a period, for a Markdown preview. */
export function projectMarkdown(total: ProjectTotal): string {
  const { sum } = total;
  const rows = [
    [`**${t('Energy')}**`, `**${totalEnergyText(total)}** (${totalHowKnown(total)})`],
    [`**${t('Emissions')}**`, `**${formatGrams(sum.emissionsGrams)} CO2e**`],
    [t('Runs'), runsText(total)],
    [t('Time'), formatDuration(sum.durationSeconds)],
    [t('Period'), periodText(total.period)],
  ];
  const tables = projectTables(total).map(
    ({ title, head, rows: cells }) =>
      `## ${title}\n\n${table(
        head,
        cells.map((row) => row.map((cell) => escapeMarkdown(oneLine(cell, LONGEST_LABEL)))),
      )}`,
  );
  const sections = [
    `# ${escapeMarkdown(projectTitle(total))}`,
    table(['', ''], rows),
    ...tables,
    startedIn(),
  ];
  return `${sections.join('\n\n')}\n`;
}

export function projectTitle({ project }: ProjectTotal): string {
  if (project === null) return t('Footprint of all projects');
  const name = oneLine(project, LONGEST_LABEL);
  return name ? t('Footprint of {0}', name) : t('Footprint of runs without a project');
}
