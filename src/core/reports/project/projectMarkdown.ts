import { formatDuration, formatGrams } from '../format.ts';
import { escapeMarkdown, table } from '../markdown.ts';
import { LONGEST_LABEL, oneLine } from '../safeText.ts';
import { periodText } from './period.ts';
import { projectTables, runsText, totalEnergyText, totalHowKnown } from './projectTables.ts';
import type { ProjectTotal } from './projectTotal.ts';

export const STARTED_IN = 'A run counts whole, at the time when it started.';

/** What a project used over a period, for a Markdown preview. */
export function projectMarkdown(total: ProjectTotal): string {
  const { sum } = total;
  const rows = [
    ['**Energy**', `**${totalEnergyText(total)}** (${totalHowKnown(total)})`],
    ['**Emissions**', `**${formatGrams(sum.emissionsGrams)} CO2e**`],
    ['Runs', runsText(total)],
    ['Time', formatDuration(sum.durationSeconds)],
    ['Period', periodText(total.period)],
  ];
  const tables = projectTables(total).map(
    ({ title, head, rows: cells }) =>
      `## ${title}\n\n${table(
        head,
        cells.map((row) => row.map((cell) => escapeMarkdown(oneLine(cell, LONGEST_LABEL)))),
      )}`,
  );
  const sections = [`# ${escapeMarkdown(projectTitle(total))}`, table(['', ''], rows), ...tables, STARTED_IN];
  return `${sections.join('\n\n')}\n`;
}

export function projectTitle({ project }: ProjectTotal): string {
  return project === null
    ? 'Footprint of all projects'
    : `Footprint of ${oneLine(project, LONGEST_LABEL) || 'runs without a project'}`;
}
