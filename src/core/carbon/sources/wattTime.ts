import { t } from '../../../language.ts';
import { CarbonError } from '../carbonError.ts';
import type { Fetcher } from '../fetcher.ts';
import {
  field,
  gramsOrNull,
  listIn,
  millisOrNull,
  numberOrNull,
  textOrNull,
  unknownShape,
} from '../guards.ts';
import type { Place } from '../place.ts';
import {
  floorTo,
  HOUR_MILLIS,
  isoMinute,
  MINUTE_MILLIS,
  type IntensitySource,
  type PointQuality,
  type Told,
} from '../source.ts';
import { pointsOf, type Mark } from './series.ts';

export const WATT_TIME_BASE = 'https://api.watttime.org';

/** 1 lb = 453.59237 g (international avoirdupois pound, 1959): lb/MWh to g/kWh. */
const GRAMS_PER_KWH_OF_POUNDS_PER_MWH = 0.453_592_37;

const SIGNAL = 'co2_moer';

/** Tokens hold for 30 minutes. */
const TOKEN_MILLIS = 25 * MINUTE_MILLIS;

const FRESH_SECONDS = 300;
const LONGEST_HISTORY_MILLIS = 31 * 24 * HOUR_MILLIS;

export interface Login {
  readonly username: string;
  readonly password: string;
}

/**
 * Marginal operating emissions rate of many grids, every five minutes, with 24 h of forecast and the user's login.
 *
 * Contract: docs.watttime.org, version 3, as of 2026. `GET /login` with Basic authentication: `{token}`, good for 30
 * minutes; then Bearer. `/v3/region-from-loc?latitude&longitude&signal_type`: `{region}`; `/v3/forecast` and
 * `/v3/historical?region&signal_type`: `{data: [{point_time, value}], meta: {units: "lbs_co2_per_mwh"}}`. Without a paid
 * plan there is only CAISO_NORTH. At most 3,000 requests in 5 minutes, 100 of /login. The user's contract holds.
 */
export class WattTime implements IntensitySource {
  readonly id = 'wattTime';
  readonly name = 'WattTime';
  readonly kind = 'marginal';
  readonly attribution = 'WattTime (www.watttime.org), by your contract with them';
  readonly scope = 'operational';
  readonly isOnline = true;
  readonly #fetcher: Fetcher;
  readonly #login: () => Promise<Login | null>;
  readonly #base: string;
  #token: { readonly text: string; readonly untilMillis: number } | null = null;

  /** @param login asked when a token is needed and kept nowhere */
  constructor(fetcher: Fetcher, login: () => Promise<Login | null>, base = WATT_TIME_BASE) {
    this.#fetcher = fetcher;
    this.#login = login;
    this.#base = base;
  }

  /** By coordinates; northern California also by its zone. */
  zoneOf({ zone, coordinates }: Place): string | null {
    if (coordinates) return `${coordinates.latitude},${coordinates.longitude}`;
    return zone === 'US-CAL-CISO' ? 'CAISO_NORTH' : null;
  }

  isForecastFinal(): boolean {
    return false;
  }

  /** The first point of the forecast is now. */
  current(zone: string): Promise<Told> {
    return this.forecast(zone);
  }

  async forecast(zone: string): Promise<Told> {
    return this.#ask(zone, 'forecast', { horizon_hours: '48' }, 'forecast');
  }

  async history(zone: string, fromMillis: number, toMillis: number): Promise<Told> {
    const start = isoMinute(floorTo(Math.max(fromMillis, toMillis - LONGEST_HISTORY_MILLIS), HOUR_MILLIS));
    return this.#ask(zone, 'historical', { start, end: isoMinute(toMillis) }, 'measured');
  }

  async #ask(
    zone: string,
    what: string,
    more: Readonly<Record<string, string>>,
    quality: PointQuality,
  ): Promise<Told> {
    const region = await this.#region(zone);
    const query = new URLSearchParams({ region, signal_type: SIGNAL, ...more });
    const key = `watttime/${region}/${what}/${more.start ?? ''}`;
    const { json, problem } = await this.#json(key, `/v3/${what}?${query.toString()}`, FRESH_SECONDS);
    const units = textOrNull(field(field(json, 'meta'), 'units'));
    if (units !== 'lbs_co2_per_mwh') throw unknownShape(t('the unit is not {0}', 'lbs_co2_per_mwh'));
    const period = numberOrNull(field(field(json, 'meta'), 'data_point_period_seconds')) ?? 300;
    const marks = listIn(json, 'data').flatMap((record) => markIn(record, quality));
    if (marks.length === 0) throw new CarbonError('no figure', t('it has no figure for this time'));
    return { points: pointsOf(marks, Math.max(1, period) * 1000), problem };
  }

  /** Borders change seldom: asked once a month, as the documentation wants. */
  async #region(zone: string): Promise<string> {
    const [latitude, longitude] = zone.split(',');
    if (!latitude || !longitude) return zone;
    const query = new URLSearchParams({ latitude, longitude, signal_type: SIGNAL });
    const path = `/v3/region-from-loc?${query.toString()}`;
    const { json } = await this.#json(`watttime/${zone}/region`, path, 30 * 86_400);
    const region = textOrNull(field(json, 'region'));
    if (region && /^[\w-]{1,60}$/.test(region)) return region;
    throw unknownShape(t('“{0}” is missing', 'region'));
  }

  async #json(key: string, path: string, freshSeconds: number) {
    const ask = async () => {
      const headers = { authorization: `Bearer ${await this.#bearer()}` };
      return this.#fetcher.json({ key, url: this.#base + path, headers, freshSeconds });
    };
    const hadToken = this.#token !== null;
    try {
      return await ask();
    } catch (error) {
      const isOldToken = hadToken && error instanceof CarbonError && error.fault === 'refused';
      this.#token = null;
      if (isOldToken) return ask();
      throw error;
    }
  }

  async #bearer(): Promise<string> {
    const now = this.#fetcher.now;
    if (this.#token && this.#token.untilMillis > now) return this.#token.text;
    const login = await this.#login().catch(() => null);
    if (!login) throw new CarbonError('refused', t('WattTime needs a login: set it to use this source'));
    const basic = Buffer.from(`${login.username}:${login.password}`).toString('base64');
    const headers = { authorization: `Basic ${basic}` };
    const token = textOrNull(
      field(await this.#fetcher.secretJson({ url: `${this.#base}/login`, headers }), 'token'),
    );
    if (!token || !/^[\x21-\x7e]+$/.test(token)) throw unknownShape(t('“{0}” is missing', 'token'));
    this.#token = { text: token, untilMillis: now + TOKEN_MILLIS };
    return token;
  }
}

function markIn(record: unknown, quality: PointQuality): Mark[] {
  const atMillis = millisOrNull(field(record, 'point_time'));
  if (atMillis === null) throw unknownShape(t('“{0}” is no time', 'point_time'));
  const pounds = numberOrNull(field(record, 'value'));
  const gramsPerKwh = pounds === null ? null : gramsOrNull(pounds * GRAMS_PER_KWH_OF_POUNDS_PER_MWH);
  return gramsPerKwh === null ? [] : [{ atMillis, gramsPerKwh, quality }];
}
