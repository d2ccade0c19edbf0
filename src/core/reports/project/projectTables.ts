import { formatDuration, formatEnergy, formatGrams, formatPercent } from '../format.ts';
import { NO_FRAMEWORK, type NamedSum, type ProjectTotal } from './projectTotal.ts';

/** A table of text, the same for every format that people read. */
export interface ProjectTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const SUMS = ['Runs', 'Energy', 'Emissions', 'Time'];

/** Which part of the whole each group was; without those that tell nothing. */
export function projectTables(total: ProjectTotal): readonly ProjectTable[] {
  const tables = [
    sums('By month', 'Month', total.months.map(monthName)),
    sums('By week', 'Week of', total.weeks),
    total.project === null ? sums('By project', 'Project', total.byProject) : null,
    sums('By training', 'Name', total.byLabel),
    hasFramework(total) ? sums('By framework', 'Framework, by its output', total.byFramework) : null,
    sums('By end', 'State', total.byState),
    devices(total),
  ];
  return tables.filter((table) => table !== null && table.rows.length > 0) as ProjectTable[];
}

/** `128 runs`, with how many of them failed or were stopped. */
export function runsText({ sum, byState }: ProjectTotal): string {
  const count = sum.runs === 1 ? '1 run' : `${sum.runs} runs`;
  const unfinished = byState.filter(({ name }) => name !== 'finished' && name !== 'running');
  const lost = unfinished.reduce((number, { runs }) => number + runs, 0);
  return lost === 0 ? count : `${count}, of which ${lost} did not come to their end`;
}

/** `12.4 kWh ±6 %`. */
export function totalEnergyText(total: ProjectTotal): string {
  return [formatEnergy(total.sum.energyJoules), totalErrorText(total)].filter(Boolean).join(' ');
}

/** `±6 %`; missing where it is unknown. */
export function totalErrorText({ uncertainty }: ProjectTotal): string | undefined {
  return uncertainty === null ? undefined : `±${formatPercent(uncertainty)}`;
}

/** `71 % measured, 29 % estimated`. */
export function totalHowKnown({ measuredShare }: ProjectTotal): string {
  if (measuredShare === null) return 'not known';
  if (measuredShare === 1) return 'measured';
  if (measuredShare === 0) return 'estimated';
  return `${formatPercent(measuredShare)} measured, ${formatPercent(1 - measuredShare)} estimated`;
}

function hasFramework({ byFramework }: ProjectTotal): boolean {
  return byFramework.some(({ name }) => name !== NO_FRAMEWORK);
}

function sums(title: string, name: string, entries: readonly NamedSum[]): ProjectTable {
  return {
    ...{ title, head: [name, ...SUMS] },
    rows: entries.map((entry) => [
      entry.name,
      String(entry.runs),
      formatEnergy(entry.energyJoules),
      `${formatGrams(entry.emissionsGrams)} CO2e`,
      entry.runs === 0 ? '–' : formatDuration(entry.durationSeconds),
    ]),
  };
}

function devices({ byDevice, sum }: ProjectTotal): ProjectTable {
  return {
    ...{ title: 'By device', head: ['Device', 'Energy', 'Share'] },
    rows: byDevice.map(({ name, energyJoules }) => [
      name,
      formatEnergy(energyJoules),
      sum.energyJoules > 0 ? formatPercent(energyJoules / sum.energyJoules) : '–',
    ]),
  };
}

function monthName(month: NamedSum): NamedSum {
  return { ...month, name: month.name.slice(0, 7) };
}
