import { t } from '../../../language.ts';
import { CarbonError } from '../carbonError.ts';
import type { Fetcher } from '../fetcher.ts';
import { gramsOrNull, listIn, numberOrNull, unknownShape } from '../guards.ts';
import type { Place } from '../place.ts';
import {
  floorTo,
  HOUR_MILLIS,
  isoMinute,
  MINUTE_MILLIS,
  type IntensitySource,
  type Told,
} from '../source.ts';
import { pointsOf, type Mark } from './series.ts';

export const ENERGY_CHARTS_BASE = 'https://api.energy-charts.info';

const DAY = 24 * HOUR_MILLIS;
const FRESH_SECONDS = 1800;
const LONGEST_HISTORY_MILLIS = 14 * DAY;

/** The countries of the API's documentation that it has generation of. */
const COUNTRIES = new Set(
  'AT BA BE BG CH CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV ME MK NL NO PL PT RO RS SE SI SK'.split(' '),
);

/**
 * Most of Europe, country by country, every quarter of an hour, with a forecast to the end of the next day at most, no key.
 *
 * Contract: api.energy-charts.info (OpenAPI), `GET /co2eq?country=de&start=…&end=…`, as of 2026: three lists of one
 * length, `unix_seconds`, `co2eq` and `co2eq_forecast` with nulls where there is no figure, and `deprecated`. gCO2eq/kWh
 * of the electricity produced in the country, lifecycle. Fraunhofer ISE, CC BY 4.0.
 */
export class EnergyCharts implements IntensitySource {
  readonly id = 'energyCharts';
  readonly name = 'Energy-Charts';
  readonly kind = 'average';
  readonly attribution = 'Fraunhofer ISE (www.energy-charts.info), CC BY 4.0';
  readonly scope = 'lifecycle';
  readonly isOnline = true;
  readonly #fetcher: Fetcher;
  readonly #base: string;

  constructor(fetcher: Fetcher, base = ENERGY_CHARTS_BASE) {
    this.#fetcher = fetcher;
    this.#base = base;
  }

  zoneOf({ country }: Place): string | null {
    return country && COUNTRIES.has(country) ? country.toLowerCase() : null;
  }

  isForecastFinal(): boolean {
    return false;
  }

  current(zone: string): Promise<Told> {
    return this.#aroundNow(zone);
  }

  forecast(zone: string): Promise<Told> {
    return this.#aroundNow(zone);
  }

  history(zone: string, fromMillis: number, toMillis: number): Promise<Told> {
    const from = floorTo(Math.max(fromMillis, toMillis - LONGEST_HISTORY_MILLIS), DAY);
    return this.#ask(zone, from, floorTo(toMillis, DAY) + DAY, `history/${isoMinute(from)}`);
  }

  #aroundNow(zone: string): Promise<Told> {
    const today = floorTo(this.#fetcher.now, DAY);
    return this.#ask(zone, today - DAY, today + 2 * DAY, 'now');
  }

  async #ask(zone: string, fromMillis: number, toMillis: number, what: string): Promise<Told> {
    const query = new URLSearchParams({
      country: zone,
      start: isoMinute(fromMillis),
      end: isoMinute(toMillis),
    });
    const url = `${this.#base}/co2eq?${query.toString()}`;
    const { json, problem } = await this.#fetcher.json({
      key: `energycharts/${zone}/${what}`,
      url,
      freshSeconds: FRESH_SECONDS,
    });
    const marks = marksIn(json);
    if (marks.length === 0) throw new CarbonError('no figure', t('it has no figure for this place and time'));
    return { points: pointsOf(marks, 15 * MINUTE_MILLIS), problem };
  }
}

/** A measured figure counts before a forecast of the same time. */
function marksIn(json: unknown): readonly Mark[] {
  const times = listIn(json, 'unix_seconds');
  const measured = listIn(json, 'co2eq');
  const forecast = listIn(json, 'co2eq_forecast');
  if (measured.length !== times.length || forecast.length !== times.length)
    throw unknownShape(t('its lists differ in length'));
  return times.flatMap((time, index): Mark[] => {
    const seconds = numberOrNull(time);
    if (seconds === null || seconds < 1e9 || seconds > 1e11)
      throw unknownShape(t('“{0}” holds no times', 'unix_seconds'));
    const real = gramsOrNull(measured[index]);
    const gramsPerKwh = real ?? gramsOrNull(forecast[index]);
    if (gramsPerKwh === null) return [];
    return [{ atMillis: seconds * 1000, gramsPerKwh, quality: real === null ? 'forecast' : 'measured' }];
  });
}
