import { TRIALS } from './bar.ts';
import { EpochEvents } from './epochEvents.ts';
import type { Progress, ProgressEvent } from './event.ts';
import { EvaluationBar } from './evaluationBar.ts';
import { Position } from './position.ts';
import { StepEvents } from './stepEvents.ts';
import type { KnownTotals } from './totals.ts';

/** Makes of events where the training stands. */
export class ProgressTracker {
  readonly #position: Position;
  readonly #epochEvents: EpochEvents;
  readonly #stepEvents: StepEvents;
  readonly #evaluation = new EvaluationBar();
  #stageBase = 1;
  /** Another stage was announced, and nothing of it was seen yet. */
  #beginsStage = false;

  constructor(known: KnownTotals) {
    this.#position = new Position(known);
    this.#epochEvents = new EpochEvents(this.#position);
    this.#stepEvents = new StepEvents(this.#position);
  }

  get progress(): Progress {
    return this.#position.published;
  }

  /** Goes on from what an earlier reader knew. */
  restore(progress: Progress): void {
    this.#position.restore(progress);
  }

  /** Takes totals that became known later; what is surer stays. */
  learn(totals: KnownTotals): void {
    this.#position.totals.learn(totals);
    if (this.progress.isStale) this.#position.publishTotals();
    else this.#position.publish();
  }

  /** @param text that the event was read from */
  take(event: ProgressEvent, text: string, row: number): void {
    const { epochs, totals, bars } = this.#position;
    if (event.phase !== 'train') return this.#takeOther(event);
    if (this.#evaluation.isOf(event, bars.training)) return;
    // of a training of one epoch Keras names none
    if (event.needsEpochs && !epochs.hasNumbers && totals.knownEpochs !== 1) return;
    const isStep = event.isUnsure && this.#epochEvents.isNumberedByOther(event.family);
    this.#takeTraining(isStep ? asStep(event) : event, text, row);
    this.#position.publish();
  }

  /** The training is over with exit code 0: its last epoch is too, where nothing says otherwise. */
  finish(): void {
    const { totals } = this.#position;
    if (this.progress.isStale) return;
    this.#finishLast();
    totals.printsHowMany ||= totals.isAtPrinted;
    this.#position.isOver = true;
    this.#position.publish();
  }

  #takeTraining(event: ProgressEvent, text: string, row: number): void {
    const { epochs, totals } = this.#position;
    if (event.stage !== null) this.#takeStage(event, event.stage);
    if (this.#beginsStage && isSeen(event)) this.#beginStage();
    if (event.epoch === null && event.step === null) {
      totals.announcedEpochs = event.totalEpochs ?? totals.announcedEpochs;
      totals.announcedSteps = event.totalSteps ?? totals.announcedSteps;
    }
    if (event.epochsDone !== null) this.#takeFraction(event, event.epochsDone);
    if (event.epoch !== null) this.#epochEvents.take(event, event.epoch, text);
    if (event.percent !== null && event.step === null) this.#stepEvents.takePercent(event, event.percent);
    const isShown = event.step !== null && this.#takeStep(event, event.step, row);
    if (event.isOneMore && !this.#isFitOfEpochs(event)) this.#stepEvents.takeOneMore(event);
    if (event.epoch === null && event.epochFinished) this.#position.finishEpoch(isShown);
    if (event.resumes) epochs.resumes();
    if (event.isEnd) this.#position.end(event.totalEpochs);
    this.#position.isCutOff ||= event.isCutOff;
  }

  #takeStep(event: ProgressEvent, step: number, row: number): boolean {
    if (!this.#isFitOfEpochs(event)) return this.#stepEvents.take(event, step, row);
    this.#takeTrial(event, step);
    return false;
  }

  /** A trial or fit of a search, whose own epochs are numbered: it is no step. */
  #isFitOfEpochs({ bar }: ProgressEvent): boolean {
    return bar === TRIALS && this.#position.epochs.hasNumbers;
  }

  #takeOther(event: ProgressEvent): void {
    if (event.phase === 'validate' && event.step !== null && event.totalSteps !== null)
      this.#stepEvents.takeValidation(event.step, event.totalSteps);
    if (event.epochsDone !== null) this.#takeFraction(event, event.epochsDone);
    if (event.beginsPhase) this.#evaluation.await();
    this.#position.setPhase(event.phase);
  }

  #takeStage(event: ProgressEvent, printed: number): void {
    const { draft, totals, epochs } = this.#position;
    const before = draft.stage;
    if (before === null) this.#stageBase = printed === 0 ? 0 : 1;
    const stage = printed + 1 - this.#stageBase;
    if (before !== null && stage <= before) return;
    // where it is announced, what was trained last stands until something of it is seen
    this.#beginsStage = before !== null && (epochs.hasNumbers || epochs.completed > 0);
    draft.stage = stage;
    draft.totalStages = totals.stages = event.totalStages ?? draft.totalStages;
    this.#position.setFamily(event);
  }

  #beginStage(): void {
    this.#beginsStage = false;
    const { epochs, bars } = this.#position;
    const isThrough = bars.training !== null && bars.training.step === bars.training.total;
    if (!epochs.hasNumbers && isThrough) epochs.next(); // what was counted by bars ends with the last of them
    this.#position.restartEpochs();
  }

  /** A trial whose own epochs are seen is a fit of several: the next one begins with its first epoch. */
  #takeTrial(event: ProgressEvent, done: number): void {
    const { draft, totals } = this.#position;
    this.#position.trialsDone = done;
    this.#position.end(null);
    draft.stage ??= done;
    draft.totalStages = totals.stages = event.totalSteps ?? draft.totalStages;
    this.#position.setFamily(event);
  }

  #takeFraction(event: ProgressEvent, done: number): void {
    const { fractional, totals, bars, epochs } = this.#position;
    fractional.see(done);
    totals.printsHowMany = true;
    const bar = bars.training;
    if (event.step === null && bar === null) epochs.setDone(Math.floor(done + 1e-9));
    if (!event.isEnd || !fractional.isLate || !bar?.step || bar.total === null) return;
    fractional.seeEnd(done, bar.step, bar.total);
    totals.printed = fractional.totalEpochs ?? totals.printed;
    epochs.setDone(Math.floor(done + 1e-9));
    this.#position.lastWasFinished = true;
    if (fractional.totalEpochs !== null) this.#position.clearSteps();
  }

  #finishLast(): void {
    const { epochs, totals, fractional, lastWasFinished, isCutOff } = this.#position;
    const { step, totalSteps, totalEpochs, epochsBefore, epochsCompleted, stepsOf, epoch } = this.progress;
    const isOfTotal = totalEpochs !== null && epoch === totalEpochs;
    const isLast = (isOfTotal || totals.isAtPrinted) && !isCutOff;
    const full = isCutOff ? Math.max(this.#stepEvents.fullEpoch, totalSteps ?? 0) : totalSteps;
    const next = (step ?? 0) + (isCutOff ? 1 : Math.max(1, this.#stepEvents.stride));
    const isAtItsEnd = isLast || step === null || full === null || next > full;
    const hasAll = totalEpochs !== null && epochsCompleted >= totalEpochs - (epochsBefore ?? 0);
    if (!isAtItsEnd || hasAll || this.#isCutWithin(full)) return;
    if (step === null && fractional.isUsed && !fractional.isNearEnd) return;
    if (stepsOf === 'run' && (fractional.isUsed || totalSteps === null)) return;
    if (epochs.hasNumbers && !lastWasFinished) epochs.finishCurrent();
    else if (!epochs.hasNumbers && step !== null && stepsOf === 'epoch') epochs.next();
  }

  /** The steps of all are no whole number of epochs of so many steps. */
  #isCutWithin(full: number | null): boolean {
    const { totals, epochs, isCutOff } = this.#position;
    const { epoch } = this.progress;
    if (!isCutOff || epochs.isResumed || full === null || epoch === null) return false;
    return totals.announcedSteps !== null && totals.announcedSteps !== epoch * full;
  }
}

/** It tells where the training is. */
function isSeen({ epoch, epochsDone, step, percent }: ProgressEvent): boolean {
  return epoch !== null || epochsDone !== null || step !== null || percent !== null;
}

/** A number in brackets that is of a step. */
function asStep(event: ProgressEvent): ProgressEvent {
  const { epoch: step, totalEpochs: totalSteps, family } = event;
  const none = { epoch: null, totalEpochs: null, epochFinished: false, isUnsure: false };
  return { ...event, ...none, step, totalSteps, bar: family };
}
