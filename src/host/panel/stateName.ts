import type { RunState } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';

const NAMES: Readonly<Record<RunState, () => string>> = {
  running: () => t('running'),
  finished: () => t('finished'),
  failed: () => t('failed'),
  stopped: () => t('stopped'),
  interrupted: () => t('interrupted'),
};

/** `finished`: what became of a run, in one word. */
export function stateName(state: RunState): string {
  return NAMES[state]();
}
