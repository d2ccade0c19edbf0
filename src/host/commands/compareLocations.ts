import { findRun } from '../../core/runs/find.ts';
import { t } from '../../language.ts';
import type { Command, Parts } from '../parts.ts';
import { pickRun } from '../pickRun.ts';

const MOST_RUNS = 300;

/** Shows the same run by the grids of other places: the one that a button names, else the one that is chosen. */
export const compareLocations: Command = {
  id: 'compareLocations',
  async run(parts, argument) {
    const run = typeof argument === 'string' ? await findRun(parts.recorder, argument) : await choose(parts);
    if (!run) return;
    const { markdownLocations } = await import('../../core/carbon/locations.ts');
    const { place } = await parts.carbon.service();
    await parts.reports.showText(t('Compare Locations'), markdownLocations(run, place));
    await parts.consent.askWhenBetter();
  },
};

/** @throws Error where there is no run */
async function choose({ recorder }: Parts) {
  const training = recorder.running.map((run) => run.snapshot());
  const history = (await recorder.store())?.list({ limit: MOST_RUNS }) ?? [];
  const earlier = history.filter(({ id }) => !training.some((run) => run.id === id));
  const all = [...training, ...earlier].filter(({ energyJoules }) => energyJoules > 0);
  if (all.length === 0) throw new Error(t('there is no run yet to compare. Start one with “Run Training…”.'));
  return pickRun(all, t('Compare Locations: which run?'));
}
