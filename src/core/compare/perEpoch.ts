import { epochUses } from '../runs/epochUse.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';

/** What a run used and emitted, for all of it or for each epoch. */
export interface Figures {
  readonly energyJoules: number;
  readonly emissionsGrams: number;
  readonly durationSeconds: number;
}

/**
 * The mean of a run's epochs, without what came before the first. Of a run that recorded no epochs each for itself, as
 * older and imported ones, all of it by the epochs that it finished. Null where it finished none.
 */
export function perEpoch(run: RunSnapshot): Figures | null {
  const uses = run.epochs?.unit === 'epoch' ? epochUses(run) : null;
  const epochs = uses?.at(-1)?.to ?? run.progress.epochsCompleted;
  if (epochs <= 0) return null;
  const mean = (figure: keyof Figures) =>
    (uses ? uses.reduce((sum, use) => sum + use[figure], 0) : run[figure]) / epochs;
  return {
    energyJoules: mean('energyJoules'),
    emissionsGrams: mean('emissionsGrams'),
    durationSeconds: mean('durationSeconds'),
  };
}
