import { t } from '../../language.ts';
import type { Command } from '../parts.ts';
import { pickTracked } from './pickTracked.ts';

/** Stops the training's processes where they stand. */
export const pauseRun: Command = {
  id: 'pauseRun',
  async run({ runs, control }, runId) {
    const tracked = await pickTracked(
      runs,
      runId,
      t('Pause which run?'),
      ({ run }) => !control.isPaused(run),
    );
    if (tracked) await control.pause(tracked.run);
  },
};
