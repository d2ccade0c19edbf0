import { t } from '../../../language.ts';
import type { ComponentEnergy, RunSnapshot } from '../../runs/snapshot.ts';
import { combinedUncertainty } from '../../runs/uncertainty.ts';
import { componentName } from '../words.ts';
import { frameworkOf } from './framework.ts';
import { dayText, monday, type Period } from './period.ts';

/** What some runs came to. */
export interface Sum {
  readonly runs: number;
  readonly energyJoules: number;
  readonly emissionsGrams: number;
  readonly durationSeconds: number;
}

/** The sum of those runs that have something in common. */
export interface NamedSum extends Sum {
  readonly name: string;
}

/** Energy by what it was used in. */
export interface DeviceSum {
  readonly name: string;
  readonly energyJoules: number;
}

/** What a project, or all of them, used over a period. A run counts whole, in the period in which it started. */
export interface ProjectTotal {
  /** Null for all projects together. */
  readonly project: string | null;
  readonly period: Period;
  readonly sum: Sum;
  /** Relative, of the energy; null where a run does not say it. See `combinedUncertainty`: one source errs alike in all runs. */
  readonly uncertainty: number | null;
  /** Part of the energy that was measured, 0 to 1; null where nothing was used. */
  readonly measuredShare: number | null;
  /** By how they ended; those that failed cost as well. */
  readonly byState: readonly NamedSum[];
  /** Oldest first; a week is named by its Monday. Weeks and months without a run between others are there, too. */
  readonly weeks: readonly NamedSum[];
  readonly months: readonly NamedSum[];
  /** Largest first, like those that follow. */
  readonly byProject: readonly NamedSum[];
  readonly byFramework: readonly NamedSum[];
  readonly byDevice: readonly DeviceSum[];
  /** By label, which is what people know their trainings by. */
  readonly byLabel: readonly NamedSum[];
}

/** Names the group of runs whose output gave no framework away. */
export const noFramework = () => t('not recognised');

/** Groups beyond these are put together. */
const MOST_GROUPS = 12;

/** A span of weeks longer than this is told by months only: ten years. */
const MOST_WEEKS = 520;

/**
 * Groups are named in the language that is spoken when somebody asks for them.
 *
 * @param runs any; those of other projects and times are left out
 */
export function projectTotal(
  runs: readonly RunSnapshot[],
  project: string | null,
  period: Period,
): ProjectTotal {
  const mine = runs.filter((run) => (project === null || run.project === project) && isWithin(run, period));
  const entries = mine.flatMap(({ components }) => components);
  return {
    ...{ project, period, sum: sumOf(mine) },
    uncertainty: uncertaintyOf(entries),
    measuredShare: measuredShare(entries),
    byState: grouped(mine, ({ state }) => state),
    weeks: byTime(mine, monday, (start) => addDays(start, 7), MOST_WEEKS),
    months: byTime(mine, firstOfMonth, (start) => new Date(start.getFullYear(), start.getMonth() + 1, 1)),
    get byProject() {
      return grouped(mine, (run) => run.project);
    },
    get byFramework() {
      return grouped(mine, (run) => frameworkOf(run) ?? noFramework());
    },
    get byDevice() {
      return byDevice(entries);
    },
    get byLabel() {
      return grouped(mine, ({ label }) => label);
    },
  };
}

function isWithin({ startedAtMillis }: RunSnapshot, { fromMillis, toMillis }: Period): boolean {
  return startedAtMillis >= (fromMillis ?? -Infinity) && startedAtMillis < (toMillis ?? Infinity);
}

function sumOf(runs: readonly RunSnapshot[]): Sum {
  const sum = { runs: runs.length, energyJoules: 0, emissionsGrams: 0, durationSeconds: 0 };
  for (const run of runs) {
    sum.energyJoules += run.energyJoules;
    sum.emissionsGrams += run.emissionsGrams;
    sum.durationSeconds += run.durationSeconds;
  }
  return sum;
}

function grouped(runs: readonly RunSnapshot[], key: (run: RunSnapshot) => string): readonly NamedSum[] {
  const groups = groupBy(runs, key);
  const sums = [...groups].map(([name, members]) => ({ name, ...sumOf(members) }));
  sums.sort((a, b) => b.energyJoules - a.energyJoules);
  if (sums.length <= MOST_GROUPS) return sums;
  const rest = sums.splice(MOST_GROUPS - 1).flatMap(({ name }) => groups.get(name) ?? []);
  return [...sums, { name: t('{0} others', groups.size - sums.length), ...sumOf(rest) }];
}

/** A sum for each stretch of time from the first run to the last, by the clock of this machine. */
function byTime(
  runs: readonly RunSnapshot[],
  startOf: (date: Date) => Date,
  next: (start: Date) => Date,
  most = Infinity,
): readonly NamedSum[] {
  const groups = groupBy(runs, (run) => startOf(new Date(run.startedAtMillis)).getTime());
  const starts = [...groups.keys()];
  const last = Math.max(...starts);
  const sums: NamedSum[] = [];
  for (let start = Math.min(...starts); start <= last; start = next(new Date(start)).getTime()) {
    if (sums.length >= most) return [];
    sums.push({ name: dayText(start), ...sumOf(groups.get(start) ?? []) });
  }
  return sums;
}

function byDevice(entries: readonly ComponentEnergy[]): readonly DeviceSum[] {
  const sums = new Map<string, number>();
  for (const { component, device, energyJoules } of entries) {
    const name = device === component ? componentName(component) : `${componentName(component)} ${device}`;
    sums.set(name, (sums.get(name) ?? 0) + energyJoules);
  }
  const sorted = [...sums].map(([name, energyJoules]) => ({ name, energyJoules }));
  sorted.sort((a, b) => b.energyJoules - a.energyJoules);
  if (sorted.length <= MOST_GROUPS) return sorted;
  const rest = sorted.splice(MOST_GROUPS - 1);
  const energyJoules = rest.reduce((sum, each) => sum + each.energyJoules, 0);
  return [...sorted, { name: t('{0} others', rest.length), energyJoules }];
}

function uncertaintyOf(entries: readonly ComponentEnergy[]): number | null {
  const known = entries.flatMap((entry) => {
    const { source, uncertainty, energyJoules } = entry;
    return uncertainty === null ? [] : [{ source, uncertainty, energyJoules }];
  });
  return known.length < entries.length || known.length === 0 ? null : combinedUncertainty(known);
}

function measuredShare(entries: readonly ComponentEnergy[]): number | null {
  const sum = (some: readonly ComponentEnergy[]) =>
    some.reduce((total, { energyJoules }) => total + energyJoules, 0);
  const all = sum(entries);
  return all > 0 ? sum(entries.filter(({ quality }) => quality === 'measured')) / all : null;
}

/** `Map.groupBy` came with Node 21, after the oldest that the command line runs on. */
function groupBy<Key>(
  runs: readonly RunSnapshot[],
  keyOf: (run: RunSnapshot) => Key,
): ReadonlyMap<Key, readonly RunSnapshot[]> {
  const groups = new Map<Key, RunSnapshot[]>();
  for (const run of runs) {
    const key = keyOf(run);
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return groups;
}

function firstOfMonth(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), 1);
}

function addDays(date: Date, count: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + count);
}
