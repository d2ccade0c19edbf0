import type { RunSnapshot } from '../runs/snapshot.ts';
import { formatDuration, formatEnergy, formatGrams, formatPercent, formatTime } from './format.ts';
import {
  componentName,
  howComponentKnown,
  howRunKnown,
  intensityText,
  progressText,
  projectionText,
  pueText,
  stateText,
} from './words.ts';

/** The report of one run, for a Markdown preview. Names and commands in it are shown as they are, never as markup. */
export function markdownReport(run: RunSnapshot): string {
  const sections = [
    `# Footprint of ${escapeMarkdown(run.label)}`,
    codeBlock(run.command),
    table(['', ''], summaryRows(run)),
    '## Energy by component',
    table(['Component', 'Run', 'Machine', 'How it is known'], componentRows(run)),
    list('## Assumptions', run.assumptions),
    list('## Notes', run.notes),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

function summaryRows(run: RunSnapshot): string[][] {
  const rows = [
    ['**Energy**', `**${formatEnergy(run.energyJoules)}** (${howRunKnown(run)})`],
    ['**Emissions**', `**${formatGrams(run.emissionsGrams)} CO2e**`],
    ['State', stateText(run)],
    ['Started', formatTime(run.startedAtMillis)],
    ['Duration', formatDuration(run.durationSeconds)],
    ['Progress', progressText(run)],
    ['Machine over the same time', formatEnergy(run.machineEnergyJoules)],
    ['Carbon intensity', intensityText(run.carbon)],
    ['PUE', pueText(run.carbon)],
    ['Directory', escapeMarkdown(run.cwd)],
  ];
  if (run.state === 'running') rows.splice(2, 0, ...projectionRows(run));
  if (run.carbon.intensity.fix) rows.push(['To be exact', run.carbon.intensity.fix]);
  return rows;
}

function projectionRows(run: RunSnapshot): string[][] {
  const projection = projectionText(run);
  if ('missing' in projection) return [['Projected total', `unknown: ${projection.missing}`]];
  return [
    ['Projected total', `${projection.energy}, ${projection.emissions} CO2e (80 % interval)`],
    ['Time left', projection.time],
  ];
}

function componentRows(run: RunSnapshot): string[][] {
  return run.components.map((entry) => [
    `${componentName(entry.component)} ${entry.device === entry.component ? '' : escapeMarkdown(entry.device)}`,
    formatEnergy(entry.energyJoules),
    `${formatEnergy(entry.machineEnergyJoules)} (run ${formatPercent(entry.machineEnergyJoules > 0 ? entry.energyJoules / entry.machineEnergyJoules : 0)})`,
    howComponentKnown(entry),
  ]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\\?\|/g, '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row))].join('\n');
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0
    ? ''
    : `${title}\n\n${items.map((item) => `- ${escapeMarkdown(item)}`).join('\n')}`;
}

/** A fence longer than any run of backticks inside, so that the command cannot leave it. */
function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

export function escapeMarkdown(text: string): string {
  return escapeLines(text).replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&');
}

function escapeLines(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}
