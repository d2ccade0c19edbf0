import { DailyShape } from './ahead.ts';
import { asCarbonError, type CarbonError } from './carbonError.ts';
import { countryFix, type Intensity } from './intensity.ts';
import type { Stretch } from './integrator.ts';
import type { Place } from './place.ts';
import { HOUR_MILLIS, type IntensityKind, type IntensityPoint, type IntensitySource } from './source.ts';
import { Timeline } from './timeline.ts';

/** A live figure is taken to hold so long past its time, until the next one comes. Engineering judgement. */
const HOLD_MILLIS = 2 * HOUR_MILLIS;

/** A week shows the typical day, working days and others. */
const SHAPE_MILLIS = 7 * 24 * HOUR_MILLIS;

/** Kept, so that a run that waits for its last figures finds them. */
const KEPT_MILLIS = 8 * 24 * HOUR_MILLIS;

/** What has not come so long after its time will not come. */
const LATEST_MILLIS = 48 * HOUR_MILLIS;

/** A source with its name of the place's part of the grid, and what it told. */
interface Told {
  readonly source: IntensitySource;
  readonly zone: string;
  readonly timeline: Timeline;
}

/** A point with whose it is. */
export interface ToldPoint extends IntensityPoint {
  readonly by: Told;
}

/** One kind of intensity, average or marginal, at one place: its sources, the best first, and what each told. */
export class Track {
  readonly #place: Place;
  readonly #told: readonly Told[];
  readonly #now: () => number;
  #problem: string | null = null;
  #shape: { readonly version: number; readonly atMillis: number; readonly shape: DailyShape | null } | null =
    null;
  #shapeAskedAtMillis = -Infinity;

  /** @param sources those of another kind, or without the place, are left out */
  constructor(kind: IntensityKind, place: Place, sources: readonly IntensitySource[], now: () => number) {
    this.#place = place;
    this.#now = now;
    this.#told = sources.flatMap((source) => {
      const zone = source.kind === kind ? source.zoneOf(place) : null;
      return zone === null ? [] : [{ source, zone, timeline: new Timeline() }];
    });
  }

  get hasSources(): boolean {
    return this.#told.length > 0;
  }

  /** Changes with every change of what is known. */
  get version(): number {
    return this.#told.reduce((sum, { timeline }) => sum + timeline.version, 0);
  }

  /** Why the best source has nothing new; null where it has. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Asks the sources in turn until one answers. Never throws. */
  async refresh(): Promise<void> {
    let problem: string | null = null;
    for (const told of this.#told) {
      try {
        const { points, problem: older } = await told.source.current(told.zone);
        told.timeline.add(points);
        this.#problem = problem ?? (older && problemText(told.source, older));
        await this.#lookAhead(told);
        told.timeline.trim(this.#now() - KEPT_MILLIS);
        return;
      } catch (error) {
        problem ??= problemText(told.source, asCarbonError(error));
      }
    }
    this.#problem = problem;
  }

  /** Asks for what was, source by source until one answers. Never throws. */
  async fetchHistory(fromMillis: number, toMillis: number): Promise<void> {
    for (const { source, zone, timeline } of this.#told) {
      try {
        timeline.add((await source.history(zone, fromMillis, toMillis)).points);
        return;
      } catch (error) {
        this.#problem ??= problemText(source, asCarbonError(error));
      }
    }
  }

  async #lookAhead({ source, zone, timeline }: Told): Promise<void> {
    try {
      timeline.add((await source.forecast(zone)).points);
    } catch {
      // a plan without forecasts: the typical day stands in
    }
    const now = this.#now();
    if (timeline.at(now + 12 * HOUR_MILLIS) || now - this.#shapeAskedAtMillis < 24 * HOUR_MILLIS) return;
    this.#shapeAskedAtMillis = now;
    for (const millis of [SHAPE_MILLIS, 23 * HOUR_MILLIS]) {
      try {
        timeline.add((await source.history(zone, now - millis, now)).points);
        return;
      } catch {
        // free plans tell one day only
      }
    }
  }

  /** What sources told of an interval, the best one's first, with gaps where nobody did. */
  told(fromMillis: number, toMillis: number): readonly ToldPoint[] {
    return this.#toldBy(0, fromMillis, toMillis);
  }

  #toldBy(index: number, fromMillis: number, toMillis: number): readonly ToldPoint[] {
    const by = this.#told[index];
    if (!by || toMillis <= fromMillis) return [];
    const points: ToldPoint[] = [];
    let at = fromMillis;
    for (const point of by.timeline.over(fromMillis, toMillis)) {
      points.push(...this.#toldBy(index + 1, at, point.fromMillis), { ...point, by });
      at = point.toMillis;
    }
    return [...points, ...this.#toldBy(index + 1, at, toMillis)];
  }

  /** The figure of a moment: told for it, else the last one before, for a while. */
  #at(millis: number): { readonly point: ToldPoint; readonly isHeld: boolean } | null {
    const [point] = this.told(millis, millis + 1);
    if (point) return { point: { ...point, ...point.by.timeline.at(millis) }, isHeld: false };
    for (const by of this.#told) {
      const last = by.timeline.before(millis);
      if (last && millis - last.toMillis <= HOLD_MILLIS) return { point: { ...last, by }, isHeld: true };
    }
    return null;
  }

  /** What holds now; null where no source tells. */
  intensity(): Intensity | null {
    const found = this.#at(this.#now());
    if (!found) return null;
    const { gramsPerKwh, quality, fromMillis, toMillis, by } = found.point;
    const { source, zone } = by;
    const isGuess = source.isOnline && this.#place.basis === 'time zone';
    const { id: sourceId, kind, attribution } = source;
    return {
      gramsPerKwh,
      place: isGuess ? `${this.#place.name} (guessed from the time zone)` : this.#place.name,
      source: sourceText(source, found.isHeld ? 'last known' : quality),
      isGuess,
      fix: isGuess ? countryFix() : null,
      live: { sourceId, zone, kind, quality, fromMillis, toMillis, attribution },
      fallback: this.problem,
    };
  }

  /**
   * What held over an interval, without gaps.
   *
   * @param fallback where no source tells; not final while one may still
   */
  over(
    fromMillis: number,
    toMillis: number,
    fallback: Pick<Intensity, 'gramsPerKwh' | 'source'>,
  ): readonly Stretch[] {
    const stretches: Stretch[] = [];
    let at = fromMillis;
    for (const { by, ...point } of this.told(fromMillis, toMillis)) {
      if (point.fromMillis > at) stretches.push(this.#untold(at, point.fromMillis, fallback));
      const isFinal = point.quality !== 'forecast' || by.source.isForecastFinal(by.zone);
      const { gramsPerKwh, quality } = point;
      const source = sourceText(by.source, quality);
      stretches.push({
        fromMillis: point.fromMillis,
        toMillis: point.toMillis,
        gramsPerKwh,
        source,
        isFinal,
        isTold: true,
      });
      at = point.toMillis;
    }
    if (toMillis > at) stretches.push(this.#untold(at, toMillis, fallback));
    return stretches;
  }

  #untold(
    fromMillis: number,
    toMillis: number,
    fallback: Pick<Intensity, 'gramsPerKwh' | 'source'>,
  ): Stretch {
    const last = this.#at(fromMillis)?.point;
    const isFinal = !this.hasSources || this.#now() - toMillis > LATEST_MILLIS;
    const gramsPerKwh = last?.gramsPerKwh ?? fallback.gramsPerKwh;
    const source = last ? sourceText(last.by.source, 'last known') : fallback.source;
    return { fromMillis, toMillis, gramsPerKwh, source, isFinal, isTold: false };
  }

  /** The typical day by the last week of the best source that tells it; null where too little is known. */
  dailyShape(): DailyShape | null {
    const { version } = this;
    const now = this.#now();
    if (this.#shape?.version !== version || now - this.#shape.atMillis > HOUR_MILLIS) {
      const past = this.#told.map(({ timeline }) => timeline.over(now - SHAPE_MILLIS, now));
      const shape = past.map((points) => DailyShape.of(points)).find((each) => each !== null) ?? null;
      this.#shape = { version, atMillis: now, shape };
    }
    return this.#shape.shape;
  }
}

function sourceText({ name, kind, id }: IntensitySource, quality: string): string {
  const isOwn = id === 'constant' || id === 'csv';
  return [name, ...(kind === 'marginal' ? ['marginal'] : []), ...(isOwn ? [] : [quality])].join(', ');
}

/** One sentence that names the source. */
function problemText({ name }: IntensitySource, { message }: CarbonError): string {
  return /^[A-Z]/.test(message) ? `${message}.` : `${name}: ${message}.`;
}
