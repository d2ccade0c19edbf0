import type { Projection } from './projection.ts';

/** What a run under way has still to do, by its projection. @returns null where nobody knows, or nothing is left */
export function restOf(run: {
  readonly state: string;
  readonly projection: Projection | null;
  readonly energyJoules: number;
}): { readonly durationSeconds: number; readonly energyJoules: number } | null {
  if (run.state !== 'running' || !run.projection) return null;
  const durationSeconds = run.projection.remainingSeconds.median;
  const energyJoules = Math.max(0, run.projection.totalEnergyJoules.median - run.energyJoules);
  return durationSeconds > 0 ? { durationSeconds, energyJoules } : null;
}
