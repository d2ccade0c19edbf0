import type { EpochEnd, EpochRecord } from '../../runs/epochs.ts';
import type { StandardLog } from './standardLog.ts';

/** As many as a run keeps that is recorded here (runs/epochs.ts). */
const MOST_ENDS = 256;

/** What each epoch used, with PUE as in the total; null where the log does not tell it of each. */
export function epochRecord(
  { epochs, components, pue }: StandardLog,
  startedAtMillis: number,
): EpochRecord | null {
  if (epochs.length === 0 || components.some(({ epochJoules }) => epochJoules === null)) return null;
  let energyJoules = 0;
  let activeSeconds = 0;
  const ends = epochs.map(({ durationSeconds, endMillis }, index): EpochEnd => {
    const joules = components.reduce((sum, { epochJoules }) => sum + (epochJoules?.[index] ?? 0), 0);
    energyJoules += joules * (pue ?? 1);
    activeSeconds += durationSeconds;
    const atSeconds = Math.max(activeSeconds, (endMillis - startedAtMillis) / 1000);
    return { done: index + 1, energyJoules, activeSeconds, atSeconds };
  });
  const each = Math.ceil(ends.length / MOST_ENDS);
  return {
    unit: 'epoch',
    start: { done: 0, energyJoules: 0, activeSeconds: 0, atSeconds: 0 },
    ends: ends.filter(({ done }) => done % each === 0 || done === ends.length),
  };
}
