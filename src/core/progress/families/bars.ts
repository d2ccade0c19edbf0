import type { ProgressEvent } from '../event.ts';
import { count, type Family } from './family.ts';
import { barEvent } from './namedBar.ts';

/** `|████▌   | ▃▅▇ 8/20 [40%] in 1s (~2s, 5.1/s)`; `(!) 8/20` when it ended early. */
const ALIVE = /(?:^|\s)(\d{1,12})\/(\d{1,12}) \[\d{1,3}%\] in /;

/** `|▁▃▅▇▅▃▁| 12 in 3.1s (4.10/s)` without a total. */
const ALIVE_UNKNOWN = /\|\s[^|]*?(\d{1,12}) in \d[\d.:hms]* \(/;

/** `40% (8 of 20) |####      | Elapsed Time: 0:00:01 ETA:   0:00:02`. */
const PROGRESSBAR = /(\d{1,3})% \(\s*(\d{1,12}) of\s+(\d{1,12})\)/;

/** `Training  [########----------]   40%  00:00:02`, `[####----]  8/20`, `|████░░░░| 40.0%`. */
const SIGNS =
  /(?:\[(?=[#=>█▓■*.·░▒□-])[#=>█▓■*.·░▒□\- ]{4,}\]|\|(?=[#=>█▓■*.·░▒□-])[#=>█▓■*.·░▒□\- ]{4,}\|)\s*[,:-]?\s*\(?(?:(\d{1,12})\s?\/\s?(\d{1,12})|(\d{1,3})(?:\.\d+)?\s?%)/;

/** `[====>    ] 40% epoch 3/30`. */
const EPOCH_AFTER = /\bepoch\s*[:#=[]?\s*\d{1,9}(?:\s*\/\s*\d{1,9})?/i;

/** `Progress:  23.4% words/sec/thread: 1234 lr: 0.038 avg.loss: 2.1` of fastText (src/fasttext.cc). */
const PROGRESS = /^\W*(?:[Tt]raining )?[Pp]rogress:?\s+(\d{1,3})(?:\.\d+)?\s?%(?=.*\b(?:lr|loss)\b)/;

/** `40% [########----------]`, `8/20 [####----]`. */
const BEFORE_SIGNS =
  /(?:^|[\s:(])(?:(\d{1,12})\s?\/\s?(\d{1,12})|(\d{1,3})(?:\.\d+)?\s?%)\)?[\s:,-]{0,3}[[|](?=[#=>█▓■*.·░▒□-])[#=>█▓■*.·░▒□\- ]{4,}[\]|]/;

/** `|████------| 40.00% [8/20 00:01<00:02 2.345]`. */
const FASTPROGRESS = /\|\s*\d{1,3}(?:\.\d+)?% \[(\d{1,12})\/(\d{1,12}) [\d:]+</;

/**
 * Bars of smaller libraries: alive-progress (alive_progress/core/progress.py), progressbar2 (`DefaultWidgets` in
 * progressbar/bar.py), fastprogress' on a console (fastprogress/fastprogress.py), click's
 * (click/_termui_impl.py), and those of signs that people draw themselves.
 */
export const bars: Family = {
  id: 'bars',
  hint: /%\] +in |\d +in +\d|% +\(|% +\[\d|[#=>█▓■*.·░▒□-] *[\]|]|rogress:? +\d/,
  parse: (text) => alive(text) ?? progressbar(text) ?? fastprogress(text) ?? ofSigns(text) ?? inWords(text),
};

function alive(text: string): ProgressEvent | null {
  const match = ALIVE.exec(text) ?? ALIVE_UNKNOWN.exec(text);
  if (!match) return null;
  const start = text.indexOf('|');
  const name = start < 0 ? text.slice(0, match.index) : text.slice(0, start);
  return barEvent('alive-progress', { name, done: count(match[1]), total: count(match[2]) });
}

function progressbar(text: string): ProgressEvent | null {
  const match = PROGRESSBAR.exec(text);
  if (!match) return null;
  const [, , done, total] = match;
  return barEvent('progressbar2', {
    name: text.slice(0, match.index),
    done: count(done),
    total: count(total),
  });
}

function fastprogress(text: string): ProgressEvent | null {
  const match = FASTPROGRESS.exec(text);
  if (!match) return null;
  const name = text.slice(0, Math.max(0, text.indexOf('|')));
  return barEvent('fastprogress', { name, done: count(match[1]), total: count(match[2]) });
}

function ofSigns(text: string): ProgressEvent | null {
  const match = SIGNS.exec(text) ?? BEFORE_SIGNS.exec(text);
  if (!match) return null;
  const [, done, total, percent] = match;
  const after = text.slice(match.index + match[0].length);
  const name = text.slice(0, match.index).trim() || (EPOCH_AFTER.exec(after)?.[0] ?? '');
  const counts = { done: count(done), total: count(total), percent: count(percent) };
  return barEvent('signs', { name, ...counts, rest: after });
}

function inWords(text: string): ProgressEvent | null {
  const match = PROGRESS.exec(text);
  return match && barEvent('progress-line', { name: '', done: null, total: null, percent: count(match[1]) });
}
