import { t } from '../../language.ts';
import { gramsOf } from './facility.ts';
import places from './data/places.json' with { type: 'json' };
import { countryByCode, locate, machineTimeZone, type Place } from './place.ts';
import type { IntensityKind, PointQuality, SourceId } from './source.ts';

/** Emissions of each kilowatt-hour drawn, and where the figure comes from. */
export interface Intensity {
  /** gCO2e/kWh. */
  readonly gramsPerKwh: number;
  readonly place: string;
  /** For people: what it averages over and who says so. */
  readonly source: string;
  /** Not by the user's word: by the time zone, or the world's average for want of a place. */
  readonly isGuess: boolean;
  /** What would make it surer; null where nothing would. */
  readonly fix: string | null;
  /** What a live or own source told; missing for a yearly average. */
  readonly live?: LiveFigure;
  /** Why it is no better: one sentence; missing or null where there is no better one or it is in use. */
  readonly fallback?: string | null;
}

/** Whose figure it is and for when, so that its age can be told and it can be asked for again. */
export interface LiveFigure {
  readonly sourceId: SourceId;
  /** The source's own name of the part of the grid. */
  readonly zone: string;
  readonly kind: IntensityKind;
  readonly quality: PointQuality;
  /** The time it was told for, milliseconds since 1970. */
  readonly fromMillis: number;
  readonly toMillis: number;
  readonly attribution: string;
}

/** What makes a guess of the place exact. */
export function countryFix(): string {
  return t('Set your country (the setting “Training Footprint: Country”, or --country) to be exact.');
}

/**
 * The yearly average of the country's grid: Ember's newest year for it (2022 to 2024), as shipped with CO2.js. Where
 * the country or its figure is unknown, the world's average, which says so.
 */
export function yearlyAverage(place: Place): Intensity {
  const grams = place.country ? (countryByCode(place.country)?.gramsPerKwh ?? null) : null;
  const source = `yearly average, Ember through ${places.source}`;
  if (grams !== null) {
    const isGuess = place.basis !== 'setting';
    const name = isGuess ? `${place.name} (guessed from the ${place.basis})` : place.name;
    return { gramsPerKwh: grams, place: name, source, isGuess, fix: isGuess ? countryFix() : null };
  }
  const reason = place.country ? `no figure for ${place.name}` : 'place unknown';
  return {
    gramsPerKwh: places.worldGramsPerKwh,
    place: `world average (${reason})`,
    source,
    isGuess: true,
    fix: place.country ? null : countryFix(),
  };
}

/** What turns energy into emissions. Plain data, fixed for an interval and stored with the run. */
export interface CarbonContext {
  readonly intensity: Intensity;
  /** Power usage effectiveness: facility energy over the energy of the machine, 1 or more (ISO/IEC 30134-2). */
  readonly pue: number;
  readonly pueSource: string;
  /** What a little more load emits. It is counted beside and never added to the rest; missing where nobody tells it. */
  readonly marginal?: Intensity | null;
}

/** Grams of CO2 equivalent: facility energy in kWh times intensity, facility energy being PUE times the machine's. */
export function emissionsGrams(energyJoules: number, context: CarbonContext): number {
  return gramsOf(energyJoules, context.pue, context.intensity.gramsPerKwh);
}

/**
 * What holds on this machine.
 *
 * @param country ISO 3166-1 alpha-2 code, or empty to guess it
 * @param pue null for the default, 1: a computer outside a data centre
 */
export function carbonContext(country: string, pue: number | null): CarbonContext {
  const intensity = yearlyAverage(locate(country, machineTimeZone()));
  if (pue === null) return { intensity, pue: 1, pueSource: 'default outside a data centre' };
  return { intensity, pue, pueSource: 'your setting' };
}
