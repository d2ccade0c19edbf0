import type { ProbedSensor } from '../sensors/sensor.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import { formatEnergy, formatGrams, formatTime } from './format.ts';
import {
  componentName,
  howComponentKnown,
  howRunKnown,
  intensityText,
  progressText,
  projectionText,
  stateText,
} from './words.ts';

/** What the command line says on stderr when a training is over. */
export function textSummary(run: RunSnapshot): string {
  const lines = [
    `Training Footprint: ${formatEnergy(run.energyJoules)}, ${formatGrams(run.emissionsGrams)} CO2e, ${stateText(run)}`,
    `  energy     ${howRunKnown(run)}; the whole machine used ${formatEnergy(run.machineEnergyJoules)}`,
    ...run.components.map(
      (entry) =>
        `  ${componentName(entry.component).padEnd(10)} ${formatEnergy(entry.energyJoules)}, ${howComponentKnown(entry)}`,
    ),
    `  progress   ${progressText(run)}`,
    `  intensity  ${intensityText(run.carbon)}`,
  ];
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

/** Every sensor with its state, and the fix where it is refused. */
export function textSensors(sensors: readonly ProbedSensor[]): string {
  const blocks = sensors.map(({ sensor, probe }) => {
    const lines = [`${sensor.title}: ${probe.state} (${sensor.quality})`, `  ${probe.message}`];
    for (const assumption of probe.assumptions) lines.push(`  - ${assumption.text}`);
    if (probe.fix) lines.push(...probe.fix.split('\n').map((line) => `  ${line}`));
    return lines.join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}

/** Labels come from anywhere: what would move the cursor is taken out. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}
