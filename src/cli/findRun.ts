import type { RunSnapshot } from '../core/runs/snapshot.ts';
import type { Store } from '../core/runs/store.ts';

/** A run by `last`, its id or the beginning of it. @throws Error where there is none, or more than one */
export function findRun(store: Store, wanted: string): RunSnapshot {
  const runs = wanted === 'last' ? store.list({ limit: 1 }) : startingWith(store, wanted);
  const [run] = runs;
  if (!run)
    throw new Error(wanted === 'last' ? 'there is no run yet' : `there is no run “${wanted}”; see history`);
  if (runs.length > 1) throw new Error(`more than one run begins with “${wanted}”; give more of the id`);
  return run;
}

function startingWith(store: Store, wanted: string): readonly RunSnapshot[] {
  const exact = store.get(wanted);
  return exact ? [exact] : store.beginningWith(wanted, 2);
}
