import type { Bar } from './bar.ts';
import { EpochCounter } from './epochCounter.ts';
import { NO_PROGRESS, type Progress, type ProgressEvent, type TotalSource } from './event.ts';
import { FractionalEpochs } from './fractionalEpochs.ts';
import { ResultLines } from './resultLines.ts';
import { SharedBar } from './sharedBar.ts';
import { StepBars, type Verdict } from './stepBars.ts';
import { StepStart } from './stepStart.ts';

/** Totals that are known besides the output. */
export interface KnownTotals {
  readonly totalEpochs?: number;
  readonly totalSource?: Exclude<TotalSource, 'output'>;
  /** Of the run. */
  readonly totalSteps?: number;
  readonly totalStepsSource?: Exclude<TotalSource, 'output'>;
}

/** The last redraw of a bar may be late: a share of it. Engineering judgement. */
const NEAR_END = 0.8;

/** Families that are no framework's own. */
const ANYONES: ReadonlySet<string> = new Set([
  'epoch-line',
  'announcement',
  'stages',
  'bracketed',
  'iterations',
]);

/** The surest first. */
const SOURCES: readonly TotalSource[] = ['task', 'setting', 'command', 'config', 'history'];

/** Totals of these sources are of the whole run, the others of one fit. */
const OF_THE_RUN: ReadonlySet<TotalSource | null> = new Set<TotalSource | null>([
  'task',
  'setting',
  'history',
]);

const KEYS = Object.keys(NO_PROGRESS) as (keyof Progress)[];

/** Makes of events where the training stands. */
export class ProgressTracker {
  #known: KnownTotals;
  readonly #epochs = new EpochCounter();
  readonly #bars = new StepBars();
  readonly #fractional = new FractionalEpochs();
  readonly #results = new ResultLines();
  readonly #start = new StepStart();
  readonly #shared = new SharedBar();
  #progress: Progress;
  #serial = 0;
  #lastWasFinished = false;
  /** Of one fit, by the output, as printed. */
  #printedTotal: number | null = null;
  #announcedTotal: number | null = null;
  #announcedSteps: number | null = null;
  #stageBase = 1;
  #epochFamily: string | null = null;
  #isCutOff = false;
  #isOver = false;
  #hasEnded = false;
  #trialsDone: number | null = null;
  /** A count from 0 ended one before the total that it prints. */
  #printsHowMany = false;
  #lastPrinted: number | null = null;
  /** Steps of the largest epoch: one that is cut off has fewer. */
  #fullEpoch = 0;

  constructor(known: KnownTotals) {
    this.#known = known;
    this.#progress = { ...NO_PROGRESS, ...this.#knownTotal() };
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Goes on from what an earlier reader knew. */
  restore(progress: Progress): void {
    const isUnderWay = progress.epoch !== null || progress.step !== null;
    this.#progress = { ...NO_PROGRESS, ...progress, isStale: isUnderWay };
    this.#epochs.restore(progress.epoch, progress.epochsCompleted, progress.epochsBefore);
  }

  /** Takes totals that became known later; what is surer stays. */
  learn(totals: KnownTotals): void {
    const { totalSource, totalStepsSource } = this.#known;
    const { totalEpochs, totalSteps } = totals;
    if (totalEpochs !== undefined && rankOf(totals.totalSource) < rankOf(totalSource))
      this.#known = { ...this.#known, totalEpochs, totalSource: totals.totalSource };
    if (totalSteps !== undefined && rankOf(totals.totalStepsSource) < rankOf(totalStepsSource))
      this.#known = { ...this.#known, totalSteps, totalStepsSource: totals.totalStepsSource };
    if (this.#progress.isStale) this.#progress = { ...this.#progress, ...this.#total() };
    else this.#update({});
  }

  /** @param text that the event was read from */
  take(event: ProgressEvent, text: string, row: number): void {
    if (event.phase !== 'train') return this.#takeOther(event);
    // of a training of one epoch Keras names none
    if (event.needsEpochs && !this.#epochs.hasNumbers && this.#known.totalEpochs !== 1) return;
    if (event.isUnsure && this.#epochs.hasNumbers && this.#epochFamily !== event.family)
      return this.take(asStep(event), text, row);
    const before = this.#progress;
    let change: Partial<Progress> = {};
    if (event.stage !== null) change = this.#takeStage(event, event.stage);
    if (event.epoch === null && event.step === null) this.#takeTotals(event);
    if (event.epochsDone !== null) this.#takeFraction(event, event.epochsDone);
    if (event.epoch !== null) change = { ...change, ...this.#takeEpoch(event, event.epoch, text) };
    if (event.percent !== null && event.step === null)
      change = { ...change, ...this.#takePercent(event, event.percent) };
    if (event.bar === 'trials' && event.step !== null && this.#epochs.hasNumbers)
      change = this.#takeTrial(event, event.step);
    else if (event.step !== null) change = { ...change, ...this.#takeStep(event, event.step, row) };
    if (event.isOneMore) change = { ...change, ...this.#takeOneMore(event) };
    if (event.epoch === null && event.epochFinished) this.#finishEpoch();
    if (event.resumes) this.#epochs.resumes();
    if (event.isEnd) this.#end();
    if (event.isCutOff) this.#isCutOff = true;
    this.#update(change);
    if (isEqual(before, this.#progress)) this.#progress = before;
  }

  /** The training is over with exit code 0: its last epoch is too, where nothing says otherwise. */
  finish(): void {
    if (this.#progress.isStale) return;
    this.#finishLast();
    this.#printsHowMany ||= this.#endsAtPrinted();
    this.#isOver = true;
    this.#update({});
  }

  #finishLast(): void {
    const { step, totalSteps, totalEpochs, epochsBefore, epochsCompleted, stepsOf } = this.#progress;
    const isOfTotal = totalEpochs !== null && this.#progress.epoch === totalEpochs;
    const isLast = (isOfTotal || this.#endsAtPrinted()) && !this.#isCutOff;
    const full = this.#isCutOff ? Math.max(this.#fullEpoch, totalSteps ?? 0) : totalSteps;
    const isAtItsEnd = isLast || step === null || full === null || step >= full;
    const hasAll = totalEpochs !== null && epochsCompleted >= totalEpochs - (epochsBefore ?? 0);
    if (!isAtItsEnd || hasAll) return;
    if (stepsOf === 'run' && (this.#fractional.isUsed || totalSteps === null)) return;
    if (this.#epochs.hasNumbers && !this.#lastWasFinished) this.#epochs.finishCurrent();
    else if (!this.#epochs.hasNumbers && step !== null && stepsOf === 'epoch') this.#epochs.next();
  }

  #endsAtPrinted(): boolean {
    return this.#printedTotal !== null && this.#epochs.endsAt(this.#printedTotal);
  }

  #takeOther(event: ProgressEvent): void {
    if (event.phase === 'validate' && event.step !== null && event.totalSteps !== null)
      this.#shared.seeValidation(event.step, event.totalSteps);
    if (event.epochsDone !== null) this.#takeFraction(event, event.epochsDone);
    if (this.#progress.phase !== event.phase) this.#progress = { ...this.#progress, phase: event.phase };
  }

  #takeStage(event: ProgressEvent, printed: number): Partial<Progress> {
    const before = this.#progress.stage;
    if (before === null) this.#stageBase = printed === 0 ? 0 : 1;
    const stage = printed + 1 - this.#stageBase;
    const totalStages = event.totalStages ?? this.#progress.totalStages;
    if (before !== null && stage <= before) return {};
    if (before !== null && this.#epochs.hasNumbers) this.#restartEpochs();
    return { ...this.#family(event), stage, totalStages };
  }

  /** A trial whose own epochs are seen is a fit of several: the next one begins with its first epoch. */
  #takeTrial(event: ProgressEvent, done: number): Partial<Progress> {
    this.#trialsDone = done;
    this.#end();
    const stage = this.#progress.stage ?? done;
    return { ...this.#family(event), stage, totalStages: event.totalSteps ?? this.#progress.totalStages };
  }

  #restartEpochs(): void {
    this.#hasEnded = false;
    if (this.#trialsDone !== null) this.#progress = { ...this.#progress, stage: this.#trialsDone + 1 };
    this.#epochs.restart();
    this.#bars.forget();
    this.#serial += 1;
  }

  #takeTotals(event: ProgressEvent): void {
    this.#announcedTotal = event.totalEpochs ?? this.#announcedTotal;
    this.#announcedSteps = event.totalSteps ?? this.#announcedSteps;
  }

  #takeFraction(event: ProgressEvent, done: number): void {
    this.#fractional.see(done);
    if (event.step === null && this.#bars.training === null) this.#epochs.setDone(Math.floor(done + 1e-9));
  }

  #takeEpoch(event: ProgressEvent, printed: number, text: string): Partial<Progress> {
    if (this.#isByFramework() && ANYONES.has(event.family) && printed < (this.#lastPrinted ?? 0)) return {};
    const before = this.#epochs.epoch;
    const completed = this.#epochs.completed;
    const verdict =
      event.bar === null && event.step === null ? this.#results.see(printed, event, text) : 'new';
    if (verdict === 'within') this.#epochs.takeBack();
    const isFinished = event.epochFinished && verdict !== 'within' && !this.#isUnderWay(event, printed);
    const { countsFrom } = event;
    const total = event.totalEpochs ?? this.#printedTotal;
    if (this.#beginsAnotherFit(event, printed)) this.#restartEpochs();
    this.#lastPrinted = printed;
    if (!this.#isByFramework()) this.#epochFamily = event.family;
    this.#epochs.see(printed, { isFinished, countsFrom, total, isBar: event.bar === 'epochs' });
    this.#lastWasFinished = isFinished;
    if (event.totalEpochs !== null) this.#printedTotal = event.totalEpochs;
    if (completed > this.#epochs.completed) return {};
    const isNew = this.#epochs.epoch !== before || this.#epochs.completed !== completed;
    if (isNew) this.#serial += 1;
    // the first number may come when its bar has already begun
    const bar = this.#bars.training;
    if (before === null && !isFinished && bar) bar.startSerial = this.#serial;
    const isOfRun = this.#progress.stepsOf === 'run' && this.#bars.training?.isOfRun;
    if (before === null && !isFinished && bar && bar.step > 0)
      return { ...this.#family(event), stepsOf: bar.isOfRun ? 'run' : 'epoch', phase: 'train' };
    const cleared = isNew && !isOfRun ? { step: null, totalSteps: null, percent: null, stepsOf: null } : {};
    return { ...cleared, ...this.#family(event), phase: 'train' };
  }

  /** The bar of this very epoch shows that more of it is to come. */
  #isUnderWay({ bar: ofBar }: ProgressEvent, printed: number): boolean {
    const bar = this.#bars.training;
    if (ofBar !== null || !bar || bar.total === null || bar.isOfRun || bar.countsEpochs) return false;
    return this.#isOfBar(bar, printed) && bar.step < NEAR_END * bar.total;
  }

  #isOfBar({ startSerial, step, starts, id }: Bar, printed: number): boolean {
    if (!this.#epochs.hasNumbers) return step > 0 && (starts > 1 || id.includes('#'));
    const isNext = this.#lastWasFinished || this.#epochs.isOver;
    const isNumbered =
      printed === this.#lastPrinted || (isNext && step > 0 && printed === (this.#lastPrinted ?? 0) + 1);
    return isNumbered && startSerial === this.#serial;
  }

  /** A framework's own output numbers the epochs: what else prints of earlier ones begins nothing anew. */
  #isByFramework(): boolean {
    return this.#epochFamily !== null && !ANYONES.has(this.#epochFamily);
  }

  /** Another fit has another total, or comes after one that said that it is through. */
  #beginsAnotherFit(event: ProgressEvent, printed: number): boolean {
    const isOver = this.#epochs.hasNumbers && this.#epochs.isOver;
    const isOther =
      event.totalEpochs !== null && this.#printedTotal !== null && event.totalEpochs !== this.#printedTotal;
    const isFirst = printed <= 1;
    return (this.#hasEnded && this.#isBack(event, printed)) || (isOver && isOther && isFirst);
  }

  /** After the training said that it is through, another fit begins with a lower number, or with its first step. */
  #isBack(event: ProgressEvent, printed: number): boolean {
    const last = this.#lastPrinted ?? printed;
    return printed < last || (printed === last && event.step === 0);
  }

  #takePercent(event: ProgressEvent, percent: number): Partial<Progress> {
    if (this.#bars.training) return {};
    const hasEpochs = this.#epochs.hasNumbers && event.stepsOf !== 'run';
    const stepsOf = hasEpochs ? 'epoch' : 'run';
    return { ...this.#family(event), percent: Math.min(100, percent), stepsOf, phase: 'train' };
  }

  #takeStep(event: ProgressEvent, shown: number, row: number): Partial<Progress> {
    const isNamedByEpoch = event.epoch !== null;
    const id = event.bar ?? event.family;
    // of counters of the run the total may grow
    const ofBar = event.stepsOf === 'run' && !isNamedByEpoch ? null : event.totalSteps;
    const seen = this.#shared.see({ id, step: shown, total: ofBar, row, isNamedByEpoch });
    let verdict = this.#bars.see(seen, this.#epochsNow());
    if (verdict.is === 'other' && this.#fractional.isWaiting && seen.step > 0)
      verdict = this.#bars.adopt(seen, this.#epochsNow());
    // a bar that resumes may be drawn empty once
    const isEmpty = this.#epochs.isResumed && !this.#epochs.hasNumbers && seen.step === 0;
    if (verdict.is === 'other' || isEmpty) return {};
    if (verdict.is === 'epochs') return this.#takeEpochsBar(event, verdict.bar);
    if (this.#bars.outer && !this.#epochs.hasNumbers) this.#takeEpochsBar(event, this.#bars.outer);
    if (verdict.beganAgain) this.#beginAgain(event, verdict);
    // of several processes the furthest counts
    const step = verdict.bar?.step ?? seen.step;
    this.#lastWasFinished = false;
    const stepsBefore = this.#start.see(seen, event.stepsOf === 'run' || seen.id.startsWith('line:'));
    const change = { ...this.#family(event), step, percent: null, phase: 'train' as const };
    const derived = this.#derive(seen.total ?? event.totalSteps, verdict.bar, step);
    const stepsOf = this.#stepsOf(event, verdict);
    // steps of the run say less than numbered epochs where nobody knows how many there are
    if (isNamedByEpoch && stepsOf === 'run' && derived.totalSteps === null && !this.#isKept(event)) return {};
    if (stepsOf === 'epoch') this.#fullEpoch = Math.max(this.#fullEpoch, seen.total ?? 0);
    return { ...change, stepsOf, stepsBefore: stepsOf === 'run' ? stepsBefore : 0, ...derived };
  }

  #isKept({ stepsOf }: ProgressEvent): boolean {
    return stepsOf === 'run' && this.#totalEpochs() === null;
  }

  #takeOneMore(event: ProgressEvent): Partial<Progress> {
    const step = (this.#progress.step ?? 0) + 1;
    return { ...this.#family(event), step, stepsOf: 'run', phase: 'train' };
  }

  #takeEpochsBar(event: ProgressEvent, bar: Bar | null): Partial<Progress> {
    if (!bar) return {};
    const before = this.#epochs.completed;
    const epoch = Math.max(1, bar.step);
    this.#epochs.see(epoch, { isFinished: bar.step > 0, countsFrom: 1, isBar: true, total: bar.total });
    this.#printedTotal ??= bar.total;
    if (this.#epochs.completed === before && this.#progress.step !== null) return {};
    if (this.#epochs.completed !== before) this.#serial += 1;
    return { ...this.#family(event), step: null, totalSteps: null, stepsOf: null, phase: 'train' };
  }

  /** A bar began anew: an epoch where none are numbered, another fit where it is of a whole one. */
  #beginAgain(event: ProgressEvent, { isOfRun }: Verdict): void {
    const isWhole = event.stepsOf === 'run' || isOfRun;
    if (isWhole) {
      const done = this.#progress.stepsInEarlierStages + (this.#progress.step ?? 0);
      this.#progress = { ...this.#progress, stepsInEarlierStages: done };
    } else if (!this.#epochs.hasNumbers) this.#epochs.next();
  }

  /** What a bar that goes through the run tells of the epochs, where it is known how many steps make one. */
  #derive(shown: number | null, bar: Bar | null, step: number): Partial<Progress> {
    const total = shown ?? bar?.total ?? null;
    const perEpoch = bar && this.#stepsPerEpoch(bar, step, total);
    if (!bar || perEpoch === null) return { totalSteps: total };
    bar.isOfRun = true;
    const isWhole = Number.isInteger(perEpoch) && total !== null && total % perEpoch === 0;
    // at the end of an epoch its last step is shown, not the next one's start
    const last = isWhole ? Math.max(0, Math.ceil(step / perEpoch) - 1) : Math.floor(step / perEpoch + 1e-6);
    const hasBegun = isWhole && step === (last + 1) * perEpoch && this.#epochs.last === last + 2;
    const done = hasBegun ? last + 1 : last;
    if (step > 0 || isWhole) this.#epochs.setDone(done);
    if (!isWhole) return { totalSteps: total, stepsOf: 'run' };
    return { step: step - done * perEpoch, totalSteps: perEpoch, stepsOf: 'epoch', stepsBefore: 0 };
  }

  #stepsPerEpoch(bar: Bar, step: number, total: number | null): number | null {
    const known = this.#known.totalEpochs ?? this.#announcedTotal;
    if (this.#fractional.isUsed) {
      this.#fractional.seeStep(step, total, known);
      this.#printedTotal = this.#fractional.totalEpochs ?? this.#printedTotal;
      return this.#fractional.stepsPerEpoch;
    }
    const epochs = this.#totalEpochs();
    const isOfRun =
      bar.isOfRun || (total !== null && total === (this.#known.totalSteps ?? this.#announcedSteps));
    if (!isOfRun || epochs === null || total === null || this.#epochs.hasRestarted) return null;
    return total % epochs === 0 && total > epochs ? total / epochs : null;
  }

  #stepsOf(event: ProgressEvent, { isOfRun, bar }: Verdict): 'epoch' | 'run' {
    if (event.stepsOf !== null && !isOfRun) return event.stepsOf;
    if (isOfRun) return 'run';
    const total = event.totalSteps;
    const isWhole = total !== null && total === (this.#known.totalSteps ?? this.#announcedSteps);
    if (isWhole && bar?.starts === 1) return 'run';
    const hasEpochs = this.#epochs.hasNumbers || this.#epochs.completed > 0 || this.#totalEpochs() !== null;
    return hasEpochs ? 'epoch' : 'run';
  }

  #finishEpoch(): void {
    if (this.#bars.training?.isSuspended) return;
    const before = this.#epochs.completed;
    if (this.#epochs.hasNumbers) this.#epochs.finishCurrent();
    if (this.#epochs.completed === before) return;
    this.#serial += 1;
    this.#lastWasFinished = true;
    this.#progress = { ...this.#progress, step: null, totalSteps: null, stepsOf: null };
  }

  #end(): void {
    const { step, totalSteps } = this.#progress;
    const isCut = this.#fractional.isUsed && (step === null || step !== totalSteps);
    if (this.#epochs.hasNumbers && !this.#lastWasFinished && !isCut) this.#finishEpoch();
    this.#lastWasFinished = true;
    this.#hasEnded = this.#epochs.hasNumbers;
  }

  /** A framework's own output tells more of it than a line that any script may print. */
  #family({ family }: ProgressEvent): Pick<Progress, 'family'> {
    const told = this.#progress.family;
    return { family: told === null || (ANYONES.has(told) && !ANYONES.has(family)) ? family : told };
  }

  #epochsNow() {
    const { hasNumbers, completed } = this.#epochs;
    return { serial: this.#serial, areNumbered: hasNumbers, completed };
  }

  #knownTotal(): Pick<Progress, 'totalEpochs' | 'totalSource'> {
    const { totalEpochs = null, totalSource = null } = this.#known;
    return { totalEpochs, totalSource: totalEpochs === null ? null : totalSource };
  }

  #totalEpochs(): number | null {
    return this.#total().totalEpochs;
  }

  /** Of all fits: where numbers began again and nobody says how many fits there are, only what is told of the run counts. */
  #total(): Pick<Progress, 'totalEpochs' | 'totalSource'> {
    const known = this.#knownTotal();
    const { totalStages } = this.#progress;
    const ofFit = this.#ofFit(known);
    if (totalStages !== null && totalStages > 1 && ofFit.totalEpochs !== null)
      return OF_THE_RUN.has(ofFit.totalSource)
        ? ofFit
        : { ...ofFit, totalEpochs: ofFit.totalEpochs * totalStages };
    if (!this.#epochs.hasRestarted) return ofFit;
    return OF_THE_RUN.has(known.totalSource) ? known : { totalEpochs: null, totalSource: null };
  }

  #ofFit(
    known: Pick<Progress, 'totalEpochs' | 'totalSource'>,
  ): Pick<Progress, 'totalEpochs' | 'totalSource'> {
    if (this.#printedTotal !== null) {
      // a script that counts from 0 may print how many there are, or the last one's number
      const isHowMany =
        this.#printsHowMany || known.totalEpochs === this.#printedTotal || this.#fractional.isUsed;
      const totalEpochs = isHowMany ? this.#printedTotal : this.#epochs.total(this.#printedTotal);
      return { totalEpochs, totalSource: 'output' };
    }
    if (known.totalEpochs !== null && known.totalSource !== 'history') return known;
    // what was announced for an earlier fit is passed
    const isPassed = (this.#epochs.last ?? 0) > (this.#announcedTotal ?? Infinity);
    if (this.#announcedTotal !== null && !isPassed)
      return { totalEpochs: this.#announcedTotal, totalSource: 'output' };
    return known;
  }

  #update(change: Partial<Progress>): void {
    const progress: Progress = {
      ...this.#progress,
      ...change,
      isStale: false,
      epochsCompleted: this.#epochs.completed,
      epochsBefore: this.#epochs.before,
    };
    this.#progress = progress;
    const total = this.#total();
    const epoch = this.#epochInProgress(total.totalEpochs);
    this.#progress = { ...progress, ...total, ...this.#stepTotal(progress, total), epoch };
  }

  /** Steps of the run whose total the output does not show may have it from elsewhere. */
  #stepTotal(progress: Progress, { totalEpochs }: Pick<Progress, 'totalEpochs'>): Partial<Progress> {
    if (progress.stepsOf !== 'run' || progress.step === null) return {};
    if (progress.totalSteps !== null) return totalEpochs === null ? { totalSource: 'output' } : {};
    const { totalSteps = null, totalStepsSource = null } = this.#known;
    if (totalSteps !== null) return { totalSteps, totalSource: totalStepsSource };
    return this.#announcedSteps === null ? {} : { totalSteps: this.#announcedSteps, totalSource: 'output' };
  }

  #epochInProgress(total: number | null): number | null {
    const { epoch: numbered, completed } = this.#epochs;
    const hasCount = completed > 0 || (total !== null && this.#progress.stepsOf === 'epoch');
    if (this.#isOver) return this.#epochs.last ?? (completed > 0 ? completed : this.#progress.epoch);
    const epoch = numbered ?? (hasCount ? this.#epochs.completedInStage + 1 : null);
    const ofStage =
      this.#printedTotal !== null && this.#epochs.hasNumbers ? this.#epochs.total(this.#printedTotal) : total;
    return epoch === null ? null : Math.min(epoch, ofStage ?? Infinity);
  }
}

/** A number in brackets that is of a step. */
function asStep(event: ProgressEvent): ProgressEvent {
  const { epoch: step, totalEpochs: totalSteps, family } = event;
  const none = { epoch: null, totalEpochs: null, epochFinished: false, isUnsure: false };
  return { ...event, ...none, step, totalSteps, bar: family };
}

function rankOf(source: TotalSource | undefined): number {
  return source === undefined ? SOURCES.length : SOURCES.indexOf(source);
}

function isEqual(one: Progress, other: Progress): boolean {
  for (const key of KEYS) if (one[key] !== other[key]) return false;
  return true;
}
