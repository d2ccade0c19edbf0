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
    `Carbon intensity: ${escapeMarkdown(intensityText(run.carbon))}${fix(run)}  \nPUE: ${escapeMarkdown(pueText(run.carbon))}`,
    others.length > 0 ? `Also training:\n\n${others.map(otherRun).join('\n')}` : '',
  ];
  return sections.filter(Boolean).join('\n\n');
}

function figures(run: RunSnapshot): string {
  const power = run.powerWatts === null ? '' : `, now ${formatPower(run.powerWatts)}`;
  const soFar = `So far: **${energyText(run)}**, **${formatGrams(run.emissionsGrams)} CO2e**${power} (${howRunKnown(run)})`;
  const projection = projectionText(run);
  if ('missing' in projection) return `${soFar}  \nProjected total: ${projection.missing}`;
  return `${soFar}  \nProjected total: **${projection.energy}**, **${projection.emissions} CO2e**  \nTime left: ${projection.time}`;
}

function components(run: RunSnapshot): string {
  if (run.components.length === 0) return '';
  const rows = run.components.map(
    (entry) =>
      `| ${componentName(entry.component)} | ${formatEnergy(entry.energyJoules)} | ${formatEnergy(entry.machineEnergyJoules)} | ${howComponentKnown(entry)} |`,
  );
  return ['| Component | Run | Machine | How it is known |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function fix({ carbon }: RunSnapshot): string {
  return carbon.intensity.fix ? ` — ${escapeMarkdown(carbon.intensity.fix)}` : '';
}

function otherRun(run: RunSnapshot): string {
  return `- ${escapeMarkdown(run.label)}: ${formatEnergy(run.energyJoules)}, ${escapeMarkdown(progressText(run))}`;
}
