import type { Progress } from './event.ts';

/** The unit in which a run's work is counted. */
export type WorkUnit = 'epoch' | 'step';

/**
 * Epochs where the run has them, else steps of the run, or hundredths of it where the output shows nothing but a
 * percentage, which count as steps; null while nothing is known. It may change from steps to
 * epochs once, when the output first shows that its bar was that of an epoch.
 */
export function workUnit(progress: Progress): WorkUnit | null {
  if (progress.stepsOf === 'run') return 'step';
  return progress.epoch === null && progress.step === null ? null : 'epoch';
}

/**
 * What this run has done in its own unit: epochs with the share of the one in progress where steps are seen, or steps
 * of the run. What an earlier run had done is left out. Null while unknown.
 */
export function workDone(progress: Progress): number | null {
  switch (workUnit(progress)) {
    case 'step':
      return stepsDone(progress);
    case 'epoch':
      return epochsDone(progress);
    case null:
      return null;
  }
}

/** What this run has to do in all, in its own unit, what an earlier run had done left out; null while unknown. */
export function workToDo(progress: Progress): number | null {
  const { totalEpochs, epochsBefore, totalSteps, stepsBefore } = progress;
  switch (workUnit(progress)) {
    case 'step':
      if (progress.step === null && progress.percent !== null) return 100;
      return totalSteps === null ? null : Math.max(0, totalSteps - stepsBefore);
    case 'epoch':
    case null:
      return totalEpochs === null || epochsBefore === null ? null : Math.max(0, totalEpochs - epochsBefore);
  }
}

/** Share of the run that is done, 0 to 1; null while unknown. */
export function progressFraction(progress: Progress): number | null {
  const done = workDone(progress);
  const toDo = workToDo(progress);
  return done === null || !toDo ? null : Math.min(1, done / toDo);
}

function stepsDone({ step, stepsBefore, stepsInEarlierStages, percent }: Progress): number | null {
  if (step === null) return percent;
  return Math.max(0, step - stepsBefore) + (stepsInEarlierStages ?? 0);
}

function epochsDone({ epochsBefore, epochsCompleted, step, totalSteps, percent }: Progress): number | null {
  if (epochsBefore === null) return null;
  if (step === null || !totalSteps) return epochsCompleted + (percent ?? 0) / 100;
  return epochsCompleted + Math.min(1, step / totalSteps);
}
