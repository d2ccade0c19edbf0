import type { Store } from '../../core/runs/store.ts';
import { t } from '../../language.ts';
import type { Command, Parts } from '../parts.ts';
import { pickRun } from '../pickRun.ts';
import { runIdsIn } from './runIds.ts';

/** As many as a list to pick from can hold. */
const MOST_OFFERED = 1000;

export const deleteRun: Command = {
  id: 'deleteRun',
  async run(parts, runIds) {
    const ids = await idsOf(parts, runIds);
    if (ids.length > 0) await parts.deletion.delete(ids);
  },
};

/** Those that are given; where none is, it is asked which. */
async function idsOf(parts: Parts, argument: unknown): Promise<readonly string[]> {
  const given = runIdsIn(argument);
  if (given) return given;
  const store = await parts.recorder.store();
  if (!store) throw new Error(t('there is no run history here.'));
  const run = await askWhich(parts, store);
  return run ? [run.id] : [];
}

async function askWhich({ recorder }: Parts, store: Store) {
  const running = new Set(recorder.running.map((run) => run.identity.id));
  const runs = store.list({ limit: MOST_OFFERED }).filter(({ id }) => !running.has(id));
  if (runs.length === 0) throw new Error(t('there is no ended run to delete.'));
  return pickRun(runs, t('Delete which run?'));
}
