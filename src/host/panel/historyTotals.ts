import { formatEnergy, formatGrams, wattHours } from '../../core/reports/format.ts';
import type { WeekTotals } from '../../core/runs/historyTable.ts';
import { t } from '../../language.ts';
import type { HistoryTotals, ProjectTotals } from '../../protocol/messages.ts';
import { countText } from './historyView.ts';

/** As many as have colours of their own; more could not be told apart. */
const MOST_PROJECTS = 5;

const WEEK_MILLIS = 7 * 86_400_000;

/** A chart of more weeks could not be read: it begins later then. Four years. */
const MOST_WEEKS = 208;

/** What runs used, by week and by project. */
export function historyTotals(weeks: readonly WeekTotals[]): HistoryTotals {
  const first = firstMonday(weeks);
  const last = weeks.at(-1)?.mondayMillis ?? 0;
  const count = weeks.length === 0 ? 0 : Math.round((last - first) / WEEK_MILLIS) + 1;
  const mondays = Array.from({ length: count }, (_, index) => dayOf(first + index * WEEK_MILLIS));
  const all = sumOf(weeks);
  return {
    summary: summary(weeks),
    mondays,
    projects: projectsOf(weeks).map(([project, own]) =>
      totalsOf(project, own, first, count, all.energyJoules),
    ),
  };
}

/** `37 runs · 1.27 kWh · 310 g CO2e`, with how many of them hold estimates. */
function summary(weeks: readonly WeekTotals[]): string {
  const { runs, energyJoules, emissionsGrams, estimatedRuns } = sumOf(weeks);
  const texts = [countText(runs), formatEnergy(energyJoules), `${formatGrams(emissionsGrams)} CO2e`];
  if (estimatedRuns > 0) texts.push(t('{0} with estimates', estimatedRuns.toLocaleString('en')));
  return texts.join(' · ');
}

/** Runs of before 1980 are of a clock that was not set. */
function firstMonday(weeks: readonly WeekTotals[]): number {
  const first = weeks[0]?.mondayMillis ?? 0;
  return Math.max(first, (weeks.at(-1)?.mondayMillis ?? 0) - (MOST_WEEKS - 1) * WEEK_MILLIS);
}

/** Most energy first, the smallest together. */
function projectsOf(weeks: readonly WeekTotals[]): readonly (readonly [string, readonly WeekTotals[]])[] {
  const byProject = new Map<string, WeekTotals[]>();
  for (const week of weeks) byProject.set(week.project, [...(byProject.get(week.project) ?? []), week]);
  const sorted = [...byProject].sort(([, a], [, b]) => sumOf(b).energyJoules - sumOf(a).energyJoules);
  if (sorted.length <= MOST_PROJECTS + 1) return sorted.map(([name, own]) => [name || t('no project'), own]);
  const small = sorted.slice(MOST_PROJECTS);
  return [
    ...sorted.slice(0, MOST_PROJECTS).map(([name, own]) => [name || t('no project'), own] as const),
    [t('{0} other projects', small.length), small.flatMap(([, own]) => own)],
  ];
}

function totalsOf(
  project: string,
  weeks: readonly WeekTotals[],
  first: number,
  count: number,
  allJoules: number,
): ProjectTotals {
  const hours = new Array<number>(count).fill(0);
  const grams = new Array<number>(count).fill(0);
  for (const { mondayMillis, energyJoules, emissionsGrams } of weeks) {
    const index = Math.round((mondayMillis - first) / WEEK_MILLIS);
    if (index < 0) continue;
    hours[index] = (hours[index] ?? 0) + wattHours(energyJoules);
    grams[index] = (grams[index] ?? 0) + emissionsGrams;
  }
  const { runs, energyJoules, emissionsGrams } = sumOf(weeks);
  return {
    ...{ project, runs: countText(runs), wattHours: hours, grams },
    energy: formatEnergy(energyJoules),
    emissions: formatGrams(emissionsGrams),
    share: allJoules > 0 ? energyJoules / allJoules : 0,
  };
}

function sumOf(weeks: readonly WeekTotals[]) {
  const sum = { runs: 0, energyJoules: 0, emissionsGrams: 0, estimatedRuns: 0 };
  for (const week of weeks) {
    sum.runs += week.runs;
    sum.energyJoules += week.energyJoules;
    sum.emissionsGrams += week.emissionsGrams;
    sum.estimatedRuns += week.estimatedRuns;
  }
  return sum;
}

function dayOf(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}
