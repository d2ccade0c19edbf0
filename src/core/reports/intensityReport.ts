import type { CarbonContext, Intensity } from '../carbon/intensity.ts';
import type { IntensityPoint } from '../carbon/source.ts';
import { columns } from './columns.ts';
import { formatTime } from './format.ts';

/** What the command line tells of the grid. */
export interface IntensityReport {
  readonly carbon: CarbonContext;
  /** Why there is no marginal figure although it is wanted. */
  readonly marginalProblem: string | null;
  /** Null where it was not asked for. */
  readonly forecast: readonly IntensityPoint[] | null;
}

/** For a terminal. */
export function textIntensity({ carbon, marginalProblem, forecast }: IntensityReport): string {
  const { intensity, marginal, pue, pueSource } = carbon;
  const lines = [
    ...figureLines(intensity),
    `  PUE       ${pue} (${pueSource})`,
    ...(marginal ? ['Marginal, which is counted apart:', ...figureLines(marginal)] : []),
    ...(marginalProblem ? [`  marginal  none. ${marginalProblem}`] : []),
  ];
  return `${lines.join('\n')}\n${forecast ? `\n${forecastText(forecast)}` : ''}`;
}

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
  const rows = forecast.map(({ fromMillis, toMillis, gramsPerKwh, quality }) => [
    formatTime(fromMillis),
    formatTime(toMillis),
    String(Math.round(gramsPerKwh)),
    quality,
  ]);
  return columns([['from', 'to', 'gCO2e/kWh', 'how known'], ...rows]);
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

export function intensityJson({ carbon, marginalProblem, forecast }: IntensityReport): IntensityJson {
  const { intensity, marginal, pue, pueSource } = carbon;
  return {
    schema: 'training-footprint/intensity',
    version: 1,
    average: figureJson(intensity),
    marginal: marginal ? figureJson(marginal) : null,
    marginalProblem,
    ...{ pue, pueSource },
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
