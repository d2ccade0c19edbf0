import { t } from '../../language.ts';
import { embodiedGrams, type EmbodiedInputs } from '../carbon/beyond/embodied.ts';
import { equivalences, equivalenceText, type EquivalenceId } from '../carbon/beyond/equivalences.ts';
import { sciScore, type SciScore } from '../carbon/beyond/sci.ts';
import { waterLitres } from '../carbon/beyond/water.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import { formatGrams, formatPercent } from './format.ts';

/** What a report tells besides energy and emissions of the electricity. */
export interface BeyondWishes {
  /** Empty to hide them. */
  readonly equivalences: readonly EquivalenceId[];
  /** Null where the user gave no inputs: the share of the hardware is then left out. */
  readonly embodied: EmbodiedInputs | null;
  /** Litres a kWh of the machine; null to leave water out. */
  readonly wue: number | null;
}

export const NOTHING_BEYOND: BeyondWishes = { equivalences: [], embodied: null, wue: null };

/** Rows of a report's table, each with its name, inputs and sources in it. */
export function beyondRows(run: RunSnapshot, wishes: BeyondWishes): readonly (readonly [string, string])[] {
  return [
    ...hardwareRows(run, wishes.embodied),
    ...waterRows(run, wishes.wue),
    ...equivalenceRows(run, wishes),
  ];
}

/** The part of the machine that the run had is taken by its part of the energy. */
function hardwareRows(run: RunSnapshot, inputs: EmbodiedInputs | null): [string, string][] {
  const { machineEnergyJoules } = run;
  if (machineEnergyJoules === null) return [];
  const share = machineEnergyJoules > 0 ? run.energyJoules / machineEnergyJoules : 0;
  const grams = inputs && embodiedGrams(inputs, run.durationSeconds, share);
  if (inputs === null || grams === null) return [];
  const { machineKilograms, lifetimeYears, usedShare } = inputs;
  const text = t(
    '{0} CO2e: {1} of a machine of {2} kg CO2e over {3} years, in use for {4} of them. Not part of the emissions above',
    ...[formatGrams(grams), formatPercent(share), machineKilograms, lifetimeYears, formatPercent(usedShare)],
  );
  const epochs = { unit: 'epoch', units: run.progress.epochsCompleted } as const;
  const unit = epochs.units > 0 ? epochs : ({ unit: 'run', units: 1 } as const);
  const score = sciScore({ operationalGrams: run.emissionsGrams, embodiedGrams: grams, ...unit });
  return [
    [t('Share of the hardware'), text],
    ...(score ? [['SCI', scoreText(score)] as [string, string]] : []),
  ];
}

function scoreText({ gramsPerUnit, unit }: SciScore): string {
  const grams = formatGrams(gramsPerUnit);
  return unit === 'epoch'
    ? t('{0} CO2e per epoch (ISO/IEC 21031)', grams)
    : t('{0} CO2e per run (ISO/IEC 21031)', grams);
}

function waterRows(run: RunSnapshot, wue: number | null): [string, string][] {
  if (wue === null) return [];
  const litres = Number(waterLitres(run.energyJoules, wue).toPrecision(3));
  return [[t('Water for cooling'), t('{0} l, by {1} l/kWh (WUE, ISO/IEC 30134-9)', litres, wue)]];
}

function equivalenceRows(run: RunSnapshot, { equivalences: chosen }: BeyondWishes): [string, string][] {
  const facilityJoules = run.energyJoules * run.carbon.pue;
  return equivalences(run.emissionsGrams, facilityJoules, chosen).map((each, index) => [
    index === 0 ? t('As much as') : '',
    `${equivalenceText(each)}, ${each.source}`,
  ]);
}
