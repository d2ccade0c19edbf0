import { t } from '../../../language.ts';
import type { RunState } from '../../runs/snapshot.ts';
import { formatDuration, formatEnergy, formatGrams, formatPercent } from '../format.ts';
import { runCountText, stateName } from '../words.ts';
import { noFramework, type NamedSum, type ProjectTotal } from './projectTotal.ts';

/** A table of text, the same for every format that people read. */
export interface ProjectTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Which part of the whole each group was; without those that tell nothing. */
export function projectTables(total: ProjectTotal): readonly ProjectTable[] {
  const tables = [
    sums(t('By month'), t('Month'), total.months.map(monthName)),
    sums(t('By week'), t('Week of'), total.weeks),
    total.project === null ? sums(t('By project'), t('Project'), total.byProject) : null,
    sums(t('By training'), t('Name'), total.byLabel),
    frameworks(total),
    sums(t('By end'), t('State'), total.byState.map(namedState)),
    devices(total),
  ];
  return tables.filter((table) => table !== null && table.rows.length > 0) as ProjectTable[];
}

/** `128 runs`, with how many of them failed or were stopped. */
export function runsText({ sum, byState }: ProjectTotal): string {
  const unfinished = byState.filter(({ name }) => name !== 'finished' && name !== 'running');
  const lost = unfinished.reduce((number, { runs }) => number + runs, 0);
  if (lost > 0)
    return sum.runs === 1
      ? t('1 run, of which {0} did not come to their end', lost)
      : t('{0} runs, of which {1} did not come to their end', sum.runs, lost);
  return runCountText(sum.runs);
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
  if (measuredShare === null) return t('not known');
  if (measuredShare === 1) return t('measured');
  if (measuredShare === 0) return t('estimated');
  return t('{0} measured, {1} estimated', formatPercent(measuredShare), formatPercent(1 - measuredShare));
}

function frameworks({ byFramework }: ProjectTotal): ProjectTable | null {
  const isAny = byFramework.some(({ name }) => name !== noFramework());
  return isAny ? sums(t('By framework'), t('Framework, by its output'), byFramework) : null;
}

function sums(title: string, name: string, entries: readonly NamedSum[]): ProjectTable {
  return {
    ...{ title, head: [name, t('Runs'), t('Energy'), t('Emissions'), t('Time')] },
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
    ...{ title: t('By device'), head: [t('Device'), t('Energy'), t('Share')] },
    rows: byDevice.map(({ name, energyJoules }) => [
      name,
      formatEnergy(energyJoules),
      sum.energyJoules > 0 ? formatPercent(energyJoules / sum.energyJoules) : '–',
    ]),
  };
}

function namedState(sum: NamedSum): NamedSum {
  return { ...sum, name: stateName(sum.name as RunState) };
}

function monthName(month: NamedSum): NamedSum {
  return { ...month, name: month.name.slice(0, 7) };
}
