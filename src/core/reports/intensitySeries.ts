import type { Stretch } from '../carbon/integrator.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';

/** An interval of the run, or of its time to come, in which one intensity holds. */
export interface IntensityStep {
  /** Seconds since the run started. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly gramsPerKwh: number;
  /** `forecast`: of the time to come. `provisional`: counted, but a better figure may still come. */
  readonly kind: 'counted' | 'provisional' | 'forecast';
}

/**
 * By which intensities the run's energy was counted, and those forecast for the time that it still takes.
 *
 * @param ahead what is known of that time; what nobody forecast for it is left out
 */
export function intensitySeries(run: RunSnapshot, ahead: readonly Stretch[] = []): readonly IntensityStep[] {
  const seconds = (millis: number) => Math.max(0, (millis - run.startedAtMillis) / 1000);
  const steps: IntensityStep[] = [];
  const add = (fromMillis: number, toMillis: number, gramsPerKwh: number, kind: IntensityStep['kind']) => {
    const step = { startSeconds: seconds(fromMillis), endSeconds: seconds(toMillis), gramsPerKwh, kind };
    const last = steps.at(-1);
    if (last?.gramsPerKwh === gramsPerKwh && last.kind === kind)
      steps[steps.length - 1] = { ...last, endSeconds: step.endSeconds };
    else if (step.endSeconds > step.startSeconds) steps.push(step);
  };
  for (const { fromMillis, toMillis, gramsPerKwh, isFinal } of run.intensitySegments ?? [])
    add(fromMillis, toMillis, gramsPerKwh, isFinal ? 'counted' : 'provisional');
  for (const { fromMillis, toMillis, gramsPerKwh, isTold } of ahead)
    if (isTold) add(fromMillis, toMillis, gramsPerKwh, 'forecast');
  return steps;
}
