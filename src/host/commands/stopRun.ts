import { t } from '../../language.ts';
import type { Command } from '../parts.ts';
import { pickTracked } from './pickTracked.ts';

/** Interrupts the training, as Ctrl-C does. */
export const stopRun: Command = {
  id: 'stopRun',
  async run({ runs, control }, runId) {
    const tracked = await pickTracked(runs, runId, t('Stop which training?'));
    if (tracked) control.stop(tracked.run);
  },
};
