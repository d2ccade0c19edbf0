import type { Recorder } from '../core/runs/recorder.ts';
import type { RunSnapshot } from '../core/runs/snapshot.ts';
import type { TrackedRuns } from './tracking/trackedRuns.ts';

/** The newest runs, newest first: those of this window as they are now, all others as the history has them. */
export async function newestRuns(
  { recorder, runs }: { readonly recorder: Recorder; readonly runs: TrackedRuns },
  limit: number,
): Promise<readonly RunSnapshot[]> {
  const stored = (await recorder.store())?.list({ limit }) ?? [];
  const shown = runs.shown.map(({ run }) => run.snapshot());
  return newestFirst(recorder, shown, stored).slice(0, limit);
}

/** Runs of this window as they are now, and those of the history that are not this window's, newest first. */
export function newestFirst(
  recorder: Recorder,
  live: readonly RunSnapshot[],
  stored: readonly RunSnapshot[],
): readonly RunSnapshot[] {
  const own = new Set(recorder.running.map((run) => run.identity.id));
  const all = [...live, ...stored.filter(({ id }) => !own.has(id))];
  return all.sort((a, b) => b.startedAtMillis - a.startedAtMillis);
}
