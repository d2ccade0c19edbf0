import { t } from '../../language.ts';
import type { Command } from '../parts.ts';
import { pickTracked } from './pickTracked.ts';

/** Ends the tracking, not the training. */
export const stopTracking: Command = {
  id: 'stopTracking',
  async run({ runs }, runId) {
    const tracked = await pickTracked(runs, runId, t('Stop tracking which run?'));
    if (!tracked) return;
    tracked.run.note(t('Tracking was stopped by hand; the training itself went on.'));
    await runs.end(tracked, null, 'stopped');
  },
};
