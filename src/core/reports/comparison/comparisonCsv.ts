import { csvTable } from '../csv.ts';
import type { Comparison } from './comparison.ts';

const COLUMNS = [
  ...['id', 'label', 'command', 'project', 'state', 'startedAt', 'durationSeconds', 'energyJoules'],
  ...['quality', 'uncertainty', 'emissionsGrams', 'pue', 'gramsPerKwh', 'place', 'epochsCompleted'],
  ...['energyJoulesPerEpoch', 'emissionsGramsPerEpoch', 'durationSecondsPerEpoch'],
  ...['energyShareOfFirst', 'emissionsShareOfFirst', 'durationShareOfFirst', 'energyErrorJoules'],
];

/** One record a run; shares are differences from the first, 0.1 for a tenth more. */
export function comparisonCsv({ runs }: Comparison): string {
  const rows = runs.map(({ run, perEpoch, difference }) => [
    ...[run.id, run.label, run.command, run.project, run.state],
    ...[new Date(run.startedAtMillis).toISOString(), run.durationSeconds, run.energyJoules],
    ...[run.howKnown, run.uncertainty, run.emissionsGrams, run.carbon.pue],
    ...[run.carbon.intensity.gramsPerKwh, run.carbon.intensity.place, run.progress.epochsCompleted],
    perEpoch?.energyJoules ?? null,
    perEpoch?.emissionsGrams ?? null,
    perEpoch?.durationSeconds ?? null,
    difference?.energyShare ?? null,
    difference?.emissionsShare ?? null,
    difference?.durationShare ?? null,
    difference?.energyErrorJoules ?? null,
  ]);
  return csvTable(COLUMNS, rows);
}
