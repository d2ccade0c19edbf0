import { lookAhead, type Ahead } from './ahead.ts';
import { gramsOf } from './facility.ts';
import { findGreenerTime } from './greenerTime.ts';
import type { IntensityPoint } from './source.ts';

/** A run that could start, or go on, at another time. */
export interface Shiftable {
  /** How long it takes, or still takes. */
  readonly durationSeconds: number;
  /** Of the machine, as attributed to the run over that time; null where nobody knows it. */
  readonly energyJoules: number | null;
}

/** What a start at one time comes to. */
export interface Start {
  readonly startMillis: number;
  readonly endMillis: number;
  /** Mean over the run, with half its 80 % interval. */
  readonly intensity: Ahead;
  /** Null where the energy is unknown. */
  readonly emissionsGrams: number | null;
}

export interface GreenerStart {
  readonly best: Start;
  /** Null where the forecast does not cover a run that starts at once. */
  readonly now: Start | null;
  /** Of the grams, 0.3 for 30 % less than now; null without `now`. */
  readonly savedShare: number | null;
}

/** A run that has less to do is over before anybody has paused it. Engineering judgement. */
const LEAST_OFFERED_SECONDS = 900;

/**
 * The best start within the forecast, for a run of even power.
 *
 * @returns null where the forecast does not cover such a run
 */
export function greenerStart(
  run: Shiftable,
  forecast: readonly IntensityPoint[],
  pue: number,
  nowMillis: number,
): GreenerStart | null {
  const durationMillis = run.durationSeconds * 1000;
  const latestEndMillis = forecast.reduce((latest, { toMillis }) => Math.max(latest, toMillis), nowMillis);
  const found = findGreenerTime(forecast, { durationMillis, earliestMillis: nowMillis, latestEndMillis });
  if (!found) return null;
  const start = (startMillis: number): Start => {
    const endMillis = startMillis + durationMillis;
    const known = { forecast: within(forecast, startMillis, endMillis), shape: null, present: 0 };
    const intensity = lookAhead(startMillis, endMillis, { ...known, isConstant: false });
    const { energyJoules } = run;
    const emissionsGrams = energyJoules === null ? null : gramsOf(energyJoules, pue, intensity.gramsPerKwh);
    return { startMillis, endMillis, intensity, emissionsGrams };
  };
  return {
    best: start(found.best.startMillis),
    now: found.now && start(found.now.startMillis),
    savedShare: found.savedShare,
  };
}

/**
 * A greener time for what a running training has left to do, where it is worth a mention.
 *
 * @param leastSavedShare of the grams
 * @returns null where waiting saves less, little is left, or the forecast does not tell
 */
export function greenerRest(
  rest: Shiftable,
  forecast: readonly IntensityPoint[],
  pue: number,
  nowMillis: number,
  leastSavedShare: number,
): GreenerStart | null {
  if (rest.durationSeconds < LEAST_OFFERED_SECONDS) return null;
  const found = greenerStart(rest, forecast, pue, nowMillis);
  return found && isWorthMentioning(found, leastSavedShare) ? found : null;
}

/** Whether waiting saves at least so much of the grams, and anything at all. */
export function isWorthMentioning({ savedShare }: GreenerStart, leastSavedShare: number): boolean {
  return savedShare !== null && savedShare > 0 && savedShare >= leastSavedShare;
}

function within(forecast: readonly IntensityPoint[], fromMillis: number, toMillis: number): IntensityPoint[] {
  return forecast.filter((point) => point.toMillis > fromMillis && point.fromMillis < toMillis);
}
