import { t } from '../../language.ts';
import type { Progress, ProgressEvent } from './event.ts';
import { Recogniser } from './recognise.ts';
import { TerminalTexts } from './terminalTexts.ts';

/** How much of the latest output is kept to explain it, and how many recognised texts. */
const TAIL_CHARACTERS = 8192;
const MOST_RECOGNISED = 64;
const MOST_TEXTS = 40;

/** A text of the terminal and what it was taken for. */
export interface Reading {
  readonly text: string;
  /** Null where it was taken for no progress. */
  readonly family: string | null;
  /** In words: `epoch 3 of 30`, `a validation`, `nothing: it names no epoch, step or bar`. */
  readonly takenFor: string;
}

/** A family whose texts were recognised. */
export interface Recognised {
  readonly family: string;
  readonly count: number;
  /** The latest one. */
  readonly text: string;
  readonly takenFor: string;
}

/** A small record of what was read. While output streams it keeps references only; words are made when asked. */
export class ReadingRecord {
  #tail = '';
  #before = '';
  readonly #recognised: { text: string; event: ProgressEvent; before: Progress; after: Progress }[] = [];
  readonly #families = new Map<string, { count: number; text: string; event: ProgressEvent }>();
  #next = 0;

  /** The latest output, recognised or not. */
  keep(output: string): void {
    if (output.length >= TAIL_CHARACTERS) this.#before = '';
    else if (this.#tail.length > TAIL_CHARACTERS) this.#before = this.#tail;
    else {
      this.#tail += output;
      return;
    }
    this.#tail = output.slice(-TAIL_CHARACTERS);
  }

  add(text: string, event: ProgressEvent, before: Progress, after: Progress): void {
    this.#recognised[this.#next] = { text, event, before, after };
    this.#next = (this.#next + 1) % MOST_RECOGNISED;
    let entry = this.#families.get(event.family);
    if (!entry) this.#families.set(event.family, (entry = { count: 0, text, event }));
    entry.count += 1;
    entry.text = text;
    entry.event = event;
  }

  /** The families, the most frequent first. */
  recognised(): readonly Recognised[] {
    return [...this.#families]
      .map(([family, { count, text, event }]) => ({ family, count, text, takenFor: wordsOf(event) }))
      .sort((one, other) => other.count - one.count);
  }

  /** The latest texts, oldest first. */
  readings(): readonly Reading[] {
    const readings: Reading[] = [];
    const recogniser = new Recogniser();
    const texts = new TerminalTexts((text) => {
      if (text.trim() !== '') readings.push(this.#reading(text, recogniser));
    });
    texts.feed((this.#before + this.#tail).slice(-2 * TAIL_CHARACTERS));
    texts.finish();
    return readings.slice(-MOST_TEXTS);
  }

  #reading(text: string, recogniser: Recogniser): Reading {
    const known = this.#recognised.findLast((entry) => entry.text === text);
    const event = known?.event ?? recogniser.recognise(text);
    if (!event) return { text, family: null, takenFor: whyNot(text) };
    const changed = known === undefined || known.before !== known.after || event.phase !== 'train';
    return {
      text,
      family: event.family,
      takenFor: changed ? wordsOf(event) : t('{0}, which is not of the training', wordsOf(event)),
    };
  }
}

/** What an event says, in words. */
export function wordsOf(event: ProgressEvent): string {
  if (event.phase === 'validate') return t('a validation');
  if (event.phase === 'other') return t('other work than training');
  const parts: string[] = [];
  const { stage, totalStages, epoch, totalEpochs, epochFinished, epochsDone, step, totalSteps, percent } =
    event;
  if (stage !== null)
    parts.push(totalStages === null ? t('part {0}', stage) : t('part {0} of {1}', stage, totalStages));
  if (epoch !== null) {
    parts.push(totalEpochs === null ? t('epoch {0}', epoch) : t('epoch {0} of {1}', epoch, totalEpochs));
    if (epochFinished) parts.push(t('finished'));
  } else if (totalEpochs !== null) parts.push(t('{0} epochs in all', totalEpochs));
  if (epochsDone !== null) parts.push(t('{0} epochs done', epochsDone));
  if (step !== null)
    parts.push(totalSteps === null ? t('step {0}', step) : t('step {0} of {1}', step, totalSteps));
  else if (percent !== null) parts.push(`${percent} %`);
  else if (totalSteps !== null) parts.push(t('{0} steps in all', totalSteps));
  if (event.isOneMore) parts.push(t('one more step'));
  if (event.isEnd) parts.push(t('the end of the training'));
  if (parts.length === 0 && epochFinished) parts.push(t('the end of an epoch'));
  return parts.join(', ') || t('a bar of something else');
}

function whyNot(text: string): string {
  if (!/\d/.test(text)) return t('nothing: it holds no number');
  if (/\b(?:epoch|step|iter\w*|batch|round|trial|fold)\b/i.test(text))
    return t('nothing: its number is no count of the training');
  return t('nothing: it names no epoch and no step, and is no bar');
}
