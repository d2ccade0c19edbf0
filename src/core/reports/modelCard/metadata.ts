import { inEnglish, t } from '../../../language.ts';
import type { RunSnapshot } from '../../runs/snapshot.ts';
import { formatPercent } from '../format.ts';
import { hardwareText } from '../hardware.ts';
import { oneLine } from '../safeText.ts';
import { howRunKnown, intensityRangeText } from '../words.ts';
import { CardError } from './cardError.ts';

/** How a model may have been trained, as Hugging Face names it. */
export const TRAINING_TYPES = ['pre-training', 'fine-tuning'] as const;

export type TrainingType = (typeof TRAINING_TYPES)[number];

/**
 * `co2_eq_emissions` of a model card (Hugging Face Hub documentation, “Displaying carbon emissions for your model”),
 * with its names. What is null is unknown and stays as the card has it.
 */
export interface CardMetadata {
  /** Grams of CO2 equivalent. */
  readonly emissions: number;
  readonly source: string;
  readonly training_type: TrainingType | null;
  readonly geographical_location: string | null;
  readonly hardware_used: string | null;
}

/** More digits than these would say more than is known: engineering judgement. */
const DIGITS = 4;

/** In English. @throws CardError for a run that goes on */
export function cardMetadata(run: RunSnapshot, trainingType: TrainingType | null): CardMetadata {
  if (run.state === 'running')
    throw new CardError(t('this run has not ended: its emissions are not known yet. Wait for its end.'));
  return inEnglish(() => metadataOf(run, trainingType));
}

function metadataOf(run: RunSnapshot, trainingType: TrainingType | null): CardMetadata {
  const { place } = run.carbon.intensity;
  const hardware = hardwareText(run);
  return {
    emissions: Number(run.emissionsGrams.toPrecision(DIGITS)),
    source: sourceText(run),
    training_type: trainingType,
    geographical_location: isWorld(place) ? null : oneLine(place),
    hardware_used: hardware === null ? null : oneLine(hardware),
  };
}

/** Who says so, how the energy is known, and by which intensity and PUE it was counted. */
function sourceText(run: RunSnapshot): string {
  const { intensity, pue } = run.carbon;
  const error = run.uncertainty === null ? '' : `, ±${formatPercent(run.uncertainty)}`;
  const grid = `${intensityRangeText(run) ?? `${Math.round(intensity.gramsPerKwh)} gCO2e/kWh`}, ${intensity.source}`;
  return oneLine(`Training Footprint (energy ${howRunKnown(run)}${error}; ${grid}; PUE ${pue})`);
}

/** The average of the world, which stands for a place that is not known. */
function isWorld(place: string): boolean {
  return place.startsWith('world average');
}
