import { workUnit } from '../progress/fraction.ts';
import type { KnownTotals } from '../progress/totals.ts';
import type { RunSnapshot } from './snapshot.ts';

/** How much there will be, guessed by the latest finished run of the same command. */
export function totalsFromRuns(finished: readonly RunSnapshot[]): KnownTotals {
  const progress = finished.find(({ progress }) => workUnit(progress) !== null)?.progress;
  if (!progress) return {};
  if (workUnit(progress) === 'step') {
    const steps = progress.totalSteps ?? progress.step;
    return steps ? { totalSteps: steps, totalStepsSource: 'history' } : {};
  }
  const epochs = progress.epochsCompleted + (progress.epochsBefore ?? 0);
  return epochs > 0 ? { totalEpochs: epochs, totalSource: 'history' } : {};
}
