import { t } from '../../language.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import { formatEnergy, formatGrams, formatPower } from './format.ts';
import { escapeMarkdown } from './markdown.ts';
import {
  componentName,
  energyText,
  howComponentKnown,
  howRunKnown,
  intensityText,
  progressText,
  projectionText,
  pueText,
  stateText,
} from './words.ts';

/** What the status bar says when it is pointed at: a run in a few lines of Markdown, and the other runs by name. */
export function statusMarkdown(run: RunSnapshot, others: readonly RunSnapshot[]): string {
  const sections = [
    `**${escapeMarkdown(run.label)}** · ${stateText(run)} · ${escapeMarkdown(progressText(run))}`,
    figures(run),
    components(run),
    `${t('Carbon intensity: {0}', escapeMarkdown(intensityText(run.carbon)))}${fix(run)}  \nPUE: ${escapeMarkdown(pueText(run.carbon))}`,
    others.length > 0 ? `${t('Also training:')}\n\n${others.map(otherRun).join('\n')}` : '',
  ];
  return sections.filter(Boolean).join('\n\n');
}

function figures(run: RunSnapshot): string {
  const used = `**${energyText(run)}**, **${formatGrams(run.emissionsGrams)} CO2e**`;
  const power = run.powerWatts === null ? '' : `, ${t('now {0}', formatPower(run.powerWatts))}`;
  const soFar = t('So far: {0}', `${used}${power} (${howRunKnown(run)})`);
  const projection = projectionText(run);
  if ('missing' in projection) return `${soFar}  \n${t('Projected total: {0}', projection.missing)}`;
  const total = t('Projected total: {0}', `**${projection.energy}**, **${projection.emissions} CO2e**`);
  return `${soFar}  \n${total}  \n${t('Time left: {0}', projection.time)}`;
}

function components(run: RunSnapshot): string {
  if (run.components.length === 0) return '';
  const rows = run.components.map(
    (entry) =>
      `| ${componentName(entry.component)} | ${formatEnergy(entry.energyJoules)} | ${formatEnergy(entry.machineEnergyJoules)} | ${howComponentKnown(entry)} |`,
  );
  const head = `| ${t('Component')} | ${t('Run')} | ${t('Machine')} | ${t('How it is known')} |`;
  return [head, '| --- | --- | --- | --- |', ...rows].join('\n');
}

function fix({ carbon }: RunSnapshot): string {
  return carbon.intensity.fix ? ` — ${escapeMarkdown(carbon.intensity.fix)}` : '';
}

function otherRun(run: RunSnapshot): string {
  return `- ${escapeMarkdown(run.label)}: ${formatEnergy(run.energyJoules)}, ${escapeMarkdown(progressText(run))}`;
}
