import { t } from '../../language.ts';
import { Integrator, type StretchesOver } from '../carbon/integrator.ts';
import { formatGrams } from '../reports/format.ts';
import type { Owner } from './owner.ts';
import type { RunSnapshot } from './snapshot.ts';
import type { Store } from './store.ts';

/** Sources tell a week back or more; what is older stays as it is. */
const LONGEST_AGO_MILLIS = 7 * 86_400_000;

/** Runs that are looked at, the latest ones. */
const MOST_RUNS = 50;

/** What asks for figures of a time that is over and then knows them. */
export interface PastGrid {
  fetchHistory(fromMillis: number, toMillis: number): Promise<void>;
  over(fromMillis: number, toMillis: number): ReturnType<StretchesOver>;
  /** Whether any source may be asked. */
  readonly canTell: boolean;
  /** As intensities name it. */
  readonly placeName: string;
}

/**
 * The run with its grams counted by the figures that came after its end, and a note that says so.
 *
 * @returns null where nothing has come
 */
export function correctLate(run: RunSnapshot, over: StretchesOver): RunSnapshot | null {
  if (run.state === 'running' || !run.intensitySegments) return null;
  const integrator = new Integrator(run.intensitySegments);
  if (integrator.isFinal) return null;
  const before = integrator.segments.filter(({ isFinal }) => !isFinal).length;
  const change = integrator.correct(over);
  const after = integrator.segments.filter(({ isFinal }) => !isFinal).length;
  if (after === before) return null;
  const emissionsGrams = run.emissionsGrams + change;
  const note = t(
    'Final figures of the grid came after the run had ended: its emissions are {0} CO2e instead of {1}.',
    formatGrams(emissionsGrams),
    formatGrams(run.emissionsGrams, emissionsGrams),
  );
  const isSame = Math.abs(change) <= 1e-9 * emissionsGrams;
  const notes = isSame ? run.notes : [...run.notes, note];
  return { ...run, emissionsGrams, intensitySegments: integrator.segments, notes };
}

/**
 * Corrects the latest runs whose last figures had not come when they ended, where the place is still that of the
 * run. Each segment is corrected once. Never throws because of a source. @returns how many were corrected
 */
export async function correctHistory(
  store: Store,
  grid: PastGrid,
  owner: Owner,
  nowMillis = Date.now(),
): Promise<number> {
  const isOpen = (run: RunSnapshot) =>
    run.state !== 'running' &&
    (run.endedAtMillis ?? 0) > nowMillis - LONGEST_AGO_MILLIS &&
    run.intensitySegments?.some(({ isFinal }) => !isFinal);
  const open = store.list({ limit: MOST_RUNS }).filter(isOpen);
  if (open.length === 0 || !grid.canTell) return 0;
  const times = open.flatMap(({ intensitySegments = [] }) =>
    intensitySegments.filter(({ isFinal }) => !isFinal),
  );
  await grid.fetchHistory(
    Math.min(...times.map(({ fromMillis }) => fromMillis)),
    Math.max(...times.map(({ toMillis }) => toMillis)),
  );
  let count = 0;
  for (const { id } of open) {
    const run = store.get(id); // another window may have corrected it meanwhile
    if (run?.carbon.intensity.place !== grid.placeName) continue;
    const corrected = correctLate(run, (from, to) => grid.over(from, to));
    if (!corrected) continue;
    store.save(corrected, [], null, owner);
    count++;
  }
  return count;
}
