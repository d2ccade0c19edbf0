import { greenerRest } from '../../core/carbon/greenerStart.ts';
import { restOf } from '../../core/projection/rest.ts';
import { greenerOfferText } from '../../core/reports/greenerReport.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import type { Carbon } from '../carbon/carbon.ts';
import type { Settings } from '../settings.ts';

/** Views ask many times a second; a projection settles within its first samples. */
const KEPT_MILLIS = 5_000;

interface Kept {
  readonly untilMillis: number;
  readonly version: number;
  readonly text: string | null;
}

/** Tells views of a greener time for what a training has left to do, where it saves enough to be worth a mention. */
export class GreenerOffers {
  readonly #carbon: Pick<Carbon, 'version' | 'forecast'>;
  readonly #settings: Pick<Settings, 'minimumSavingShare'>;
  readonly #kept = new Map<string, Kept>();

  constructor(carbon: Pick<Carbon, 'version' | 'forecast'>, settings: Pick<Settings, 'minimumSavingShare'>) {
    this.#carbon = carbon;
    this.#settings = settings;
  }

  /** One sentence; null where there is nothing to offer. Nothing is requested for it. */
  of(run: RunSnapshot): string | null {
    const rest = restOf(run);
    if (!rest) return null;
    const { version } = this.#carbon;
    const known = this.#kept.get(run.id);
    if (known && known.untilMillis > Date.now() && known.version === version) return known.text;
    const forecast = this.#carbon.forecast();
    const now = Date.now(); // after it: a forecast begins when it is asked for, and tells nothing of before
    const least = this.#settings.minimumSavingShare();
    const found = greenerRest(rest, forecast, run.carbon.pue, now, least);
    const text = found && greenerOfferText(found, now, run.isPaused);
    if (this.#kept.size > 20) this.#kept.clear();
    this.#kept.set(run.id, { untilMillis: now + KEPT_MILLIS, version, text });
    return text;
  }
}
