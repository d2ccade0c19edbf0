import { EpochCounter } from './epochCounter.ts';
import { NO_PROGRESS, type Phase, type Progress, type ProgressEvent } from './event.ts';
import { FractionalEpochs } from './fractionalEpochs.ts';
import { StepBars } from './stepBars.ts';
import { Totals, type KnownTotals } from './totals.ts';

/** Families that are no framework's own. */
const ANYONES: ReadonlySet<string> = new Set([
  'epoch-line',
  'announcement',
  'stages',
  'bracketed',
  'iterations',
]);

/** Whether any script may print what this family reads. */
export function isAnyones(family: string): boolean {
  return ANYONES.has(family);
}

/** What is known of the training so far. Events change the draft; what others see of it is published as a whole. */
export class Position {
  readonly epochs = new EpochCounter();
  readonly bars = new StepBars();
  readonly fractional = new FractionalEpochs();
  readonly totals: Totals;
  readonly draft: { -readonly [Key in keyof Progress]: Progress[Key] };
  #published: Progress;
  /** Goes up with each epoch that begins or ends. */
  serial = 0;
  lastWasFinished = false;
  /** It has said that it is through, after epochs: what comes is another fit. */
  hasEnded = false;
  isOver = false;
  /** The training has said that it ends here, which may be within an epoch. */
  isCutOff = false;
  /** The epoch that was last named, as printed. */
  lastPrinted: number | null = null;
  /** Trials that are over, where their own epochs are seen. */
  trialsDone: number | null = null;

  constructor(known: KnownTotals) {
    this.totals = new Totals(known, this.epochs);
    this.draft = { ...NO_PROGRESS };
    this.#takeTotal();
    this.#published = { ...this.draft };
  }

  get published(): Progress {
    return this.#published;
  }

  restore(progress: Progress): void {
    const isUnderWay = progress.epoch !== null || progress.step !== null;
    Object.assign(this.draft, NO_PROGRESS, progress, { isStale: isUnderWay });
    this.totals.stages = progress.totalStages;
    this.epochs.restore(progress.epoch, progress.epochsCompleted, progress.epochsBefore);
    this.#published = { ...this.draft };
  }

  /** Takes totals alone: what was restored is as old as it was. */
  publishTotals(): void {
    this.#takeTotal();
    this.#published = { ...this.draft };
  }

  publish(): void {
    const { draft } = this;
    draft.isStale = false;
    draft.epochsCompleted = this.epochs.completed;
    draft.epochsBefore = this.epochs.before;
    this.#takeTotal();
    this.#completeSteps();
    draft.epoch = this.#epochInProgress();
    if (!isEqual(draft, this.#published)) this.#published = { ...draft };
  }

  setPhase(phase: Phase): void {
    if (this.draft.phase === phase) return;
    this.draft.phase = phase;
    this.#published = { ...this.draft };
  }

  /** A framework's own output tells more of it than a line that any script may print. */
  setFamily({ family }: ProgressEvent): void {
    const told = this.draft.family;
    if (told === null || (isAnyones(told) && !isAnyones(family))) this.draft.family = family;
  }

  /** Nothing is known of the steps of an epoch that begins. */
  clearSteps(): void {
    const { draft } = this;
    draft.step = draft.totalSteps = draft.stepsOf = null;
  }

  /** Numbers begin anew: another fit. */
  restartEpochs(): void {
    this.hasEnded = false;
    if (this.trialsDone !== null) this.draft.stage = this.trialsDone + 1;
    this.epochs.restart();
    this.bars.forget();
    this.serial += 1;
  }

  /** The epoch in progress is over. @param isShown its last step stays */
  finishEpoch(isShown: boolean): void {
    if (this.bars.training?.isSuspended) return;
    const before = this.epochs.completed;
    if (this.epochs.hasNumbers) this.epochs.finishCurrent();
    if (this.epochs.completed === before) return;
    this.serial += 1;
    this.lastWasFinished = true;
    if (!isShown) this.clearSteps();
  }

  /** The training says that it is through. @param trained how many epochs it has trained, where it says so */
  end(trained: number | null): void {
    const isUnseen = !this.epochs.hasNumbers && this.epochs.completed === 0 && !this.epochs.isResumed;
    if (isUnseen && trained !== null)
      this.epochs.see(trained, { isFinished: true, countsFrom: 1, isAll: true });
    const { step, totalSteps } = this.published;
    const isAtEnd = step !== null && step === totalSteps && !this.fractional.endsWithin(step);
    const isCut = this.fractional.isUsed && !isAtEnd;
    if (this.epochs.hasNumbers && !this.lastWasFinished && !isCut) this.finishEpoch(false);
    this.lastWasFinished = true;
    this.hasEnded = this.epochs.hasNumbers;
  }

  #takeTotal(): void {
    this.draft.totalEpochs = this.totals.epochs;
    this.draft.totalSource = this.totals.source;
  }

  /** Steps of the run whose total the output does not show may have it from elsewhere. */
  #completeSteps(): void {
    const { draft, totals } = this;
    if (draft.stepsOf !== 'run' || draft.step === null) return;
    if (draft.totalSteps === null && totals.stepsOfRun !== null) {
      draft.totalSteps = totals.stepsOfRun;
      draft.totalSource = totals.stepsSource;
    } else if (draft.totalSteps !== null && draft.totalEpochs === null) draft.totalSource = 'output';
  }

  #epochInProgress(): number | null {
    const { epochs, draft, totals } = this;
    const isPrinted = totals.printed !== null && epochs.hasNumbers;
    const most = (isPrinted ? epochs.total(totals.printed ?? 0) : draft.totalEpochs) ?? Infinity;
    const epoch = this.isOver ? this.#lastEpoch() : (epochs.epoch ?? this.#countedEpoch());
    return epoch === null ? null : Math.min(epoch, most);
  }

  #lastEpoch(): number | null {
    const { last, completed } = this.epochs;
    return last ?? (completed > 0 ? completed : this.draft.epoch);
  }

  /** Where none is numbered. */
  #countedEpoch(): number | null {
    const { completed, completedInStage } = this.epochs;
    const isKnown = completed > 0 || (this.draft.totalEpochs !== null && this.draft.stepsOf === 'epoch');
    return isKnown ? completedInStage + 1 : null;
  }
}

/** Field by field, since it is asked for each redraw. */
function isEqual(one: Progress, other: Progress): boolean {
  return (
    one.step === other.step &&
    one.epoch === other.epoch &&
    one.epochsCompleted === other.epochsCompleted &&
    one.epochsBefore === other.epochsBefore &&
    one.totalEpochs === other.totalEpochs &&
    one.totalSource === other.totalSource &&
    one.totalSteps === other.totalSteps &&
    one.percent === other.percent &&
    one.stepsOf === other.stepsOf &&
    one.stepsBefore === other.stepsBefore &&
    one.stepsInEarlierStages === other.stepsInEarlierStages &&
    one.stage === other.stage &&
    one.totalStages === other.totalStages &&
    one.phase === other.phase &&
    one.family === other.family &&
    one.isStale === other.isStale
  );
}
