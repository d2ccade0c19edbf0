import type { Bar } from './bar.ts';
import type { ProgressEvent } from './event.ts';
import { EPOCH_TABLE } from './families/tables.ts';
import { isAnyones, type Position } from './position.ts';
import { ResultLines } from './resultLines.ts';

/** The last redraw of a bar may be late: a share of it. Engineering judgement. */
const NEAR_END = 0.8;

/** Takes what names an epoch. */
export class EpochEvents {
  readonly #position: Position;
  readonly #results = new ResultLines();
  /** Who numbers the epochs. */
  #family: string | null = null;

  constructor(position: Position) {
    this.#position = position;
  }

  /** Whether another family than this one numbers the epochs. */
  isNumberedByOther(family: string): boolean {
    return this.#position.epochs.hasNumbers && this.#family !== family;
  }

  /** @param printed number of the epoch */
  take(event: ProgressEvent, printed: number, text: string): void {
    const { epochs, totals, bars, lastPrinted } = this.#position;
    if (this.#isByFramework() && isAnyones(event.family) && printed < (lastPrinted ?? 0)) return;
    const [before, completed] = [epochs.epoch, epochs.completed];
    const isFinished = this.#isFinished(event, printed, text);
    const total = event.totalEpochs ?? totals.printed;
    if (this.#beginsAnotherFit(event, printed)) this.#position.restartEpochs();
    this.#position.lastPrinted = printed;
    if (!this.#isByFramework()) this.#family = event.family;
    const { countsFrom } = event;
    // of what is printed once, after the end, all before was trained too
    const isAll = this.#position.isCutOff && before === null && !epochs.isResumed;
    epochs.see(printed, { isFinished, countsFrom, total, isBar: event.bar === 'epochs', isAll });
    this.#position.lastWasFinished = isFinished;
    if (event.totalEpochs !== null) totals.printed = event.totalEpochs;
    if (completed > epochs.completed) return;
    const isNew = epochs.epoch !== before || epochs.completed !== completed;
    if (isNew) this.#position.serial += 1;
    this.#showSteps(isNew, before === null && !isFinished, bars.training);
    this.#position.setFamily(event);
    this.#position.draft.phase = 'train';
  }

  /** @param isFirst the first number is told, which may come when its bar has already begun */
  #showSteps(isNew: boolean, isFirst: boolean, bar: Bar | null): void {
    const { draft, serial, published } = this.#position;
    if (isFirst && bar) bar.startSerial = serial;
    if (isFirst && bar && bar.step > 0) {
      draft.stepsOf = bar.isOfRun ? 'run' : 'epoch';
      return;
    }
    if (!isNew || (published.stepsOf === 'run' && bar?.isOfRun)) return;
    this.#position.clearSteps();
    draft.percent = null;
  }

  #isFinished(event: ProgressEvent, printed: number, text: string): boolean {
    const isLine = event.bar === null && event.step === null;
    const isWithin = isLine && this.#results.see(printed, event, text) === 'within';
    if (isWithin) this.#position.epochs.takeBack();
    return event.epochFinished && !isWithin && !this.#isUnderWay(event, printed);
  }

  /** The bar of this very epoch shows that more of it is to come. */
  #isUnderWay({ bar: ofBar, family }: ProgressEvent, printed: number): boolean {
    if (family === EPOCH_TABLE) return false;
    const bar = this.#position.bars.training;
    if (ofBar !== null || !bar || bar.total === null || bar.isOfRun || bar.countsEpochs) return false;
    return this.#isOfBar(bar, printed) && bar.step < NEAR_END * bar.total;
  }

  #isOfBar({ startSerial, step, starts, id }: Bar, printed: number): boolean {
    const { epochs, lastWasFinished, lastPrinted, serial } = this.#position;
    if (!epochs.hasNumbers) return step > 0 && (starts > 1 || id.includes('#'));
    const isNext = (lastWasFinished || epochs.isOver) && step > 0 && printed === (lastPrinted ?? 0) + 1;
    return (printed === lastPrinted || isNext) && startSerial === serial;
  }

  /** A framework's own output numbers the epochs: what else prints of earlier ones begins nothing anew. */
  #isByFramework(): boolean {
    return this.#family !== null && !isAnyones(this.#family);
  }

  /** Another fit has another total, or comes after one that said that it is through. */
  #beginsAnotherFit(event: ProgressEvent, printed: number): boolean {
    const { epochs, totals, hasEnded, lastPrinted } = this.#position;
    const isAtLast = lastPrinted !== null && lastPrinted === totals.printed;
    const isOver = epochs.hasNumbers && (epochs.isOver || isAtLast);
    const isOther =
      event.totalEpochs !== null && totals.printed !== null && event.totalEpochs !== totals.printed;
    const isFirst = printed <= 1;
    return (hasEnded && this.#isBack(event, printed)) || (isOver && isOther && isFirst);
  }

  /** After the training said that it is through, another fit begins with a lower number, or with its first step. */
  #isBack(event: ProgressEvent, printed: number): boolean {
    const last = this.#position.lastPrinted ?? printed;
    return printed < last || (printed === last && event.step === 0);
  }
}
