import type { Progress } from './event.ts';

/** Epochs this run has done, with the share of the one in progress where steps are seen; null while unknown. */
export function epochsDone(progress: Progress): number | null {
  const { epoch, epochsBefore, epochsCompleted, step, totalSteps } = progress;
  if (epochsBefore === null || (epoch === null && step === null)) return null;
  if (step === null || !totalSteps) return epochsCompleted;
  return epochsCompleted + Math.min(1, step / totalSteps);
}

/** Epochs this run has to do in all, those of an earlier run left out; null while unknown. */
export function epochsToDo(progress: Progress): number | null {
  const { totalEpochs, epochsBefore } = progress;
  return totalEpochs === null || epochsBefore === null ? null : Math.max(0, totalEpochs - epochsBefore);
}

/** Share of the run that is done, 0 to 1; null while unknown. */
export function progressFraction(progress: Progress): number | null {
  const done = epochsDone(progress);
  const toDo = epochsToDo(progress);
  return done === null || !toDo ? null : Math.min(1, done / toDo);
}
