import { barIdOf, type Bar, type Sighting } from './bar.ts';
import type { ProgressEvent } from './event.ts';
import type { Position } from './position.ts';
import { SharedBar } from './sharedBar.ts';
import type { Verdict } from './stepBars.ts';
import { StepStart } from './stepStart.ts';

/** Takes what tells a step: bars, counters, lines. */
export class StepEvents {
  readonly #position: Position;
  readonly #start = new StepStart();
  readonly #shared = new SharedBar();
  /** Steps of the largest epoch: one that is cut off has fewer. */
  #fullEpoch = 0;
  #stride = 0;

  constructor(position: Position) {
    this.#position = position;
  }

  /** By how many steps the last one shown was ahead of the one before: scripts that print each hundredth do not print the last. */
  get stride(): number {
    return this.#stride;
  }

  get fullEpoch(): number {
    return this.#fullEpoch;
  }

  /** A validation's own bar is drawn. */
  takeValidation(step: number, total: number): void {
    this.#shared.seeValidation(step, total);
  }

  /** @returns whether the step is the training's */
  take(event: ProgressEvent, shown: number, row: number): boolean {
    const { bars, epochs } = this.#position;
    const seen = this.#sighting(event, shown, row);
    const verdict = this.#verdict(seen);
    // a bar that resumes may be drawn empty once
    const isEmpty = epochs.isResumed && !epochs.hasNumbers && seen.step === 0;
    if (verdict.is === 'other' || isEmpty) return false;
    if (verdict.is === 'epochs') {
      this.#takeEpochsBar(event, verdict.bar);
      return false;
    }
    if (bars.outer && !epochs.hasNumbers) this.#takeEpochsBar(event, bars.outer);
    if (verdict.beganAgain) this.#beginAgain(event, verdict);
    this.#position.lastWasFinished = false;
    return this.#show(event, seen, verdict);
  }

  /** One more step is done, of output that only tells the ends. */
  takeOneMore(event: ProgressEvent): void {
    const { draft } = this.#position;
    draft.step = (draft.step ?? 0) + 1;
    draft.stepsOf = 'run';
    draft.phase = 'train';
    this.#position.setFamily(event);
  }

  takePercent(event: ProgressEvent, percent: number): void {
    const { bars, epochs, draft } = this.#position;
    if (bars.training) return;
    draft.percent = Math.min(100, percent);
    draft.stepsOf = epochs.hasNumbers && event.stepsOf !== 'run' ? 'epoch' : 'run';
    draft.phase = 'train';
    this.#position.setFamily(event);
  }

  #sighting(event: ProgressEvent, step: number, row: number): Sighting {
    const isNamedByEpoch = event.epoch !== null && !event.isBeside;
    // of counters of the run the total may grow
    const total = event.stepsOf === 'run' && !isNamedByEpoch ? null : event.totalSteps;
    return this.#shared.see({ id: barIdOf(event), step, total, row, isNamedByEpoch });
  }

  #verdict(seen: Sighting): Verdict {
    const { bars, epochs, fractional, serial } = this.#position;
    const { hasNumbers, completed } = epochs;
    const now = { serial, areNumbered: hasNumbers, completed };
    const [before, wasOfRun] = [bars.training?.step ?? 0, bars.training?.isOfRun];
    const verdict = bars.see(seen, now);
    if (verdict.isOfRun && !wasOfRun && seen.total !== null) this.#learnEpochs(seen.total, before, completed);
    return verdict.is === 'other' && fractional.isWaiting && seen.step > 0 ? bars.adopt(seen, now) : verdict;
  }

  /** A bar of the run goes on into another epoch: it had drawn the end of the one before, or nearly. */
  #learnEpochs(total: number, step: number, completed: number): void {
    const { totals, epochs } = this.#position;
    if (totals.epochs !== null || epochs.before !== 0 || completed === 0 || step === 0) return;
    totals.announcedEpochs = epochsOf(total, step / completed);
  }

  #show(event: ProgressEvent, seen: Sighting, verdict: Verdict): boolean {
    const { draft } = this.#position;
    const { bar } = verdict;
    const total = this.#shared.totalOf(seen.total ?? event.totalSteps ?? bar?.total ?? null);
    // of several processes the furthest counts
    const step = Math.min(bar?.step ?? seen.step, total ?? Infinity);
    const isLine = event.stepsOf === 'run' || seen.id.startsWith('line:');
    const stepsBefore = this.#start.see(seen, isLine);
    const perEpoch = bar && this.#stepsPerEpoch(bar, step, total);
    const isDerived = bar !== null && perEpoch !== null && this.#derive(bar, step, total, perEpoch);
    if (!isDerived) {
      const stepsOf = perEpoch === null ? this.#stepsOf(event, verdict) : 'run';
      // steps of the run say less than numbered epochs where nobody knows how many there are
      if (seen.isNamedByEpoch && stepsOf === 'run' && total === null && !this.#isKept(event)) return false;
      if (draft.step !== null && step > draft.step) this.#stride = step - draft.step;
      draft.step = step;
      draft.totalSteps = total;
      draft.stepsOf = stepsOf;
      draft.stepsBefore = stepsOf === 'run' ? stepsBefore : 0;
    }
    if (draft.stepsOf === 'epoch') this.#fullEpoch = Math.max(this.#fullEpoch, total ?? 0);
    draft.percent = null;
    draft.phase = 'train';
    this.#position.setFamily(event);
    return true;
  }

  #isKept({ stepsOf }: ProgressEvent): boolean {
    return stepsOf === 'run' && this.#position.totals.epochs === null;
  }

  #takeEpochsBar(event: ProgressEvent, bar: Bar | null): void {
    if (!bar) return;
    const { epochs, totals, published, draft } = this.#position;
    const before = epochs.completed;
    const epoch = Math.max(1, bar.step);
    epochs.see(epoch, { isFinished: bar.step > 0, countsFrom: 1, isBar: true, total: bar.total });
    totals.printed ??= bar.total;
    if (epochs.completed === before && published.step !== null) return;
    if (epochs.completed !== before) this.#position.serial += 1;
    this.#position.clearSteps();
    draft.phase = 'train';
    this.#position.setFamily(event);
  }

  /** A bar began anew: an epoch where none are numbered, another fit where it is of a whole one. */
  #beginAgain(event: ProgressEvent, { isOfRun }: Verdict): void {
    const { draft, published, epochs } = this.#position;
    const isWhole = event.stepsOf === 'run' || isOfRun;
    if (isWhole) draft.stepsInEarlierStages += published.step ?? 0;
    else if (!epochs.hasNumbers) epochs.next();
  }

  /**
   * What a bar that goes through the run tells of the epochs, where it is known how many steps make one.
   *
   * @returns whether its step is shown as one of an epoch
   */
  #derive(bar: Bar, step: number, total: number | null, perEpoch: number): boolean {
    const { epochs, draft } = this.#position;
    bar.isOfRun = true;
    const isWhole = Number.isInteger(perEpoch) && total !== null && total % perEpoch === 0;
    // at the end of an epoch its last step is shown, not the next one's start
    const last = isWhole ? Math.max(0, Math.ceil(step / perEpoch) - 1) : Math.floor(step / perEpoch + 1e-6);
    const isAtEnd = step === (last + 1) * perEpoch && step !== total;
    const hasBegun = isWhole && isAtEnd && (epochs.epoch ?? 0) >= last + 2;
    const done = hasBegun ? last + 1 : last;
    if (step > 0 || isWhole) epochs.setDone(done);
    if (!isWhole) return false;
    draft.step = step - done * perEpoch;
    draft.totalSteps = perEpoch;
    draft.stepsOf = 'epoch';
    draft.stepsBefore = 0;
    return true;
  }

  #stepsPerEpoch(bar: Bar, step: number, total: number | null): number | null {
    const { fractional, totals, epochs } = this.#position;
    if (fractional.isUsed) {
      fractional.seeStep(step, total, totals.knownEpochs ?? totals.announcedEpochs);
      totals.printed = fractional.totalEpochs ?? totals.printed;
      return fractional.stepsPerEpoch;
    }
    if (total === null || epochs.hasRestarted || (!bar.isOfRun && total !== totals.stepsOfRun)) return null;
    const count = totals.epochs;
    return count !== null && total % count === 0 && total > count ? total / count : null;
  }

  #stepsOf(event: ProgressEvent, { isOfRun, bar }: Verdict): 'epoch' | 'run' {
    const { totals, epochs } = this.#position;
    if (isOfRun) return 'run';
    if (event.stepsOf !== null) return event.stepsOf;
    const isWhole = event.totalSteps !== null && event.totalSteps === totals.stepsOfRun;
    if (isWhole && bar?.starts === 1) return 'run';
    return epochs.hasNumbers || epochs.completed > 0 || totals.epochs !== null ? 'epoch' : 'run';
  }
}

/** How far the last redraw of an epoch may be from its end: 2 steps, or this share. Engineering judgement. */
const APART_STEPS = 2;
const APART_SHARE = 0.03;

/** How many epochs a run has whose epochs take about so many steps; null unless one whole number fits. */
function epochsOf(total: number, stepsOfEpoch: number): number | null {
  const apart = Math.max(APART_STEPS, APART_SHARE * stepsOfEpoch);
  const [least, most] = [total / (stepsOfEpoch + apart), total / Math.max(1, stepsOfEpoch - apart)];
  let found: number | null = null;
  for (let epochs = Math.max(2, Math.ceil(least)); epochs <= most && epochs <= total / 2; epochs++) {
    if (total % epochs !== 0) continue;
    if (found !== null) return null;
    found = epochs;
  }
  return found;
}
