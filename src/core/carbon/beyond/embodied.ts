import { t } from '../../../language.ts';

const SECONDS_PER_YEAR = 365.25 * 86_400;

/**
 * What making the hardware emitted, and how its life is shared. The user's inputs: hardware differs so much that a
 * default would be an invention. Makers tell them as product carbon footprints; Boavizta has estimates.
 */
export interface EmbodiedInputs {
  /** kgCO2e of making and shipping the machine (SCI's TE). */
  readonly machineKilograms: number;
  /** Years it is used (SCI's EL); 4 is usual for servers (Cloud Carbon Footprint; Green Software Foundation, SCI). */
  readonly lifetimeYears: number;
  /** Part of its life in which it is in use, 0 to 1, since idle years have to be shared by the busy ones; 1 without a better figure. */
  readonly usedShare: number;
}

/**
 * SCI's M (ISO/IEC 21031:2024, 5.4): the machine's embodied emissions times the part of its life and of its resources
 * that the run had.
 *
 * @param resourceShare of the machine, 0 to 1, for which a run's share of the energy may stand
 */
export function embodiedGrams(
  inputs: EmbodiedInputs,
  durationSeconds: number,
  resourceShare: number,
): number {
  const { machineKilograms, lifetimeYears, usedShare } = inputs;
  const timeShare = durationSeconds / (lifetimeYears * SECONDS_PER_YEAR * usedShare);
  return machineKilograms * 1000 * timeShare * resourceShare;
}

/** @returns one sentence on what is wrong with the inputs; null where they are right */
export function embodiedProblem({
  machineKilograms,
  lifetimeYears,
  usedShare,
}: EmbodiedInputs): string | null {
  if (!(machineKilograms > 0 && machineKilograms < 1e6))
    return t('The embodied emissions must be above 0 kg.');
  if (!(lifetimeYears > 0 && lifetimeYears <= 50))
    return t('The lifetime must be above 0 and at most 50 years.');
  if (!(usedShare > 0 && usedShare <= 1))
    return t('The part of its life in use must be above 0 and at most 1.');
  return null;
}
