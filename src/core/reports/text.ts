import type { RunSnapshot } from '../runs/snapshot.ts';
import { columns } from './columns.ts';
import { formatEnergy, formatGrams, formatTime } from './format.ts';
import {
  componentName,
  energyText,
  howComponentKnown,
  howRunKnown,
  intensityRangeText,
  intensityText,
  progressText,
  projectionText,
  shareText,
  stateText,
} from './words.ts';

/** What the command line says on stderr when a training is over. */
export function textSummary(run: RunSnapshot): string {
  const lines = [
    `Training Footprint: ${energyText(run)}, ${formatGrams(run.emissionsGrams)} CO2e, ${stateText(run)}`,
    `  energy     ${howRunKnown(run)}; the whole machine used ${formatEnergy(run.machineEnergyJoules)}${shareText(run)}`,
    ...run.components.map(
      (entry) =>
        `  ${componentName(entry.component).padEnd(10)} ${formatEnergy(entry.energyJoules)} of ${formatEnergy(entry.machineEnergyJoules)}, ${howComponentKnown(entry)}`,
    ),
    `  progress   ${progressText(run)}`,
    `  intensity  ${intensityText(run.carbon)}`,
  ];
  const range = intensityRangeText(run);
  if (range) lines.push(`             over the run ${range}`);
  if (run.state === 'running') lines.push(`  projected  ${projected(run)}`);
  if (run.carbon.intensity.fix) lines.push(`             ${run.carbon.intensity.fix}`);
  lines.push(...run.notes.map((note) => `  note       ${note}`));
  return `${lines.join('\n')}\n`;
}

function projected(run: RunSnapshot): string {
  const projection = projectionText(run);
  return 'missing' in projection
    ? `unknown: ${projection.missing}`
    : `${projection.energy}, ${projection.emissions} CO2e`;
}

/** The history as a table of columns, newest first as given. */
export function textHistory(runs: readonly RunSnapshot[]): string {
  if (runs.length === 0) return 'No runs yet.\n';
  const rows = runs.map((run) => [
    run.id.slice(0, 8),
    formatTime(run.startedAtMillis),
    run.state,
    formatEnergy(run.energyJoules),
    `${formatGrams(run.emissionsGrams)} CO2e`,
    printable(run.label),
  ]);
  return columns([['run', 'started', 'state', 'energy', 'emissions', 'name'], ...rows]);
}

/** Labels come from anywhere: what would move the cursor is taken out. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}
