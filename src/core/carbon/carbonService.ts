import { t } from '../../language.ts';
import { lookAhead, type Ahead } from './ahead.ts';
import { CarbonCache } from './cache.ts';
import type { SourceChoice } from './choice.ts';
import { machineSigns, metadataRegion } from './cloud.ts';
import { Fetcher } from './fetcher.ts';
import type { HttpOptions } from './http.ts';
import { yearlyAverage, type CarbonContext, type Intensity } from './intensity.ts';
import type { Stretch } from './integrator.ts';
import { machineTimeZone, type Place } from './place.ts';
import { cloudRegionById, findPlace, zoneAverage } from './regions.ts';
import type { IntensityPoint, SourceId } from './source.ts';
import {
  NO_SECRETS,
  sourcesFor,
  type BaseUrls,
  type CarbonSecrets,
  type OwnSources,
} from './sources/index.ts';
import { Track } from './track.ts';

/** What the user wants. Asked for at each use; the same object is taken for the same wishes. */
export interface CarbonSettings {
  readonly source: SourceChoice;
  /** The user allowed requests to sources, once. */
  readonly allowNetwork: boolean;
  /** The user allowed to ask the cloud provider's metadata service for the region. */
  readonly allowMetadata: boolean;
  /** Whether marginal intensity by WattTime is counted besides. */
  readonly marginal: boolean;
  /** ISO 3166-1 alpha-2, or empty. */
  readonly country: string;
  /** Zone, cloud region or coordinates, or empty; see `parseLocation`. */
  readonly location: string;
  /** Null for the default: the cloud provider's where it is known, else 1. */
  readonly pue: number | null;
  readonly own: OwnSources;
}

export const NO_OWN_SOURCES: OwnSources = { constant: null, csvFile: '', url: '', urlPath: '' };

export interface CarbonServiceOptions {
  readonly settings: () => CarbonSettings;
  readonly secrets?: CarbonSecrets;
  /** Folder of the answers' cache; null to keep none. */
  readonly cacheFolder: string | null;
  readonly environment: NodeJS.ProcessEnv;
  readonly now?: () => number;
  /** For tests. */
  readonly bases?: BaseUrls;
  readonly http?: Pick<HttpOptions, 'deadlineMillis' | 'mostBytes'>;
  readonly metadataBase?: string;
  readonly firmwareFolder?: string;
  readonly timeZone?: string;
}

/** How often it is looked whether something new is due. Requests go out by each source's own period. */
const LOOK_MILLIS = 60_000;

/** What a forecast reaches at most. */
const FORECAST_MILLIS = 48 * 3_600_000;

interface State {
  readonly settings: CarbonSettings;
  readonly cloudRegion: string | null;
  readonly wanted: string;
  readonly place: Place;
  readonly average: Track;
  readonly marginal: Track;
}

/**
 * The carbon intensity here, now and over time. It has no timer: whoever asks while something trains makes it look for
 * new figures in the background, and gets at once what is known. Without permission, in `offline` and when every source
 * fails, that is the yearly average.
 */
export class CarbonService {
  readonly #options: CarbonServiceOptions;
  readonly #fetcher: Fetcher;
  readonly #stop = new AbortController();
  #state: State | null = null;
  #cloudRegion: string | null = null;
  #cloudAsked: 'no' | 'signs' | 'metadata' = 'no';
  #nextLookMillis = -Infinity;
  #looking: Promise<void> | null = null;

  constructor(options: CarbonServiceOptions) {
    this.#options = options;
    this.#fetcher = new Fetcher({
      ...options.http,
      isAllowed: () => this.#mayRequest(),
      cache: options.cacheFolder === null ? null : new CarbonCache(options.cacheFolder),
      now: () => this.#now(),
      signal: this.#stop.signal,
    });
  }

  /** What holds now. Looks for news in the background when they are due. */
  context(): CarbonContext {
    this.#lookWhenDue();
    const { place, average, marginal } = this.#current();
    const intensity = average.intensity() ?? this.#yearly(place, average.problem);
    const { pue, pueSource } = this.#pue(place);
    const other = marginal.hasSources ? marginal.intensity() : null;
    return { intensity, pue, pueSource, ...(other ? { marginal: other } : {}) };
  }

  /** Why there is no marginal figure although it is wanted; null where there is one, or nobody wants it. */
  get marginalProblem(): string | null {
    const { marginal, allowNetwork } = this.#options.settings();
    if (!marginal || !allowNetwork) return null;
    const track = this.#current().marginal;
    if (!track.hasSources) return 'WattTime has no region for this place: set coordinates as the location.';
    return track.problem;
  }

  get place(): Place {
    return this.#current().place;
  }

  /** Changes when something new is known of any time. */
  get version(): number {
    const { average, marginal } = this.#current();
    return average.version + marginal.version;
  }

  /** Average intensities over an interval, without gaps. */
  over(fromMillis: number, toMillis: number): readonly Stretch[] {
    const { place, average } = this.#current();
    return average.over(fromMillis, toMillis, this.#yearly(place, null));
  }

  /** Whether a source is there besides the yearly average. */
  get canTell(): boolean {
    return this.#current().average.hasSources;
  }

  /** As intensities name it, a guess with a mark. */
  get placeName(): string {
    const { place, average } = this.#current();
    return (average.intensity() ?? this.#yearly(place, null)).place;
  }

  /** Marginal intensities over an interval; null where nobody tells them. */
  marginalOver(fromMillis: number, toMillis: number): readonly Stretch[] | null {
    const { marginal } = this.#current();
    const present = marginal.intensity();
    return present && marginal.over(fromMillis, toMillis, present);
  }

  /** The mean average intensity of a time to come. */
  ahead(fromMillis: number, toMillis: number): Ahead {
    const { place, average } = this.#current();
    const intensity = average.intensity() ?? this.#yearly(place, null);
    return lookAhead(fromMillis, toMillis, {
      forecast: average.told(fromMillis, toMillis),
      shape: average.dailyShape(),
      present: intensity.gramsPerKwh,
      isConstant: intensity.live?.sourceId === 'constant',
    });
  }

  /**
   * What is known of the hours to come, for *Find a Greener Time*; marginal figures where they are asked for, since a
   * shifted run changes what runs at the margin. Empty where nothing is forecast.
   */
  forecast(kind: 'average' | 'marginal' = 'average'): readonly IntensityPoint[] {
    const now = this.#now();
    return this.#current()[kind].told(now, now + FORECAST_MILLIS);
  }

  /** Whether better sources than the yearly average are there for the place, once the user allows requests. */
  get couldBeBetter(): boolean {
    return this.betterSource !== null;
  }

  /** The name of the best source for the place that only waits for the user to allow requests; null where none does. */
  get betterSource(): string | null {
    const { source, allowNetwork } = this.#options.settings();
    if (allowNetwork || source !== 'auto') return null;
    const sources = sourcesFor('auto', this.#fetcher, NO_SECRETS, NO_OWN_SOURCES);
    const best = sources.find((each) => each.id !== 'electricityMaps' && each.zoneOf(this.place) !== null);
    return best?.name ?? null;
  }

  /** Looks now, and waits for it. Never throws. */
  refresh(): Promise<void> {
    this.#nextLookMillis = this.#now() + LOOK_MILLIS;
    this.#looking ??= this.#look().finally(() => (this.#looking = null));
    return this.#looking;
  }

  /** Asks for the figures of a time that is over, and waits for them. Never throws. */
  async fetchHistory(fromMillis: number, toMillis: number): Promise<void> {
    await this.refresh();
    const { average, marginal } = this.#current();
    await Promise.all([
      average.fetchHistory(fromMillis, toMillis),
      marginal.fetchHistory(fromMillis, toMillis),
    ]);
  }

  /** Ends what is under way. */
  dispose(): void {
    this.#stop.abort();
  }

  async #look(): Promise<void> {
    await this.#askWhereWeAre();
    const { average, marginal } = this.#current();
    await Promise.all([average.refresh(), marginal.refresh()]);
  }

  #lookWhenDue(): void {
    if (this.#now() < this.#nextLookMillis || this.#stop.signal.aborted) return;
    void this.refresh();
  }

  /** The firmware's tables are read once, the metadata service is asked once, and only where it may be. */
  async #askWhereWeAre(): Promise<void> {
    const { country, location, allowMetadata } = this.#options.settings();
    if (country !== '' || location !== '' || this.#cloudAsked === 'metadata') return;
    const { environment, firmwareFolder, metadataBase } = this.#options;
    const signs = this.#cloudAsked === 'no' ? await machineSigns(environment, firmwareFolder) : null;
    if (signs) {
      this.#cloudAsked = 'signs';
      this.#cloudRegion = signs.region;
    }
    if (this.#cloudRegion || !allowMetadata || !this.#mayRequest()) return;
    this.#cloudAsked = 'metadata';
    const { provider } = signs ?? (await machineSigns(environment, firmwareFolder));
    if (!provider) return;
    const http = { isAllowed: () => this.#mayRequest(), signal: this.#stop.signal };
    this.#cloudRegion = await metadataRegion(provider, http, metadataBase);
  }

  #mayRequest(): boolean {
    return isOnlineWanted(this.#options.settings()) && !this.#stop.signal.aborted;
  }

  /** The sources for what is wanted now; new ones when that has changed. */
  #current(): State {
    const settings = this.#options.settings();
    // the same object means the same wishes, which is the case at nearly every look
    const isSame = this.#state?.settings === settings && this.#state.cloudRegion === this.#cloudRegion;
    if (this.#state && isSame) return this.#state;
    const { source, country, location, marginal, own } = settings;
    const isOnlineAllowed = isOnlineWanted(settings);
    const cloudRegion = this.#cloudRegion;
    const wanted = JSON.stringify([source, isOnlineAllowed, country, location, marginal, own, cloudRegion]);
    if (this.#state?.wanted === wanted) return (this.#state = { ...this.#state, settings, cloudRegion });
    const timeZone = this.#options.timeZone ?? machineTimeZone();
    const place = findPlace({ country, location, cloudRegion: this.#cloudRegion, timeZone });
    const secrets = this.#options.secrets ?? NO_SECRETS;
    const make = (choice: SourceId | 'auto') =>
      sourcesFor(choice, this.#fetcher, secrets, own, this.#options.bases).filter(
        ({ isOnline }) => !isOnline || isOnlineAllowed,
      );
    const now = () => this.#now();
    const average = new Track('average', place, source === 'offline' ? [] : make(source), now);
    const other = new Track('marginal', place, marginal ? make('wattTime') : [], now);
    if (this.#state) this.#nextLookMillis = -Infinity;
    this.#state = { settings, cloudRegion, wanted, place, average, marginal: other };
    return this.#state;
  }

  #yearly(place: Place, problem: string | null): Intensity {
    const intensity = zoneAverage(place) ?? yearlyAverage(place);
    return problem ? { ...intensity, fallback: t('{0} The yearly average is used.', problem) } : intensity;
  }

  #pue({ cloud }: Place): Pick<CarbonContext, 'pue' | 'pueSource'> {
    const { pue } = this.#options.settings();
    if (pue !== null) return { pue, pueSource: 'your setting' };
    const region = cloud ? cloudRegionById(cloud) : null;
    if (region?.pue)
      return { pue: region.pue, pueSource: `${region.id}, the provider’s figure for ${region.pueYear}` };
    return { pue: 1, pueSource: 'default outside a data centre' };
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}

function isOnlineWanted({ source, allowNetwork }: CarbonSettings): boolean {
  return allowNetwork && source !== 'offline';
}
