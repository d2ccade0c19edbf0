import { FORECAST_ERROR, type Ahead } from '../carbon/ahead.ts';
import type { CarbonContext, Intensity } from '../carbon/intensity.ts';
import type { IntensityPoint } from '../carbon/source.ts';
import { columns } from './columns.ts';
import { formatTime } from './format.ts';
import { intensityWithRange } from './intensityRange.ts';

/** A day, since that is how far most forecasts reach. */
export const AHEAD_HOURS = 24;

/** What the command line tells of the grid. */
export interface IntensityReport {
  readonly carbon: CarbonContext;
  /** Why there is no marginal figure although it is wanted. */
  readonly marginalProblem: string | null;
  /** The mean of the next `AHEAD_HOURS`, with its 80 % interval and what it goes by. */
  readonly ahead: Ahead;
  /** Null where it was not asked for. */
  readonly forecast: readonly IntensityPoint[] | null;
}

/** For a terminal. */
export function textIntensity({ carbon, marginalProblem, ahead, forecast }: IntensityReport): string {
  const { intensity, marginal, pue, pueSource } = carbon;
  const lines = [
    ...figureLines(intensity),
    `  next ${AHEAD_HOURS} h ${intensityWithRange(ahead.gramsPerKwh, ahead.relativeError)}, by ${BASIS[ahead.basis]}`,
    `  PUE       ${pue} (${pueSource})`,
    ...(marginal ? ['Marginal, which is counted apart:', ...figureLines(marginal)] : []),
    ...(marginalProblem ? [`  marginal  none. ${marginalProblem}`] : []),
  ];
  return `${lines.join('\n')}\n${forecast ? `\n${forecastText(forecast)}` : ''}`;
}

const BASIS: Readonly<Record<Ahead['basis'], string>> = {
  forecast: 'forecast',
  'daily shape': 'the typical day',
  'present value': 'the figure of now',
};

function figureLines({ gramsPerKwh, place, source, live, fallback, fix }: Intensity): string[] {
  return [
    `${place}: ${Math.round(gramsPerKwh)} gCO2e/kWh`,
    `  source    ${source}${live ? ` (${live.attribution})` : ''}`,
    ...(live ? [`  told for  ${formatTime(live.fromMillis)} to ${formatTime(live.toMillis)}`] : []),
    ...(fallback ? [`  note      ${fallback}`] : []),
    ...(fix ? [`  to do     ${fix}`] : []),
  ];
}

function forecastText(forecast: readonly IntensityPoint[]): string {
  if (forecast.length === 0) return 'No forecast is known for this place.\n';
  const rows = forecast.map((point) => [
    formatTime(point.fromMillis),
    formatTime(point.toMillis),
    String(Math.round(point.gramsPerKwh)),
    rangeText(point),
    point.quality,
  ]);
  return columns([['from', 'to', 'gCO2e/kWh', '80 % range', 'how known'], ...rows]);
}

/** Of a measured figure nobody tells one. */
function rangeText({ quality, gramsPerKwh }: IntensityPoint): string {
  if (quality !== 'forecast') return '';
  const [low, high] = [1 - FORECAST_ERROR, 1 + FORECAST_ERROR].map((times) =>
    Math.round(gramsPerKwh * times),
  );
  return `${low} to ${high}`;
}

/** One intensity as JSON. Times are ISO 8601 in UTC; what is unknown is null. */
interface FigureJson {
  readonly gramsPerKwh: number;
  readonly kind: 'average' | 'marginal';
  readonly place: string;
  readonly source: string;
  readonly isGuess: boolean;
  readonly zone: string | null;
  readonly quality: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly attribution: string | null;
  readonly fallback: string | null;
}

/** The grid as JSON, version 1. Fields may be added within a version; none changes its meaning. */
export interface IntensityJson {
  readonly schema: 'training-footprint/intensity';
  readonly version: 1;
  readonly average: FigureJson;
  /** Null where nobody tells it. */
  readonly marginal: FigureJson | null;
  /** Why nobody does, although it is wanted. */
  readonly marginalProblem: string | null;
  readonly pue: number;
  readonly pueSource: string;
  /** The mean of the coming hours, with half its 80 % interval relative to it. */
  readonly ahead: Ahead & { readonly hours: number };
  /** Null where it was not asked for. */
  readonly forecast:
    | readonly {
        readonly from: string;
        readonly to: string;
        readonly gramsPerKwh: number;
        readonly quality: string;
      }[]
    | null;
}

export function intensityJson({ carbon, marginalProblem, ahead, forecast }: IntensityReport): IntensityJson {
  const { intensity, marginal, pue, pueSource } = carbon;
  return {
    schema: 'training-footprint/intensity',
    version: 1,
    average: figureJson(intensity),
    marginal: marginal ? figureJson(marginal) : null,
    marginalProblem,
    ...{ pue, pueSource },
    ahead: { hours: AHEAD_HOURS, ...ahead },
    forecast:
      forecast?.map(({ fromMillis, toMillis, gramsPerKwh, quality }) => ({
        ...{ from: iso(fromMillis), to: iso(toMillis), gramsPerKwh, quality },
      })) ?? null,
  };
}

function figureJson({ gramsPerKwh, place, source, isGuess, live, fallback }: Intensity): FigureJson {
  return {
    ...{ gramsPerKwh, kind: live?.kind ?? 'average', place, source, isGuess },
    zone: live?.zone ?? null,
    quality: live?.quality ?? null,
    from: live ? iso(live.fromMillis) : null,
    to: live ? iso(live.toMillis) : null,
    attribution: live?.attribution ?? null,
    fallback: fallback ?? null,
  };
}

function iso(millis: number): string {
  return new Date(millis).toISOString();
}
