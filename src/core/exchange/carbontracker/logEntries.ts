import { timeMillis } from '../fields.ts';

/** What was logged at once: a line with its time, and the lines that follow it without one. */
export interface LogEntry {
  /** From 1. */
  readonly line: number;
  /** As it is written. */
  readonly time: string;
  readonly timeMillis: number;
  readonly message: string;
}

/**
 * `2026-11-24 10:00:00 - message`, in local time; up to 1.0.4 `2020-05-01 10:00:00,123 - MainThread - INFO - message`
 * (carbontracker/loggerutil.py).
 */
const START = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:,\d{3} - \w+ - [A-Z]+)? - (.*)$/;

/** The entries of a log; what stands before the first is left out. */
export function logEntries(text: string): readonly LogEntry[] {
  const entries: { line: number; time: string; timeMillis: number; lines: string[] }[] = [];
  for (const [index, lineText] of text.split(/\r\n|\n|\r/).entries()) {
    const [, time = '', message = ''] = START.exec(lineText) ?? [];
    const millis = timeMillis(time);
    if (millis === null) entries.at(-1)?.lines.push(lineText);
    else entries.push({ line: index + 1, time, timeMillis: millis, lines: [message] });
  }
  return entries.map(({ lines, ...entry }) => ({ ...entry, message: lines.join('\n') }));
}

const CLOCK = /^(?:(\d{1,5}) days?, )?(\d{1,7}):(\d\d):(\d\d(?:\.\d{1,6})?)$/;

/** Seconds of `0:01:02`, `0:01:02.50` or `1 day, 2:03:04`; null for anything else (loggerutil.py, convert_to_timestring). */
export function clockSeconds(text: string): number | null {
  const match = CLOCK.exec(text.trim());
  if (!match) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
