import type { GreenerStart, Start } from '../../core/carbon/greenerStart.ts';
import { HOUR_MILLIS, type IntensityPoint } from '../../core/carbon/source.ts';
import { formatClock, formatWhen } from '../../core/reports/when.ts';
import { language, t } from '../../language.ts';
import type { GreenerChart } from '../../protocol/greener.ts';

/** The forecast from now on, with a run that starts now and the best one in it. */
export function greenerChart(
  forecast: readonly IntensityPoint[],
  { best, now }: Pick<GreenerStart, 'best' | 'now'>,
  nowMillis: number,
  isTraining: boolean,
): GreenerChart {
  const isSame = now?.startMillis === best.startMillis;
  const edges = [best, ...(now ? [now] : [])].flatMap(({ startMillis, endMillis }) => [
    startMillis,
    endMillis,
  ]);
  const ends = forecast.flatMap(({ fromMillis, toMillis }) => [fromMillis, toMillis]);
  const last = forecast.at(-1)?.toMillis ?? nowMillis;
  const times = [...new Set([nowMillis, ...ends, ...edges])]
    .filter((millis) => millis >= nowMillis && millis <= last)
    .sort((a, b) => a - b);
  const grams = times.map((millis) => gramsAt(forecast, millis));
  const within = (start: Start | null) =>
    start
      ? times.map((millis, index) => (isWithin(start, millis) ? heldTo(times, grams, index, start) : null))
      : [];
  return {
    timeSeconds: times.map((millis) => (millis - nowMillis) / 1000),
    timeTexts: times.map((millis) => formatWhen(millis, nowMillis)),
    gramsPerKwh: grams,
    now: within(now),
    best: isSame ? [] : within(best),
    nowLabel: isTraining ? t('Going on now') : t('Starting now'),
    nowText: meanText(now),
    bestLabel: isTraining ? t('Going on then') : t('Best start'),
    bestText: meanText(best),
    hours: fullHours(nowMillis, last),
    rows: hourRows(forecast, nowMillis, last),
  };
}

function gramsAt(forecast: readonly IntensityPoint[], millis: number): number | null {
  const point = forecast.find(({ fromMillis, toMillis }) => fromMillis <= millis && millis < toMillis);
  if (point) return point.gramsPerKwh;
  // the end of the last one closes the step
  return forecast.find(({ toMillis }) => toMillis === millis)?.gramsPerKwh ?? null;
}

function isWithin({ startMillis, endMillis }: Start, millis: number): boolean {
  return startMillis <= millis && millis <= endMillis;
}

/** At its end a run still has the figure of before, not that of what follows. */
function heldTo(
  times: readonly number[],
  grams: readonly (number | null)[],
  index: number,
  { endMillis }: Start,
): number | null {
  return (times[index] === endMillis ? grams[index - 1] : grams[index]) ?? null;
}

function meanText(start: Start | null): string {
  return start ? `${Math.round(start.intensity.gramsPerKwh)} g/kWh` : '';
}

function fullHours(fromMillis: number, toMillis: number): GreenerChart['hours'] {
  return hourStarts(fromMillis, toMillis)
    .filter((millis) => millis >= fromMillis)
    .map((millis) => {
      const date = new Date(millis);
      const hour = date.getHours();
      const day = `${date.toLocaleDateString(language(), { weekday: 'short' })} ${date.getDate()}`;
      return { seconds: (millis - fromMillis) / 1000, hour, text: hour === 0 ? day : formatClock(millis) };
    });
}

function hourRows(
  forecast: readonly IntensityPoint[],
  fromMillis: number,
  toMillis: number,
): GreenerChart['rows'] {
  return hourStarts(fromMillis, toMillis).flatMap((millis) => {
    const mean = meanOver(forecast, Math.max(millis, fromMillis), millis + HOUR_MILLIS);
    const time = formatWhen(Math.max(millis, fromMillis), fromMillis);
    return mean === null ? [] : [{ time, intensity: `${Math.round(mean)} gCO2e/kWh` }];
  });
}

/** By the machine's clock, the hour of the beginning included; zones that are off by half an hour have theirs. */
function hourStarts(fromMillis: number, toMillis: number): number[] {
  const first = new Date(fromMillis);
  first.setMinutes(0, 0, 0);
  const starts: number[] = [];
  for (let at = first.getTime(); at < toMillis; at += HOUR_MILLIS) starts.push(at);
  return starts;
}

function meanOver(forecast: readonly IntensityPoint[], fromMillis: number, toMillis: number): number | null {
  let [sum, millis] = [0, 0];
  for (const point of forecast) {
    const overlap = Math.min(point.toMillis, toMillis) - Math.max(point.fromMillis, fromMillis);
    if (overlap <= 0) continue;
    sum += point.gramsPerKwh * overlap;
    millis += overlap;
  }
  return millis > 0 ? sum / millis : null;
}
