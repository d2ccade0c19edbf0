import type { Command } from '../parts.ts';
import { pickRun } from './pickRun.ts';

/** Ends the tracking, not the training. */
export const stopTracking: Command = {
  id: 'stopTracking',
  async run({ runs }, runId) {
    const { shown } = runs;
    const only = shown.length === 1 ? shown[0] : undefined;
    const byId = (id: unknown) => shown.find(({ run }) => run.identity.id === id);
    const tracked = typeof runId === 'string' ? byId(runId) : (only ?? byId(await askWhich()));
    if (shown.length === 0) throw new Error('nothing is tracked at the moment.');
    if (!tracked) return;
    tracked.run.note('Tracking was stopped by hand; the training itself went on.');
    await runs.end(tracked, null, 'stopped');

    async function askWhich(): Promise<string | undefined> {
      const snapshots = shown.map(({ run }) => run.snapshot());
      return shown.length === 0 ? undefined : (await pickRun(snapshots, 'Stop tracking which run?'))?.id;
    }
  },
};
