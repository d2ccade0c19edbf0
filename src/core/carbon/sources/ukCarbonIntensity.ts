import { t } from '../../../language.ts';
import { CarbonError } from '../carbonError.ts';
import type { Fetcher } from '../fetcher.ts';
import { field, gramsOrNull, isRecord, listIn, millisOrNull, unknownShape } from '../guards.ts';
import type { Place } from '../place.ts';
import {
  floorTo,
  HOUR_MILLIS,
  isoMinute,
  MINUTE_MILLIS,
  type IntensityPoint,
  type IntensitySource,
  type Told,
} from '../source.ts';

export const UK_BASE = 'https://api.carbonintensity.org.uk';

/** Half-hourly figures, renewed each half hour. */
const FRESH_SECONDS = 900;

/** The longest history of one request, by the documentation. */
const LONGEST_HISTORY_MILLIS = 14 * 24 * HOUR_MILLIS;

/**
 * Great Britain and its 14 regions, half-hourly, with 48 h of forecast and no key.
 *
 * Contract: carbon-intensity.github.io/api-definitions, version 2.0, as of 2026. `GET /intensity/{from}/fw48h`,
 * `/intensity/{from}/{to}` and the same below `/regional/…/regionid/{id}` or `/postcode/{outward}`; times in UTC as
 * `2018-01-20T12:00Z`; `data[].{from,to,intensity.{forecast,actual,index}}`, gCO2/kWh; `actual` is null until it is
 * known, and regions have a forecast only. Emissions of operation, with imports and losses (NESO, methodology).
 * CC BY 4.0; its terms forbid to sell or copy the API.
 */
export class UkCarbonIntensity implements IntensitySource {
  readonly id = 'ukCarbonIntensity';
  readonly name = 'UK Carbon Intensity';
  readonly kind = 'average';
  readonly attribution = 'National Energy System Operator, CC BY 4.0';
  readonly scope = 'operational';
  readonly isOnline = true;
  readonly #fetcher: Fetcher;
  readonly #base: string;

  constructor(fetcher: Fetcher, base = UK_BASE) {
    this.#fetcher = fetcher;
    this.#base = base;
  }

  /** `GB`, or a region as `GB:13` or by the outward part of a postcode as `GB:RG10`. */
  zoneOf({ country, zone }: Place): string | null {
    if (country !== 'GB' || zone === 'GB-NIR') return null; // Northern Ireland is another grid
    return zone && /^GB:(\d{1,2}|[A-Z]{1,2}\d[A-Z\d]?)$/.test(zone) ? zone : 'GB';
  }

  /** Regions have no measured figures. */
  isForecastFinal(zone: string): boolean {
    return zone.includes(':');
  }

  current(zone: string): Promise<Told> {
    return this.#forward(zone);
  }

  forecast(zone: string): Promise<Told> {
    return this.#forward(zone);
  }

  async history(zone: string, fromMillis: number, toMillis: number): Promise<Told> {
    const from = Math.max(floorTo(fromMillis, 30 * MINUTE_MILLIS), toMillis - LONGEST_HISTORY_MILLIS);
    return this.#ask(zone, `${isoMinute(from)}/${isoMinute(toMillis)}`, `history/${isoMinute(from)}`);
  }

  /** The last hour and what is forecast after it. */
  #forward(zone: string): Promise<Told> {
    const from = floorTo(this.#fetcher.now, 30 * MINUTE_MILLIS) - HOUR_MILLIS;
    return this.#ask(zone, `${isoMinute(from)}/fw48h`, 'forward');
  }

  async #ask(zone: string, period: string, what: string): Promise<Told> {
    const region = zone.split(':')[1];
    const kind = region && /^\d+$/.test(region) ? 'regionid' : 'postcode';
    const path = region ? `/regional/intensity/${period}/${kind}/${region}` : `/intensity/${period}`;
    const key = `uk/${zone}/${what}`;
    const { json, problem } = await this.#fetcher.json({
      key,
      url: this.#base + path,
      freshSeconds: FRESH_SECONDS,
    });
    return { points: pointsIn(json, this.#fetcher.now), problem };
  }
}

function pointsIn(json: unknown, nowMillis: number): readonly IntensityPoint[] {
  const data = field(json, 'data');
  const region =
    Array.isArray(data) && isRecord(data[0]) && Array.isArray(field(data[0], 'data')) ? data[0] : data;
  const periods = Array.isArray(region) ? region : listIn(region, 'data');
  const points = periods.flatMap((period): IntensityPoint[] => {
    const fromMillis = millisOrNull(field(period, 'from'));
    const toMillis = millisOrNull(field(period, 'to'));
    if (fromMillis === null || toMillis === null || toMillis <= fromMillis)
      throw unknownShape(t('“{0}” and “{1}” are no times', 'from', 'to'));
    const intensity = field(period, 'intensity');
    const actual = gramsOrNull(field(intensity, 'actual'));
    const gramsPerKwh = actual ?? gramsOrNull(field(intensity, 'forecast'));
    if (gramsPerKwh === null) return [];
    // the running half hour's actual figure still changes
    const isMeasured = actual !== null && toMillis <= nowMillis;
    return [{ fromMillis, toMillis, gramsPerKwh, quality: isMeasured ? 'measured' : 'forecast' }];
  });
  if (points.length === 0) throw new CarbonError('no figure', t('it has no figure for this time'));
  return points;
}
