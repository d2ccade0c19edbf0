import { inEnglish } from '../../language.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import { formatDuration, formatGrams } from './format.ts';
import { escapeMarkdown, table } from './markdown.ts';
import { LONGEST_LABEL, oneLine } from './safeText.ts';
import { energyText, howRunKnown, intensityText, progressText, projectionText, pueText } from './words.ts';

/**
 * A run for the description of a pull request, in English: the figures in a table, and one line on how they are known.
 */
export function pullRequestText(run: RunSnapshot): string {
  return inEnglish(() => blockOf(run));
}

function blockOf(run: RunSnapshot): string {
  const figures = [
    energyText(run),
    `${formatGrams(run.emissionsGrams)} CO2e`,
    formatDuration(run.durationSeconds),
    escapeMarkdown(progressText(run)),
  ];
  const known = `${howRunKnown(run)}; ${intensityText(run.carbon)}; PUE ${pueText(run.carbon)}`;
  return [
    `**Training footprint** of ${code(run.label)}`,
    '',
    table(['Energy', 'Emissions', 'Duration', 'Progress'], [figures]),
    '',
    `<sub>Energy ${escapeMarkdown(known)}.${escapeMarkdown(projected(run))}</sub>`,
    '',
  ].join('\n');
}

function projected(run: RunSnapshot): string {
  if (run.state !== 'running') return '';
  const projection = projectionText(run);
  return 'missing' in projection
    ? ' It is still running.'
    : ` It is still running: projected total ${projection.energy}, ${projection.emissions} CO2e.`;
}

/**
 * As code, in which a forge looks for no names, issues and links (GitHub Docs, autolinked references). More backticks
 * than any run of them inside keep it together (CommonMark 0.31, 6.1).
 */
function code(text: string): string {
  const shown = oneLine(text, LONGEST_LABEL).trim() || 'a training';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return longest === 0 ? `${ticks}${shown}${ticks}` : `${ticks} ${shown} ${ticks}`;
}
