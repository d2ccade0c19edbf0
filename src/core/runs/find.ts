import type { Recorder } from './recorder.ts';
import type { RunSnapshot } from './snapshot.ts';

/** A run by its id, from those in progress or from the history; null where there is none. */
export async function findRun(recorder: Recorder, id: string): Promise<RunSnapshot | null> {
  const running = recorder.running.find((run) => run.identity.id === id);
  return running ? running.snapshot() : ((await recorder.store())?.get(id) ?? null);
}

/** The newest run, one in progress before all; null where there is none. */
export async function lastRun(recorder: Recorder): Promise<RunSnapshot | null> {
  return recorder.running.at(-1)?.snapshot() ?? (await recorder.store())?.list({ limit: 1 })[0] ?? null;
}
