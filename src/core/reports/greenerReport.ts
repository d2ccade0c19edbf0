import { t } from '../../language.ts';
import type { SourceChoice } from '../carbon/choice.ts';
import type { GreenerStart, Shiftable, Start } from '../carbon/greenerStart.ts';
import { greenerStart, isWorthMentioning } from '../carbon/greenerStart.ts';
import type { CarbonContext } from '../carbon/intensity.ts';
import type { IntensityPoint } from '../carbon/source.ts';
import { formatDuration, formatEnergy, formatGrams, formatPercent } from './format.ts';
import { intensityWithRange } from './intensityRange.ts';
import { provenanceText } from './provenance.ts';
import { formatUntil, formatWhen } from './when.ts';

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
      text: t('Your constant intensity holds at all times, so that no time is greener.'),
      fixes: ['chooseSource'],
    };
  if (reachMillis(state) >= LEAST_AHEAD_MILLIS) return null;
  if (source === 'offline')
    return {
      text: t(
        'The carbon source is set to offline, and yearly averages tell nothing of the hours to come. Choose a source with a forecast.',
      ),
      fixes: ['chooseSource'],
    };
  if (!allowNetwork && (betterSource !== null || (source !== 'auto' && source !== 'csv')))
    return {
      text: notAllowed(betterSource, provenanceText(intensity.place)),
      fixes: ['allowNetwork', 'chooseSource'],
    };
  if (intensity.fallback) return { text: intensity.fallback, fixes: ['refresh', 'chooseSource'] };
  if (intensity.live)
    return {
      text: t(
        'The source in use ({0}) tells no forecast for {1}. Choose one that does.',
        ...[intensity.source, provenanceText(intensity.place)],
      ),
      fixes: ['chooseSource', 'setLocation'],
    };
  return {
    text: t(
      'No free source has a forecast for {0}. Set where this machine is if that is wrong, or choose a source: Electricity Maps takes a key, and a CSV file may hold a forecast of your own.',
      provenanceText(intensity.place),
    ),
    fixes: ['setLocation', 'chooseSource'],
  };
}

function notAllowed(betterSource: string | null, place: string): string {
  return betterSource
    ? t(
        'A forecast has to be asked for over the network, which you have not allowed yet: {0} has one for {1}.',
        ...[betterSource, place],
      )
    : t('A forecast has to be asked for over the network, which you have not allowed yet.');
}

function reachMillis({ forecast, nowMillis }: ForecastState): number {
  return (forecast.at(-1)?.toMillis ?? nowMillis) - nowMillis;
}

/** Why a run that is longer than the forecast gets no recommendation. */
export function tooLong(run: Shiftable, forecast: readonly IntensityPoint[], nowMillis: number): NoForecast {
  const reach = Math.max(0, ((forecast.at(-1)?.toMillis ?? nowMillis) - nowMillis) / 1000);
  return {
    text: t(
      'The forecast reaches {0} ahead without a gap for {1}: no start within it can be recommended.',
      ...[reach, run.durationSeconds].map(formatDuration),
    ),
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
  const { nowMillis, leastSavedShare } = options;
  const { best } = found;
  const isWorth = isWorthMentioning(found, leastSavedShare);
  const when = formatWhen(best.startMillis, nowMillis);
  return {
    isWorth,
    headline: headline(found, when, isWorth, options),
    details: [
      gridText(found, options),
      ...energyText(run, found, carbon),
      t('It would be over {0}.', formatWhen(best.endMillis, nowMillis)),
    ],
  };
}

function gridText({ best, now, savedShare }: GreenerStart, { isTraining }: WordsOptions): string {
  if (savedShare === null || !now)
    return t(
      'The grid then emits {0} over the run. The forecast says nothing of a run that starts now.',
      meanText(best),
    );
  const means = [best, now].map(meanText);
  return isTraining
    ? t('Over the run the grid then emits {0} on average, {1} for one that goes on now.', ...means)
    : t('Over the run the grid then emits {0} on average, {1} for one that starts now.', ...means);
}

function headline(
  { best, now, savedShare }: GreenerStart,
  when: string,
  isWorth: boolean,
  { isTraining, isPaused }: WordsOptions,
): string {
  const saved = formatPercent(savedShare ?? 0);
  if (isWorth && isTraining)
    return isPaused
      ? t('Go on {0}: what is left then emits {1} less than now.', when, saved)
      : t('Pause now and go on {0}: what is left then emits {1} less than now.', when, saved);
  if (isWorth) return t('Start {0}: the run then emits {1} less than now.', when, saved);
  if (!now) return t('The greenest start is {0}.', when);
  if (best.startMillis === now.startMillis || Math.round((savedShare ?? 0) * 100) === 0)
    return t('Now is as good as any time that is forecast.');
  return t('Now is nearly as good as any time: the best, {0}, would save {1}.', when, saved);
}

function energyText(
  { energyJoules }: Shiftable,
  { best, now }: GreenerStart,
  { pue }: CarbonContext,
): string[] {
  const grams = best.emissionsGrams;
  if (energyJoules === null || grams === null) return [];
  const ofMachine = formatEnergy(energyJoules);
  const energy = pue === 1 ? ofMachine : t('{0}, times a PUE of {1},', ofMachine, pue);
  if (!now || now.emissionsGrams === null || best.startMillis === now.startMillis)
    return [t('For {0} that is {1} CO2e.', energy, formatGrams(grams))];
  const gramsNow = now.emissionsGrams;
  const figures = [grams, gramsNow, gramsNow - grams].map((each) => formatGrams(each, gramsNow));
  return [t('For {0} that is {1} of CO2e instead of {2}: {3} saved.', energy, ...figures)];
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
  const { best, now, savedShare } = found;
  const when = best.startMillis === now?.startMillis ? t('now') : formatWhen(best.startMillis, nowMillis);
  return savedShare
    ? t(
        'By marginal intensity, that of the plants which answer to more load, the best time is {0}, with {1} less.',
        ...[when, formatPercent(savedShare)],
      )
    : t('By marginal intensity, that of the plants which answer to more load, the best time is {0}.', when);
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
  const saved = [formatPercent(savedShare ?? 0), grams];
  return isPaused
    ? t(
        'Going on {0} would save {1} of what is still to be emitted{2}.',
        ...[formatWhen(best.startMillis, nowMillis), ...saved],
      )
    : t(
        'Pausing until {0} would save {1} of what is still to be emitted{2}.',
        ...[formatUntil(best.startMillis, nowMillis), ...saved],
      );
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
  return t(
    'Forecast by {0} for {1}, until {2}. Ranges are 80\u00a0% intervals.',
    ...[`${name}${licence}`, provenanceText(intensity.place), formatUntil(until, nowMillis)],
  );
}
