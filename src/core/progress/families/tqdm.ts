import {
  count,
  decimal,
  event,
  otherWork,
  type EventDraft,
  type Family,
  type FamilyMemory,
} from './family.ts';
import { countedFrom } from './lightning.ts';
import { barEvent } from './namedBar.ts';

/** `8/20 [00:01<00:02,` after the bar; `8/?` where Lightning knows no total; `1.2k/3.4k` with `unit_scale`. */
const COUNT = /^\s*([\d.]+)([kMGT]?)\s?\/\s?(?:([\d.]+)([kMGT]?)|\?)(?![\d.…/])/;

/** `12it [00:03, 4.10it/s]`: what a bar without a total shows. */
const UNKNOWN_TOTAL = /(?:^|[\s:|])(\d{1,15})\s?([a-z][a-z ]{0,20}?)\s?\[(?:\d+:)+\d\d,\s/i;

/** `[8/20]  40%|` of PyTorch Ignite, whose count stands before the bar. */
const COUNT_BEFORE = /\[(\d{1,15})\/(\d{1,15})\]\s*$/;

/** What a count goes on with that is no whole number. */
const NO_WHOLE = ['.', '…', '/', 'k', 'M', 'G', 'T'];

const [SPACE, SLASH, ZERO, NINE] = [0x20, 0x2f, 0x30, 0x39];

interface Counts {
  /** Null where it is scaled. */
  readonly done: number | null;
  readonly total: number | null;
  readonly length: number;
}

const PERCENT = /(\d{1,3}(?:\.\d+)?)\s*$/;

/**
 * tqdm (`format_meter` in tqdm/std.py), and what prints like it: `Train:  40%|████      | 8/20 [00:01<00:02,  5.1it/s]`,
 * nested bars, ascii bars, and `12it [00:03, 4.10it/s]` where the total is unknown; enlighten's default
 * (`BAR_FMT` in enlighten/_counter.py) `Train  40%|████      |  8/20 [00:01<00:02, 5.10 it/s]`; PyTorch Ignite's
 * (`bar_format` in ignite/handlers/tqdm_logger.py) `Epoch [1/3]: [8/20]  40%|████ , loss=0.3 [00:01<00:02]`;
 * PyTorch Lightning's `Epoch 0:  40%|████      | 8/20 [00:01<00:02,  5.1it/s, v_num=0]`, which counts from 0.
 */
export const tqdm: Family = {
  id: 'tqdm',
  hasBarSign: true,
  hint: /%\||\| *\d+\/\?|\[\d+:\d/,
  parse(text, memory) {
    const percentEnd = text.indexOf('%|');
    const told = percentEnd >= 0 ? withPercent(text, percentEnd) : (withoutBar(text) ?? unknownTotal(text));
    return (
      told &&
      (isValidating(told, text, memory) ? otherWork('tqdm', 'validate') : countedFrom(told, text, memory))
    );
  },
};

/** skorch's bar of an epoch goes on through its validation, with that one's loss (skorch/callbacks/logging.py, `ProgressBar`). */
function isValidating({ bar, totalSteps }: EventDraft, text: string, memory: FamilyMemory): boolean {
  if (!text.includes('_l')) return false;
  const isTraining = text.includes(', train_l'); // a narrow terminal may cut the rest
  if (!isTraining && !text.includes(', valid_l')) return false;
  const id = `${bar} ${totalSteps}`;
  if (isTraining) memory.trainLossBar = id;
  return !isTraining && memory.trainLossBar === id;
}

function withPercent(text: string, percentEnd: number): EventDraft | null {
  const head = PERCENT.exec(text.slice(Math.max(0, percentEnd - 8), percentEnd));
  if (!head) return null;
  const name = text.slice(0, percentEnd - head[0].length);
  const percent = Number(head[1]);
  const barEnd = text.indexOf('|', percentEnd + 2);
  const tail = barEnd < 0 ? '' : text.slice(barEnd + 1);
  const before = name.includes(']') ? COUNT_BEFORE.exec(name) : null;
  if (before) {
    const [done, total] = [count(before[1]), count(before[2])];
    return barEvent('tqdm', { name: name.slice(0, before.index), done, total });
  }
  const counts = wholeCounts(tail) ?? scaledCounts(tail);
  const { done = null, total = null, length = 0 } = counts ?? {};
  // a narrow terminal may cut the line within the count
  const isCut = counts !== null && length === tail.length && !agrees(done, total, percent);
  if (done === null || isCut) return barEvent('tqdm', { name, done: null, total: null, percent, rest: tail });
  return barEvent('tqdm', { name, done, total, rest: tail.slice(length) });
}

/** `8/20`, as nearly all bars show it: loops, since the expression takes longer and each redraw has one. */
function wholeCounts(tail: string): Counts | null {
  let at = 0;
  while (tail.charCodeAt(at) === SPACE) at += 1;
  const slash = endOfDigits(tail, at);
  const end = endOfDigits(tail, slash + 1);
  if (tail.charCodeAt(slash) !== SLASH || NO_WHOLE.includes(tail.charAt(end))) return null;
  const [done, total] = [count(tail.slice(at, slash)), count(tail.slice(slash + 1, end))];
  return done === null || total === null ? null : { done, total, length: end };
}

function endOfDigits(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code >= ZERO && code <= NINE; code = text.charCodeAt(at)) at += 1;
  return at;
}

function scaledCounts(tail: string): Counts | null {
  const match = COUNT.exec(tail);
  if (!match) return null;
  const isWhole = !match[2] && !match[4];
  const [done, total] = isWhole ? [count(match[1]), count(match[3])] : [null, null];
  return { done, total, length: match[0].length };
}

function agrees(done: number | null, total: number | null, percent: number): boolean {
  return done !== null && total !== null && Math.abs((100 * done) / total - percent) <= 1;
}

/** `Epoch 0: |          | 8/? [00:01<?,  5.1it/s]`. */
function withoutBar(text: string): EventDraft | null {
  const end = text.indexOf('/?');
  const bar = end < 0 ? -1 : text.lastIndexOf('|', end);
  const start = bar < 1 ? -1 : text.lastIndexOf('|', bar - 1);
  if (start < 0) return null;
  const done = decimal(text.slice(bar + 1, end).trim());
  if (done === null) return null;
  return barEvent('tqdm', { name: text.slice(0, start), done, total: null, rest: text.slice(end + 2) });
}

function unknownTotal(text: string): EventDraft | null {
  const match = UNKNOWN_TOTAL.exec(text);
  if (!match) return null;
  const [, shown, unit = ''] = match;
  // without a rate nothing has moved yet
  const done = text.startsWith('?', match.index + match[0].length) ? '0' : shown;
  const rest = `${unit} ${text.slice(match.index)}`;
  const name = text.slice(0, match.index);
  if (/^(?:examples|B|files?|bytes|tables?)$/i.test(unit)) return event('tqdm', { phase: 'other' });
  return barEvent('tqdm', { name, done: count(done), total: null, rest });
}

const END = /\| *[\d.]+[kMGT]?\/[\d.?]+[kMGT]? \[[^\]]*\](?=\s*[^\s|])/;

/** Where a bar ends that other output follows on the same row, without a line feed between; 0 where none does. */
export function endOfBar(text: string): number {
  if (text.endsWith(']')) return 0;
  const message = text.endsWith('.') ? text.indexOf('`Trainer.fit` stopped') : -1;
  if (message > 0) return message;
  const bar = text.indexOf('%|');
  const match = bar < 0 ? null : END.exec(text.slice(bar));
  return match ? bar + match.index + match[0].length : 0;
}
