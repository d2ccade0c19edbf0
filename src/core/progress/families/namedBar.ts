import { TRIALS } from '../bar.ts';
import type { Phase, ProgressEvent } from '../event.ts';
import { phaseOf } from '../phases.ts';
import { EPOCH_WORD } from './epochWords.ts';
import { count, event, otherWork, type EventDraft } from './family.ts';

/** A bar of any library. */
export interface NamedBar {
  /** What stands before it. */
  readonly name: string;
  readonly done: number | null;
  readonly total: number | null;
  /** Where no count is shown. */
  readonly percent?: number | null;
  /** What stands after the count: rate, unit, metrics. */
  readonly rest?: string;
}

const NAMED_EPOCH = new RegExp(
  String.raw`(?<!\w)(?:epochs|ep|eps|${EPOCH_WORD})(?![a-z])[\s:#=[(|_-]{0,4}(\d{1,9})(?!\.?\d)(?:\s*(?:\/|of|out of)\s*(\d{1,9}))?`,
  'i',
);
/** `1/3 * Epoch (train)` of Catalyst, `3/30 epochs`. */
const EPOCH_AFTER = /(?:^|[\s([])(\d{1,9})\s*(?:\/|of)\s*(\d{1,9})[\s)\]*]{1,3}epoch\b/i;
/** `Train 1/4`, `[1/4]`, `E1/4`. */
const EPOCH_UNNAMED = /(?:\btrain(?:ing)?\W{1,3}|^[\s[(]*E?)(\d{1,9})\/(\d{1,9})[\])]?[\s:,-]*$/i;
const EPOCHS_BAR = /\b(?:epochs?|eps?)\b/i;
const EPOCHS_RATE = /(?:[\d?]\s?(?:epochs?|ep)\/s|s\/(?:epochs?|ep)\b|^\s*(?:epochs?|ep)\b)/i;

/** `[00:01<00:02, 5.1it/s, epoch=3, loss=0.5]`, `Epoch=3/30`. */
const EPOCH_BESIDE = /\b[Ee]poch=(\d{1,9})(?![\d.])(?:\/(\d{1,9}))?/;

/** Several trainings one after another: folds of a cross-validation, seeds, tasks. */
const STAGE =
  /\b(?:(?:k-?)?folds?|cv|seeds?|splits?|repeats?)\b[\s:#=[(-]{0,4}(?:(\d{1,6})(?:\s*(?:\/|of)\s*(\d{1,6}))?)?/i;

/** Downloads and data sets have units of their own. */
const OTHER_UNIT = /[\d?-]\s?(?:[kKMGT]?i?B|examples|files|tokens|rows|docs)\/s|^\s?(?:bytes|[kKMGT]i?B)\b/;

/** `Best trial: 3. Best value: 0.5` of Optuna's bar (optuna/progress_bar.py), which counts what its lines tell, too. */
const TRIALS_NAME = /^Best trial: /;

/** `3/3 [scipy]`: packages that pip installs (pip/_internal/cli/progress_bars.py). */
const PACKAGE = /^\s*\[[\w.-]+\]\s*$/;
/** Bytes that are counted as `it`: nobody trains a hundred thousand steps in a second. Engineering judgement. */
const BYTES_RATE = /\d{6}(?:\.\d+)?\s?it\/s/;

/** An unnamed bar of so many that has not moved says nothing: it may be one of bytes. Engineering judgement. */
const MANY = 1_000_000;
const SPINNER = /[\u2800-\u28ff]/g;
const NUMBER = /[-+]?\d[\d.,]*(?:e[-+]?\d+)?/gi;

/** What a name tells. */
interface Named {
  readonly name: string;
  readonly phase: Phase;
  readonly told: Partial<ProgressEvent>;
  readonly bar: string;
  readonly countsEpochs: boolean;
  readonly countsStages: boolean;
}

/** A bar is redrawn many times with the same name. */
let latest: Named | null = null;

/** What a bar says, by its name: steps of a named epoch, epochs, folds, or steps of what is yet to be found out. */
export function barEvent(
  family: string,
  { name, done, total, percent = null, rest = '' }: NamedBar,
): EventDraft {
  const named = latest?.name === name ? latest : readName(name);
  latest = named;
  const { phase, told, bar } = named;
  if (phase !== 'train') return otherWork(family, phase, { step: done, totalSteps: total });
  if (bar === '' && isOfBytes(done, total, rest)) return otherWork(family);
  const hasUnit = !rest.includes('it/s') && !rest.includes('s/it');
  if (hasUnit && (OTHER_UNIT.test(rest) || (name.trim() === '' && PACKAGE.test(rest))))
    return otherWork(family);
  if (told.epoch !== undefined) {
    // `Epochs: 3/30 ━━━ 10%`: the count is the bar's own
    const isItsOwn = done !== null && total !== null && told.epoch === done && told.totalEpochs === total;
    return isItsOwn && /epochs/i.test(name)
      ? epochsBar(family, done, total)
      : stepsBar(family, named, done, total, percent);
  }
  if (named.countsStages) return done === null ? otherWork(family) : stagesBar(family, done, total);
  if (named.countsEpochs || (hasUnit && EPOCHS_RATE.test(rest)))
    return done === null ? event(family, { percent, stepsOf: 'run', bar }) : epochsBar(family, done, total);
  const made = stepsBar(family, named, done, total, percent);
  const beside = rest.includes('poch=') ? EPOCH_BESIDE.exec(rest) : null;
  made.epoch = count(beside?.[1]);
  made.totalEpochs = count(beside?.[2]);
  made.isBeside = made.epoch !== null;
  return made;
}

/** A download whose bar has no name and no unit. */
function isOfBytes(done: number | null, total: number | null, rest: string): boolean {
  return BYTES_RATE.test(rest) || (done === 0 && (total ?? 0) >= MANY);
}

function stepsBar(
  family: string,
  { told, bar }: Named,
  done: number | null,
  total: number | null,
  percent: number | null,
): EventDraft {
  const made = event(family, told);
  made.step = done;
  made.totalSteps = total;
  made.percent = done === null ? percent : null;
  made.bar = bar;
  return made;
}

function readName(name: string): Named {
  const named = NAMED_EPOCH.exec(name) ?? EPOCH_AFTER.exec(name) ?? EPOCH_UNNAMED.exec(name);
  const stage = STAGE.exec(name);
  const epoch = named ? { epoch: count(named[1]), totalEpochs: count(named[2]) } : {};
  return {
    name,
    phase: phaseOf(name),
    told: { ...epoch, ...stageOf(stage) },
    bar: TRIALS_NAME.test(name) ? TRIALS : idOf(name),
    countsEpochs: EPOCHS_BAR.test(name),
    countsStages: stage !== null && !stage[1],
  };
}

function idOf(name: string): string {
  const shape = name.replace(SPINNER, '').replace(NUMBER, '#');
  return shape.replace(/[\s:,|-]+$/, '').trim();
}

function stageOf(match: RegExpExecArray | null): Partial<ProgressEvent> {
  return match?.[1] ? { stage: count(match[1]), totalStages: count(match[2]) } : {};
}

/** A bar whose steps are epochs. */
function epochsBar(family: string, done: number, total: number | null): EventDraft {
  const epoch = Math.max(1, done);
  return event(family, { epoch, countsFrom: 1, totalEpochs: total, epochFinished: done > 0, bar: 'epochs' });
}

function stagesBar(family: string, done: number, total: number | null): EventDraft {
  return event(family, { stage: Math.min(done + 1, total ?? Infinity), totalStages: total });
}
