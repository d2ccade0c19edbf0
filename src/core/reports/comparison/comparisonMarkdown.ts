import { t } from '../../../language.ts';
import { codeBlock, escapeMarkdown, list, table } from '../markdown.ts';
import { LONGEST_LABEL, oneLine } from '../safeText.ts';
import type { Comparison } from './comparison.ts';
import { comparisonRows } from './rows.ts';

/** Runs beside each other, for a Markdown preview. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { runs, cautions } = comparison;
  const head = [
    '',
    ...runs.map(({ run }, index) => `${index + 1}. ${escapeMarkdown(oneLine(run.label, LONGEST_LABEL))}`),
  ];
  const rows = comparisonRows(comparison).map(({ name, cells }) => [name, ...cells].map(escapeMarkdown));
  const commands = runs.map(({ run }, index) => `${index + 1}.\n\n${codeBlock(run.command)}`);
  const sections = [
    `# ${t('Comparison of {0} runs', runs.length)}`,
    table(head, rows),
    list(`## ${t('What to keep in mind')}`, cautions),
    `## ${t('Commands')}\n\n${commands.join('\n\n')}`,
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}
