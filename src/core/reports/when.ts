import { language, t } from '../../language.ts';

const MINUTE_MILLIS = 60_000;
const HOUR_MILLIS = 60 * MINUTE_MILLIS;
const DAY_MILLIS = 24 * HOUR_MILLIS;

/** Nobody plans a training further ahead: forecasts reach two days. Engineering judgement. */
const LONGEST_AHEAD_MILLIS = 7 * DAY_MILLIS;

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `today at 14:30`, `tomorrow at 02:30`, `on Friday at 02:30`, else `on 2026-12-08 at 02:30`: by the machine's clock. */
export function formatWhen(millis: number, nowMillis: number): string {
  return whenText(millis, nowMillis, (day, clock) => t('on {0} at {1}', day, clock));
}

/** The same where “until” or the like goes before: `tomorrow at 02:30`, `Friday at 02:30`. */
export function formatUntil(millis: number, nowMillis: number): string {
  return whenText(millis, nowMillis, (day, clock) => t('{0} at {1}', day, clock));
}

/** `02:30`, by the machine's clock. */
export function formatClock(millis: number): string {
  const date = new Date(millis);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** @param ofDay of a weekday or a date */
function whenText(millis: number, nowMillis: number, ofDay: (day: string, clock: string) => string): string {
  const clock = formatClock(millis);
  const days = Math.round((midnight(millis) - midnight(nowMillis)) / DAY_MILLIS);
  if (days === 0) return t('today at {0}', clock);
  if (days === 1) return t('tomorrow at {0}', clock);
  if (days === -1) return t('yesterday at {0}', clock);
  const date = new Date(millis);
  if (days > 0 && days < 7) return ofDay(date.toLocaleDateString(language(), { weekday: 'long' }), clock);
  return ofDay(`${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`, clock);
}

/**
 * A length of time as people type it: `2 h 30 min`, `90 min`, `1.5 h`, `45 s`, `2:30` for hours and minutes.
 *
 * @returns seconds; null where it is no such text
 */
export function parseLength(text: string): number | null {
  const typed = text.trim().toLowerCase();
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(typed);
  if (clock) return positive(Number(clock[1]) * 3600 + Number(clock[2]) * 60);
  const part = /^(\d{1,6}(?:[.,]\d{1,3})?) ?(s|m|h|d)(?:ec(?:onds?)?|in(?:utes?)?|ours?|rs?|ays?)?[ ,]*/;
  let rest = typed;
  let seconds = 0;
  for (let match = part.exec(rest); match; match = part.exec(rest)) {
    seconds += Number((match[1] ?? '').replace(',', '.')) * (UNIT_SECONDS[match[2] ?? ''] ?? 0);
    rest = rest.slice(match[0].length);
  }
  return rest === '' ? positive(seconds) : null;
}

/**
 * A time to come as people type it, by the machine's clock: `22:30` for the next such time, `tomorrow 02:30`,
 * `2026-11-25 02:30`, `in 3 h`; in German as well, `morgen 02:30`.
 *
 * @returns milliseconds since 1970, or what is wrong in one sentence
 */
export function parseWhen(text: string, nowMillis: number): number | { readonly problem: string } {
  const typed = text.trim().toLowerCase();
  const length = typed.startsWith('in ') ? parseLength(typed.slice(3)) : null;
  const millis = length === null ? clockTime(typed, nowMillis) : nowMillis + length * 1000;
  if (millis === null)
    return { problem: t('Type a time such as 22:30, tomorrow 02:30, 2026-11-25 02:30 or in 3 h.') };
  if (millis <= nowMillis) return { problem: t('This time is over.') };
  if (millis - nowMillis > LONGEST_AHEAD_MILLIS) return { problem: t('This is more than a week ahead.') };
  return millis;
}

function clockTime(typed: string, nowMillis: number): number | null {
  const match =
    /^(?:(today|heute|tomorrow|morgen|\d{4}-\d{2}-\d{2})[ t,]+)?(?:(?:at|um) )?([01]?\d|2[0-3]):([0-5]\d)$/.exec(
      typed,
    );
  if (!match) return null;
  const [, day, hours, minutes] = match;
  const now = new Date(nowMillis);
  // by calendar, so that a day on which clocks change is right
  const on = (days: number) =>
    new Date(
      now.getFullYear(),
      now.getMonth(),
      now.getDate() + days,
      Number(hours),
      Number(minutes),
    ).getTime();
  if (day === undefined) return on(0) > nowMillis ? on(0) : on(1);
  if (day === 'today' || day === 'heute') return on(0);
  if (day === 'tomorrow' || day === 'morgen') return on(1);
  const date = new Date(`${day}T${(hours ?? '').padStart(2, '0')}:${minutes}`);
  return Number.isNaN(date.getTime()) ? null : date.getTime();
}

function midnight(millis: number): number {
  const date = new Date(millis);
  // as if in UTC, so that all days are equally long
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

function positive(seconds: number): number | null {
  return seconds > 0 ? seconds : null;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
