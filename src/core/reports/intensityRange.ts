import { t } from '../../language.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';

/** The intensities by which a run was counted, in gCO2e/kWh. */
export interface IntensityRange {
  /** By energy. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** @returns null for a run that has used nothing, or has not recorded it */
export function intensityRange({
  intensitySegments = [],
}: Pick<RunSnapshot, 'intensitySegments'>): IntensityRange | null {
  const used = intensitySegments.filter(({ energyJoules }) => energyJoules > 0);
  if (used.length === 0) return null;
  const grams = used.map(({ gramsPerKwh }) => gramsPerKwh);
  const facility = used.reduce((sum, { energyJoules, pue }) => sum + energyJoules * pue, 0);
  const weighted = used.reduce((sum, each) => sum + each.gramsPerKwh * each.energyJoules * each.pue, 0);
  return { mean: weighted / facility, low: Math.min(...grams), high: Math.max(...grams) };
}

/** `121 gCO2e/kWh (109 to 133)`. @param relativeError half the 80 % interval */
export function intensityWithRange(gramsPerKwh: number, relativeError: number): string {
  const low = Math.round(gramsPerKwh * (1 - relativeError));
  const high = Math.round(gramsPerKwh * (1 + relativeError));
  const mean = `${Math.round(gramsPerKwh)} gCO2e/kWh`;
  return low === high ? mean : t('{0} ({1} to {2})', mean, low, high);
}
