/** What the score is told for. */
export type FunctionalUnit = 'run' | 'epoch' | 'sample';

export interface SciInputs {
  /** E times I: operational emissions by location-based intensity, grams. */
  readonly operationalGrams: number;
  /** M: null where the user gave no inputs for it; the score then says so. */
  readonly embodiedGrams: number | null;
  readonly unit: FunctionalUnit;
  /** R: how many units the run was. */
  readonly units: number;
}

export interface SciScore {
  readonly gramsPerUnit: number;
  readonly unit: FunctionalUnit;
  readonly isWithoutEmbodied: boolean;
}

/**
 * Software Carbon Intensity, (E × I + M) per R (ISO/IEC 21031:2024). Offsets and certificates have no place in it.
 *
 * @returns null where the run had no unit yet
 */
export function sciScore({ operationalGrams, embodiedGrams, unit, units }: SciInputs): SciScore | null {
  if (units <= 0) return null;
  const gramsPerUnit = (operationalGrams + (embodiedGrams ?? 0)) / units;
  return { gramsPerUnit, unit, isWithoutEmbodied: embodiedGrams === null };
}
