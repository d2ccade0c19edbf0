import type { RunSnapshot } from '../runs/snapshot.ts';
import { intensityRange } from './intensityRange.ts';
import { runJson, type RunJson } from './runJson.ts';

const COLUMNS = [
  'id',
  'label',
  'command',
  'cwd',
  'project',
  'origin',
  'state',
  'exitCode',
  'startedAt',
  'endedAt',
  'durationSeconds',
  'energyJoules',
  'machineEnergyJoules',
  'quality',
  'uncertainty',
  'emissionsGrams',
  'pue',
  'epochsCompleted',
  'totalEpochs',
] as const satisfies readonly (keyof RunJson)[];

/** In gCO2e/kWh, by which `emissionsGrams` were counted: the mean by energy, the lowest and the highest; empty where unknown. */
const INTENSITY_COLUMNS = ['intensityMean', 'intensityLow', 'intensityHigh'] as const;

/** Runs as comma-separated values (RFC 4180), named and measured as in `RunJson`, with the range of intensities. */
export function runsCsv(runs: readonly RunSnapshot[]): string {
  const rows = runs.map((run) => {
    const json = runJson(run);
    const range = intensityRange(run);
    const intensity = [range?.mean, range?.low, range?.high].map((grams) => grams ?? null);
    return [...COLUMNS.map((column) => json[column]), ...intensity];
  });
  return csvTable([...COLUMNS, ...INTENSITY_COLUMNS], rows);
}

/** Records under their head, ready for spreadsheets. */
export function csvTable(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/**
 * Text that a spreadsheet would take for a formula, or that begins so in its wide form, is led by an apostrophe (OWASP,
 * CSV injection).
 */
export function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
