import type { SourceChoice } from '../carbon/choice.ts';
import type { GreenerStart, Shiftable, Start } from '../carbon/greenerStart.ts';
import { greenerStart, isWorthMentioning } from '../carbon/greenerStart.ts';
import type { CarbonContext } from '../carbon/intensity.ts';
import type { IntensityPoint } from '../carbon/source.ts';
import { formatDuration, formatEnergy, formatGrams, formatPercent } from './format.ts';
import { intensityWithRange } from './intensityRange.ts';
import { formatWhen } from './when.ts';

/** What would bring a forecast where there is none. */
export type ForecastFix = 'allowNetwork' | 'chooseSource' | 'setLocation' | 'refresh' | 'changeLength';

/** Why no time can be recommended, and what to do. */
export interface NoForecast {
  readonly text: string;
  readonly fixes: readonly ForecastFix[];
}

export interface ForecastState {
  readonly source: SourceChoice;
  /** Whether the user allowed requests. */
  readonly allowNetwork: boolean;
  /** Of the place, that only waits for the user to allow requests; see `CarbonService.betterSource`. */
  readonly betterSource: string | null;
  readonly carbon: CarbonContext;
  readonly forecast: readonly IntensityPoint[];
  /** Of marginal intensity; empty where nobody tells it. */
  readonly marginalForecast: readonly IntensityPoint[];
  readonly nowMillis: number;
}

/** Points that end sooner than this tell of now rather than of a time to come. */
const LEAST_AHEAD_MILLIS = 2 * 3_600_000;

/** @returns null where there is a forecast, however short */
export function noForecast(state: ForecastState): NoForecast | null {
  const { source, allowNetwork, betterSource, carbon } = state;
  const { intensity } = carbon;
  if (source === 'constant')
    return {
      text: 'Your constant intensity holds at all times, so that no time is greener.',
      fixes: ['chooseSource'],
    };
  if (reachMillis(state) >= LEAST_AHEAD_MILLIS) return null;
  if (source === 'offline')
    return {
      text: 'The carbon source is set to offline, and yearly averages tell nothing of the hours to come. Choose a source with a forecast.',
      fixes: ['chooseSource'],
    };
  if (!allowNetwork && (betterSource !== null || (source !== 'auto' && source !== 'csv')))
    return {
      text: `A forecast has to be asked for over the network, which you have not allowed yet${betterSource ? `: ${betterSource} has one for ${intensity.place}` : ''}.`,
      fixes: ['allowNetwork', 'chooseSource'],
    };
  if (intensity.fallback) return { text: intensity.fallback, fixes: ['refresh', 'chooseSource'] };
  if (intensity.live)
    return {
      text: `The source in use (${intensity.source}) tells no forecast for ${intensity.place}. Choose one that does.`,
      fixes: ['chooseSource', 'setLocation'],
    };
  return {
    text: `No free source has a forecast for ${intensity.place}. Set where this machine is if that is wrong, or choose a source: Electricity Maps takes a key, and a CSV file may hold a forecast of your own.`,
    fixes: ['setLocation', 'chooseSource'],
  };
}

function reachMillis({ forecast, nowMillis }: ForecastState): number {
  return (forecast.at(-1)?.toMillis ?? nowMillis) - nowMillis;
}

/** Why a run that is longer than the forecast gets no recommendation. */
export function tooLong(run: Shiftable, forecast: readonly IntensityPoint[], nowMillis: number): NoForecast {
  const reach = Math.max(0, ((forecast.at(-1)?.toMillis ?? nowMillis) - nowMillis) / 1000);
  return {
    text: `The forecast reaches ${formatDuration(reach)} ahead without a gap for ${formatDuration(run.durationSeconds)}: no start within it can be recommended.`,
    fixes: ['changeLength', 'chooseSource'],
  };
}

/** The recommendation in words, the most important first. */
export interface GreenerWords {
  /** One sentence: what to do. */
  readonly headline: string;
  readonly details: readonly string[];
  /** Whether waiting saves enough to be recommended. */
  readonly isWorth: boolean;
}

export interface WordsOptions {
  readonly nowMillis: number;
  /** The run is under way: it would pause and go on, rather than start. */
  readonly isTraining: boolean;
  /** It does so already. */
  readonly isPaused: boolean;
  /** What saves less of the grams is not worth the wait. */
  readonly leastSavedShare: number;
}

/** The advice for one run. */
export function greenerWords(
  run: Shiftable,
  found: GreenerStart,
  carbon: CarbonContext,
  options: WordsOptions,
): GreenerWords {
  const { nowMillis, isTraining, leastSavedShare } = options;
  const { best, now, savedShare } = found;
  const isWorth = isWorthMentioning(found, leastSavedShare);
  const when = formatWhen(best.startMillis, nowMillis);
  return {
    isWorth,
    headline: headline(found, when, isWorth, options),
    details: [
      savedShare === null || !now
        ? `The grid then emits ${meanText(best)} over the run. The forecast says nothing of a run that starts now.`
        : `Over the run the grid then emits ${meanText(best)} on average, ${meanText(now)} for one that ${isTraining ? 'goes on' : 'starts'} now.`,
      ...energyText(run, found, carbon),
      `It would be over ${formatWhen(best.endMillis, nowMillis)}.`,
    ],
  };
}

function headline(
  { best, now, savedShare }: GreenerStart,
  when: string,
  isWorth: boolean,
  { isTraining, isPaused }: WordsOptions,
): string {
  const saved = formatPercent(savedShare ?? 0);
  if (isWorth && isTraining)
    return `${isPaused ? 'Go on' : 'Pause now and go on'} ${when}: what is left then emits ${saved} less than now.`;
  if (isWorth) return `Start ${when}: the run then emits ${saved} less than now.`;
  if (!now) return `The greenest start is ${when}.`;
  if (best.startMillis === now.startMillis || Math.round((savedShare ?? 0) * 100) === 0)
    return 'Now is as good as any time that is forecast.';
  return `Now is nearly as good as any time: the best, ${when}, would save ${saved}.`;
}

function energyText(
  { energyJoules }: Shiftable,
  { best, now }: GreenerStart,
  { pue }: CarbonContext,
): string[] {
  const grams = best.emissionsGrams;
  if (energyJoules === null || grams === null) return [];
  const energy = `${formatEnergy(energyJoules)}${pue === 1 ? '' : `, times a PUE of ${pue},`}`;
  if (!now || now.emissionsGrams === null || best.startMillis === now.startMillis)
    return [`For ${energy} that is ${formatGrams(grams)} CO2e.`];
  const saved = formatGrams(now.emissionsGrams - grams, now.emissionsGrams);
  return [
    `For ${energy} that is ${formatGrams(grams, now.emissionsGrams)} of CO2e instead of ${formatGrams(now.emissionsGrams)}: ${saved} saved.`,
  ];
}

/**
 * What marginal intensity says to the same question, since waiting changes which plants answer to the load. The two are
 * told apart: the advice goes by the average, as emissions are counted.
 *
 * @returns null where it is not known for the run
 */
export function marginalAdvice(
  run: Shiftable,
  { carbon, marginalForecast, nowMillis }: ForecastState,
): string | null {
  const found = greenerStart(run, marginalForecast, carbon.pue, nowMillis);
  if (!found) return null;
  const saved = found.savedShare ? `, with ${formatPercent(found.savedShare)} less` : '';
  const when = formatWhen(found.best.startMillis, nowMillis);
  return `By marginal intensity, that of the plants which answer to more load, the best time is ${found.best.startMillis === found.now?.startMillis ? 'now' : when}${saved}.`;
}

/** `121 gCO2e/kWh (109 to 133)`, the 80 % interval. */
function meanText({ intensity: { gramsPerKwh, relativeError } }: Start): string {
  return intensityWithRange(gramsPerKwh, relativeError);
}

/** One line for a run under way: `Pausing until tomorrow at 02:30 would save 38 % of what is left (89 g CO2e).` */
export function greenerOfferText(
  { best, now, savedShare }: GreenerStart,
  nowMillis: number,
  isPaused: boolean,
): string {
  const grams =
    now && now.emissionsGrams !== null && best.emissionsGrams !== null
      ? ` (${formatGrams(now.emissionsGrams - best.emissionsGrams)} CO2e)`
      : '';
  const when = formatWhen(best.startMillis, nowMillis);
  return `${isPaused ? `Going on ${when}` : `Pausing until ${when.replace(/^on /, '')}`} would save ${formatPercent(savedShare ?? 0)} of what is still to be emitted${grams}.`;
}

/** Whose forecast it is, how far it reaches and how sure it is. */
export function forecastSource(
  { intensity }: CarbonContext,
  forecast: readonly IntensityPoint[],
  nowMillis: number,
): string {
  const until = forecast.at(-1)?.toMillis ?? nowMillis;
  const name = intensity.source.replace(/, (measured|estimated|forecast|last known)$/, '');
  const licence = intensity.live ? ` (${intensity.live.attribution})` : '';
  return `Forecast by ${name}${licence} for ${intensity.place}, until ${formatWhen(until, nowMillis).replace(/^on /, '')}. Ranges are 80\u00a0% intervals.`;
}
