import { t } from '../../language.ts';
import type { Command } from '../parts.ts';
import { pickTracked } from './pickTracked.ts';

/** Lets a paused training go on. */
export const resumeRun: Command = {
  id: 'resumeRun',
  async run({ runs, control, planned }, runId) {
    const tracked = await pickTracked(runs, runId, t('Resume which run?'), ({ run }) =>
      control.isPaused(run),
    );
    if (!tracked) return;
    control.resume(tracked.run);
    if (planned.planned?.runId === tracked.run.identity.id) await planned.cancel();
  },
};
