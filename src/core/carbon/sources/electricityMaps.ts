import { t } from '../../../language.ts';
import { CarbonError } from '../carbonError.ts';
import type { Fetcher } from '../fetcher.ts';
import { field, gramsOrNull, listIn, millisOrNull, textOrNull, unknownShape } from '../guards.ts';
import type { Place } from '../place.ts';
import {
  floorTo,
  HOUR_MILLIS,
  isoMinute,
  type IntensitySource,
  type PointQuality,
  type Told,
} from '../source.ts';
import { pointsOf, type Mark } from './series.ts';

export const ELECTRICITY_MAPS_BASE = 'https://api.electricitymaps.com/v4';

const FRESH_SECONDS = 900;
const FRESH_FORECAST_SECONDS = 3600;

/** Of one request of /past-range with hourly figures, by the documentation. */
const LONGEST_HISTORY_MILLIS = 10 * 24 * HOUR_MILLIS;

/**
 * The whole world by zones, hourly, with the user's key.
 *
 * Contract: app.electricitymaps.com/developer-hub/api, version 4, as of 2026 (version 3 still answers, as legacy).
 * Header `auth-token`. `GET /carbon-intensity/latest?zone=FR` (or `lat` and `lon`): `{zone, carbonIntensity, datetime,
 * emissionFactorType, isEstimated}`; `/history`: `{zone, history: […]}` of 24 h; `/past-range?start&end`: `{data: […]}`;
 * `/forecast?horizonHours=48`: `{forecast: [{carbonIntensity, datetime}]}`, with paid plans. gCO2eq/kWh of what is
 * consumed, lifecycle. A free key is for one zone, personal and not commercial; the user's contract holds.
 */
export class ElectricityMaps implements IntensitySource {
  readonly id = 'electricityMaps';
  readonly name = 'Electricity Maps';
  readonly kind = 'average';
  readonly attribution = 'Electricity Maps (www.electricitymaps.com), by your contract with them';
  readonly scope = 'lifecycle';
  readonly isOnline = true;
  readonly #fetcher: Fetcher;
  readonly #key: () => Promise<string | null>;
  readonly #base: string;

  /** @param key asked before each request and kept nowhere */
  constructor(fetcher: Fetcher, key: () => Promise<string | null>, base = ELECTRICITY_MAPS_BASE) {
    this.#fetcher = fetcher;
    this.#key = key;
    this.#base = base;
  }

  /** A zone, else coordinates as `55.68,12.57`, else the country, which is a zone for most. */
  zoneOf({ country, zone, coordinates }: Place): string | null {
    if (zone && /^[A-Z]{2}(-[A-Z0-9]+)*$/.test(zone)) return zone;
    if (coordinates) return `${coordinates.latitude},${coordinates.longitude}`;
    return country;
  }

  isForecastFinal(): boolean {
    return false;
  }

  async current(zone: string): Promise<Told> {
    const { json, problem } = await this.#ask(zone, 'latest', {}, FRESH_SECONDS);
    const told = textOrNull(field(json, 'zone'));
    if (told === null) throw unknownShape(t('“{0}” is missing', 'zone'));
    if (!zone.includes(',') && told !== zone) throw unknownShape(t('it is for another zone'));
    return this.#told([json], problem, 'measured');
  }

  async history(zone: string, fromMillis: number, toMillis: number): Promise<Told> {
    if (fromMillis >= this.#fetcher.now - 24 * HOUR_MILLIS) {
      const { json, problem } = await this.#ask(zone, 'history', {}, FRESH_SECONDS);
      return this.#told(listIn(json, 'history'), problem, 'measured');
    }
    const start = isoMinute(floorTo(Math.max(fromMillis, toMillis - LONGEST_HISTORY_MILLIS), HOUR_MILLIS));
    const query = { start, end: isoMinute(floorTo(toMillis, HOUR_MILLIS) + HOUR_MILLIS) };
    const { json, problem } = await this.#ask(zone, 'past-range', query, FRESH_SECONDS);
    return this.#told(listIn(json, 'data'), problem, 'measured');
  }

  async forecast(zone: string): Promise<Told> {
    const { json, problem } = await this.#ask(
      zone,
      'forecast',
      { horizonHours: '48' },
      FRESH_FORECAST_SECONDS,
    );
    return this.#told(listIn(json, 'forecast'), problem, 'forecast');
  }

  async #ask(zone: string, what: string, more: Readonly<Record<string, string>>, freshSeconds: number) {
    const key = await this.#key().catch(() => null);
    if (!key) throw new CarbonError('refused', t('Electricity Maps needs a key: set it to use this source'));
    if (!/^[\x21-\x7e]+$/.test(key))
      throw new CarbonError(
        'refused',
        t('The key of Electricity Maps has characters that no key has: set it again'),
      );
    const [lat, lon] = zone.split(',');
    const place: Record<string, string> = lat && lon ? { lat, lon } : { zone };
    const query = new URLSearchParams({ ...place, ...more }).toString();
    return this.#fetcher.json({
      key: `electricitymaps/${zone}/${what}/${more.start ?? ''}`,
      url: `${this.#base}/carbon-intensity/${what}?${query}`,
      headers: { 'auth-token': key },
      freshSeconds,
    });
  }

  #told(records: readonly unknown[], problem: Told['problem'], quality: PointQuality): Told {
    const marks = records.flatMap((record) => markIn(record, quality));
    if (marks.length === 0) throw new CarbonError('no figure', t('it has no figure for this time'));
    return { points: pointsOf(marks, HOUR_MILLIS), problem };
  }
}

function markIn(record: unknown, quality: PointQuality): Mark[] {
  const atMillis = millisOrNull(field(record, 'datetime'));
  if (atMillis === null) throw unknownShape(t('“{0}” is no time', 'datetime'));
  const unit = textOrNull(field(record, 'unit'));
  if (unit !== null && !/^gCO2(eq?)?\/kWh$/i.test(unit))
    throw unknownShape(t('the unit is not {0}', 'gCO2eq/kWh'));
  const gramsPerKwh = gramsOrNull(field(record, 'carbonIntensity'));
  if (gramsPerKwh === null) return [];
  const isEstimated = quality === 'measured' && field(record, 'isEstimated') === true;
  return [{ atMillis, gramsPerKwh, quality: isEstimated ? 'estimated' : quality }];
}
