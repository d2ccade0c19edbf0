import { t } from '../../../language.ts';

/** From a moment to another, milliseconds since 1970; null where it is open. `from` is in it, `to` is not. */
export interface Period {
  readonly fromMillis: number | null;
  readonly toMillis: number | null;
}

export const ALL_TIME: Period = { fromMillis: null, toMillis: null };

/** Periods that have a name, by the clock of this machine; weeks begin on Monday (ISO 8601). */
export const NAMED_PERIODS = {
  'this-week': { title: () => t('This week'), of: (now: Date) => days(monday(now), 7) },
  'last-week': { title: () => t('Last week'), of: (now: Date) => days(monday(now), 7, -7) },
  'this-month': { title: () => t('This month'), of: (now: Date) => months(now, 1) },
  'last-month': { title: () => t('Last month'), of: (now: Date) => months(now, 1, -1) },
  'this-year': { title: () => t('This year'), of: (now: Date) => years(now.getFullYear()) },
  'last-year': { title: () => t('Last year'), of: (now: Date) => years(now.getFullYear() - 1) },
  all: { title: () => t('All time'), of: () => ALL_TIME },
} as const satisfies Readonly<Record<string, { title: () => string; of: (now: Date) => Period }>>;

export type PeriodName = keyof typeof NAMED_PERIODS;

export function isPeriodName(text: string): text is PeriodName {
  return Object.hasOwn(NAMED_PERIODS, text);
}

/**
 * From the first day to the last, both in it, by the clock of this machine.
 *
 * @param first `2026-11-01`, or empty where it is open; so is `last`
 * @throws Error with one sentence where one is no day, or they stand the wrong way round
 */
export function daysFromTo(first: string, last: string): Period {
  const from = first === '' ? null : dayOf(first);
  const to = last === '' ? null : dayOf(last);
  if (from && to && from > to) throw new Error(t('{0} comes after {1}', first, last));
  return {
    fromMillis: from?.getTime() ?? null,
    toMillis: to && new Date(to.getFullYear(), to.getMonth(), to.getDate() + 1).getTime(),
  };
}

/** `2026-11-01 to 2026-11-30`, both days in it. */
export function periodText({ fromMillis, toMillis }: Period): string {
  const first = fromMillis === null ? null : dayText(fromMillis);
  // the moment before the end lies in the last day, also where the clocks change
  const last = toMillis === null ? null : dayText(toMillis - 1);
  if (first === null) return last === null ? t('all time') : t('until {0}', last);
  if (last === null) return t('since {0}', first);
  return first === last ? first : t('{0} to {1}', first, last);
}

/** Monday of the week, at midnight. */
export function monday(date: Date): Date {
  const day = (date.getDay() + 6) % 7;
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - day);
}

/** `2026-11-23`, by the clock of this machine. */
export function dayText(moment: number | Date): string {
  const date = new Date(moment);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function dayOf(text: string): Date {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim()) ?? [];
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  const isDay = year !== '' && date.getMonth() === Number(month) - 1 && date.getDate() === Number(day);
  if (!isDay) throw new Error(t('“{0}” is no day: write it as 2026-11-30', text.slice(0, 30)));
  return date;
}

function days(from: Date, count: number, shift = 0): Period {
  const at = (offset: number) =>
    new Date(from.getFullYear(), from.getMonth(), from.getDate() + shift + offset).getTime();
  return { fromMillis: at(0), toMillis: at(count) };
}

function months(now: Date, count: number, shift = 0): Period {
  const at = (offset: number) => new Date(now.getFullYear(), now.getMonth() + shift + offset, 1).getTime();
  return { fromMillis: at(0), toMillis: at(count) };
}

function years(year: number): Period {
  return { fromMillis: new Date(year, 0, 1).getTime(), toMillis: new Date(year + 1, 0, 1).getTime() };
}
