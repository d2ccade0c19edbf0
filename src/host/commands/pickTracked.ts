import { t } from '../../language.ts';
import type { TrackedRun, TrackedRuns } from '../tracking/trackedRuns.ts';
import { pickRun } from '../pickRun.ts';

/**
 * The running training that a command is about: the one that a button names, the only one that fits, else the one that
 * the user chooses; null when the user chooses none.
 *
 * @param fits leaves out what the command has nothing to do with
 * @throws Error when nothing fits
 */
export async function pickTracked(
  { shown }: TrackedRuns,
  runId: unknown,
  question: string,
  fits: (tracked: TrackedRun) => boolean = () => true,
): Promise<TrackedRun | null> {
  const candidates = shown.filter(fits);
  const byId = (id: unknown) => candidates.find(({ run }) => run.identity.id === id) ?? null;
  if (typeof runId === 'string') return byId(runId);
  if (candidates.length === 0)
    throw new Error(t('nothing that this could be done to is training at the moment.'));
  if (candidates.length === 1) return candidates[0] ?? null;
  const chosen = await pickRun(
    candidates.map(({ run }) => run.snapshot()),
    question,
  );
  return byId(chosen?.id);
}
