import { HOUR_MILLIS, type IntensityPoint } from './source.ts';

/** What an hour to come is taken to be by, from best to worst. */
export type AheadBasis = 'forecast' | 'daily shape' | 'present value';

/** The mean intensity of a time to come, with half its 80 % interval relative to it. */
export interface Ahead {
  readonly gramsPerKwh: number;
  readonly relativeError: number;
  /** The worst of those that were needed. */
  readonly basis: AheadBasis;
}

/**
 * Half the 80 % interval of a run's mean intensity by a day-ahead forecast. Errors of such forecasts are about 5 to 15 %
 * an hour (Maji et al. 2022, CarbonCast, table 2: mean of 13 regions 9.8 % over four days), and hours partly make up
 * for each other. Engineering judgement.
 */
export const FORECAST_ERROR = 0.1;

/** By a typical day, at least. Engineering judgement. */
const LEAST_SHAPE_ERROR = 0.15;

/** By the present value or a year's mean: the usual swing over a day. Engineering judgement. */
const PRESENT_ERROR = 0.3;

/** Of the normal distribution, for 80 %. */
const NORMAL80 = 1.282;

/** Hours of the day that must be there for its shape. */
const LEAST_HOURS = 20;

/** A typical day: what each hour, in UTC, was in the last days. Clock changes move it by an hour for a week. */
export class DailyShape {
  readonly #hours: readonly (number | null)[];
  readonly relativeError: number;

  private constructor(hours: readonly (number | null)[], relativeError: number) {
    this.#hours = hours;
    this.relativeError = relativeError;
  }

  /** @returns null where the past tells too little of a day */
  static of(past: readonly IntensityPoint[]): DailyShape | null {
    const byHour = Array.from({ length: 24 }, () => ({ sum: 0, squares: 0, weight: 0 }));
    for (const { fromMillis, toMillis, gramsPerKwh } of past) {
      for (let from = fromMillis; from < toMillis;) {
        const to = Math.min(toMillis, (Math.floor(from / HOUR_MILLIS) + 1) * HOUR_MILLIS);
        const hour = byHour[new Date(from).getUTCHours()];
        const weight = (to - from) / HOUR_MILLIS;
        if (hour) {
          hour.sum += gramsPerKwh * weight;
          hour.squares += gramsPerKwh ** 2 * weight;
          hour.weight += weight;
        }
        from = to;
      }
    }
    const known = byHour.filter(({ weight }) => weight > 0);
    if (known.length < LEAST_HOURS) return null;
    const means = byHour.map(({ sum, weight }) => (weight > 0 ? sum / weight : null));
    const mean = known.reduce((total, { sum, weight }) => total + sum / weight, 0) / known.length;
    const variance =
      known.reduce(
        (total, { sum, squares, weight }) => total + Math.max(0, squares / weight - (sum / weight) ** 2),
        0,
      ) / known.length;
    const spread = mean > 0 ? (NORMAL80 * Math.sqrt(variance)) / mean : 0;
    return new DailyShape(means, Math.min(Math.max(spread, LEAST_SHAPE_ERROR), PRESENT_ERROR));
  }

  at(millis: number): number | null {
    return this.#hours[new Date(millis).getUTCHours()] ?? null;
  }
}

export interface AheadKnowledge {
  /** Of the interval, with gaps where there is none. */
  readonly forecast: readonly IntensityPoint[];
  readonly shape: DailyShape | null;
  /** gCO2e/kWh now. */
  readonly present: number;
  /** Whether `present` holds at all times by the user's word. */
  readonly isConstant: boolean;
}

/** The mean over an interval: forecast where there is one, else the typical day, else the present value. */
export function lookAhead(fromMillis: number, toMillis: number, known: AheadKnowledge): Ahead {
  const end = Math.max(toMillis, fromMillis + 1);
  const parts = { forecast: 0, 'daily shape': 0, 'present value': 0 };
  let sum = 0;
  const take = (basis: AheadBasis, gramsPerKwh: number, millis: number) => {
    parts[basis] += millis;
    sum += gramsPerKwh * millis;
  };
  let at = fromMillis;
  for (const point of known.forecast) {
    fillGap(at, Math.min(point.fromMillis, end), known, take);
    const from = Math.max(at, point.fromMillis);
    const to = Math.min(point.toMillis, end);
    if (to > from) take('forecast', point.gramsPerKwh, to - from);
    at = Math.max(at, to);
  }
  fillGap(at, end, known, take);
  const millis = end - fromMillis;
  const shapeError = known.shape?.relativeError ?? 0;
  const presentError = known.isConstant ? 0 : PRESENT_ERROR;
  const error =
    parts.forecast * FORECAST_ERROR +
    parts['daily shape'] * shapeError +
    parts['present value'] * presentError;
  const basis =
    parts['present value'] > 0 ? 'present value' : parts['daily shape'] > 0 ? 'daily shape' : 'forecast';
  return { gramsPerKwh: sum / millis, relativeError: error / millis, basis };
}

/** What lies further ahead than a week repeats itself by weeks as far as anybody knows. */
const LONGEST_STEPPED_HOURS = 7 * 24;

function fillGap(
  fromMillis: number,
  toMillis: number,
  { shape, present }: AheadKnowledge,
  take: (basis: AheadBasis, gramsPerKwh: number, millis: number) => void,
): void {
  if (toMillis <= fromMillis) return;
  if (!shape) return take('present value', present, toMillis - fromMillis);
  const stepped = Math.min(toMillis, fromMillis + LONGEST_STEPPED_HOURS * HOUR_MILLIS);
  let sum = 0;
  for (let from = fromMillis; from < stepped;) {
    const to = Math.min(stepped, (Math.floor(from / HOUR_MILLIS) + 1) * HOUR_MILLIS);
    const typical = shape.at(from);
    take(typical === null ? 'present value' : 'daily shape', typical ?? present, to - from);
    sum += (typical ?? present) * (to - from);
    from = to;
  }
  if (toMillis > stepped) take('daily shape', sum / (stepped - fromMillis), toMillis - stepped);
}
