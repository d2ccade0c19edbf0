import { t } from '../../language.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import { beyondRows, NOTHING_BEYOND, type BeyondWishes } from './beyond.ts';
import { formatEnergy, formatGrams, formatPercent } from './format.ts';
import { runFacts } from './runFacts.ts';
import { block, LONGEST_LABEL, oneLine } from './safeText.ts';
import { componentName, energyText, howComponentKnown, howRunKnown, projectionText } from './words.ts';

/**
 * The report of one run, for a Markdown preview. Names and commands in it are shown as they are, never as markup.
 *
 * @param beyond what it tells besides, in the section that is left out where there is nothing
 */
export function markdownReport(run: RunSnapshot, beyond: BeyondWishes = NOTHING_BEYOND): string {
  const beyondCells = beyondRows(run, beyond).map((row) => row.map(escapeMarkdown));
  const sections = [
    `# ${t('Footprint of {0}', escapeMarkdown(oneLine(run.label, LONGEST_LABEL)))}`,
    run.command && codeBlock(run.command),
    table(['', ''], summaryRows(run)),
    `## ${t('Energy by component')}`,
    table([t('Component'), t('Run'), t('Machine'), t('How it is known')], componentRows(run)),
    uncertaintyText(run),
    beyondCells.length > 0 ? `## ${t('Beyond electricity')}\n\n${table(['', ''], beyondCells)}` : '',
    list(`## ${t('Assumptions')}`, run.assumptions),
    list(`## ${t('Notes')}`, run.notes),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

function summaryRows(run: RunSnapshot): string[][] {
  return [
    [`**${t('Energy')}**`, `**${energyText(run)}** (${howRunKnown(run)})`],
    [`**${t('Emissions')}**`, `**${formatGrams(run.emissionsGrams)} CO2e**`],
    ...(run.state === 'running' ? projectionRows(run) : []),
    ...runFacts(run).map((fact) => fact.map(escapeMarkdown)),
  ];
}

function projectionRows(run: RunSnapshot): string[][] {
  const projection = projectionText(run);
  if ('missing' in projection) return [[t('Projected total'), t('unknown: {0}', projection.missing)]];
  return [
    [t('Projected total'), t('{0}, {1} CO2e (80 % interval)', projection.energy, projection.emissions)],
    [t('Time left'), projection.time],
  ];
}

function componentRows(run: RunSnapshot): string[][] {
  const rows = run.components.map((entry) => [
    `${componentName(entry.component)} ${entry.device === entry.component ? '' : escapeMarkdown(entry.device)}`,
    formatEnergy(entry.energyJoules),
    machineCell(entry),
    escapeMarkdown(howComponentKnown(entry)),
  ]);
  if (rows.length < 2) return rows;
  return [...rows, [`**${t('Together')}**`, `**${energyText(run)}**`, machineCell(run), howRunKnown(run)]];
}

function machineCell(entry: Pick<RunSnapshot, 'energyJoules' | 'machineEnergyJoules'>): string {
  const { energyJoules, machineEnergyJoules } = entry;
  if (machineEnergyJoules === null) return t('unknown');
  const share = machineEnergyJoules > 0 ? energyJoules / machineEnergyJoules : 0;
  return t('{0} (run {1})', formatEnergy(machineEnergyJoules), formatPercent(share));
}

/** How the sum's error follows from those of its parts, where there are parts to speak of. */
function uncertaintyText({ components }: RunSnapshot): string {
  if (new Set(components.map(({ source }) => source)).size < 2) return '';
  return t(
    'The error of the sum: those of one source are added, those of different sources by their squares (JCGM 100:2008). How exactly energy is shared among runs is not in it.',
  );
}

/** Cells may hold Markdown; a bar in them is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\\?\|/g, '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row))].join('\n');
}

/** @param items shown as they are. @returns empty where there are none */
export function list(title: string, items: readonly string[]): string {
  return items.length === 0
    ? ''
    : `${title}\n\n${items.map((item) => `- ${escapeMarkdown(item)}`).join('\n')}`;
}

/** A fence longer than any run of backticks inside, so that the command cannot leave it. */
export function codeBlock(command: string, language = ''): string {
  const text = block(command);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/**
 * Text as it is, never as markup, a link or a beginning list (CommonMark 0.31, 2.4; the links that GitHub finds by
 * itself: GFM 0.29, 6.9). What is very long loses its end.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]()#+!|>~@]/g, '\\$&')
    .replace(/:(?=\/\/)|(?<=\b(?:mailto|xmpp)):|(?<=\bwww)\./gi, '\\$&')
    .replace(/^( *)([-=])/, '$1\\$2')
    .replace(/^( *\d+)([.)])(?=\s|$)/, '$1\\$2');
}
