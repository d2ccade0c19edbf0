import { csvTable } from '../csv.ts';
import type { NamedSum, ProjectTotal } from './projectTotal.ts';

const HEAD = ['group', 'name', 'runs', 'energyJoules', 'emissionsGrams', 'durationSeconds'];

/** One record for the total, and one for each week, month, project, framework, training, end and device. */
export function projectCsv(total: ProjectTotal): string {
  const groups: readonly (readonly [string, readonly NamedSum[]])[] = [
    ['total', [{ name: total.project ?? '', ...total.sum }]],
    ['month', total.months],
    ['week', total.weeks],
    ['project', total.byProject],
    ['framework', total.byFramework],
    ['label', total.byLabel],
    ['state', total.byState],
  ];
  const sums = groups.flatMap(([group, entries]) =>
    entries.map(({ name, runs, energyJoules, emissionsGrams, durationSeconds }) => [
      ...[group, name, runs, energyJoules, emissionsGrams, durationSeconds],
    ]),
  );
  const devices = total.byDevice.map(({ name, energyJoules }) => [
    ...['device', name, null, energyJoules, null, null],
  ]);
  return csvTable(HEAD, [...sums, ...devices]);
}
