import { lastRun } from '../../core/runs/find.ts';
import { t } from '../../language.ts';
import type { Command } from '../parts.ts';

export const showLastReport: Command = {
  id: 'showLastReport',
  async run({ recorder, reports }) {
    const run = await lastRun(recorder);
    if (!run) throw new Error(t('there is no run yet. Start one with “Run Training…”.'));
    await reports.showRun(run.id);
  },
};
