import { EpochCounter } from './epochCounter.ts';
import { NO_PROGRESS, type Progress, type ProgressEvent, type TotalSource } from './event.ts';
import { families } from './families/index.ts';
import { TerminalLines } from './lines.ts';
import { patternProblem, UserPattern } from './pattern.ts';
import { StepBars } from './stepBars.ts';

/** What is known of a training's progress besides its output. Plain data. */
export interface ProgressOptions {
  /** The user's own regular expression, see `UserPattern`. */
  readonly pattern?: string;
  readonly totalEpochs?: number;
  readonly totalSource?: Exclude<TotalSource, 'output'>;
}

/** Reads a training's progress out of its terminal output, as it comes. */
export class ProgressReader {
  readonly #options: ProgressOptions;
  readonly #lines = new TerminalLines();
  readonly #epochs = new EpochCounter();
  readonly #bars = new StepBars();
  readonly #pattern: UserPattern | null;
  readonly #patternProblem: string | null;
  #progress: Progress;
  #lastWasFinished = false;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#patternProblem = patternProblem(options.pattern ?? '');
    this.#pattern = options.pattern && !this.#patternProblem ? new UserPattern(options.pattern) : null;
    this.#progress = { ...NO_PROGRESS, ...this.#knownTotal() };
  }

  /** @returns whether the progress changed */
  feed(text: string, timeSeconds: number): boolean {
    return this.#read(this.#lines.feed(text, timeSeconds));
  }

  /** The training is over: with exit code 0 its last epoch is too, where nothing says otherwise. */
  finish(exitCode: number | null): void {
    this.#read(this.#lines.finish());
    const { step, totalSteps, totalEpochs, epochsBefore, epochsCompleted } = this.#progress;
    const isAtItsEnd = step === null || totalSteps === null || step >= totalSteps;
    const hasAll = totalEpochs !== null && epochsCompleted >= totalEpochs - (epochsBefore ?? 0);
    if (exitCode !== 0 || !isAtItsEnd || hasAll || this.#progress.isStale) return;
    if (this.#epochs.epoch !== null && !this.#lastWasFinished) this.#epochs.finishCurrent();
    else if (this.#epochs.epoch === null && step !== null) this.#epochs.next();
    this.#update({});
  }

  progress(): Progress {
    return this.#progress;
  }

  /** What is wrong with the user's pattern, null when all is well. */
  problem(): string | null {
    return this.#patternProblem ?? this.#pattern?.problem ?? null;
  }

  /** Goes on from what an earlier reader knew. */
  restore(progress: Progress): void {
    const isUnderWay = progress.epoch !== null || progress.step !== null;
    this.#progress = { ...NO_PROGRESS, ...progress, isStale: isUnderWay };
    this.#epochs.restore(progress.epoch, progress.epochsCompleted, progress.epochsBefore);
  }

  #read(lines: readonly string[]): boolean {
    if (lines.length === 0) return false;
    const before = this.#progress;
    const own = this.#pattern?.parse(lines) ?? [];
    lines.forEach((line, index) => {
      const event = own[index] ?? (this.#pattern && !this.#pattern.problem ? null : recognise(line));
      if (event) this.#take(event);
    });
    return this.#progress !== before;
  }

  #take(event: ProgressEvent): void {
    if (event.epoch !== null) this.#takeEpoch(event, event.epoch);
    if (event.step !== null) this.#takeStep(event, event.step);
  }

  #takeEpoch(event: ProgressEvent, printed: number): void {
    const epochBefore = this.#epochs.epoch;
    this.#epochs.see(printed, event.epochFinished);
    this.#lastWasFinished = event.epochFinished;
    const isNew = event.epochFinished || this.#epochs.epoch !== epochBefore;
    this.#update({
      family: event.family,
      ...(isNew ? { step: null, totalSteps: null, stepsOf: null } : {}),
      ...this.#totalOf(event),
    });
  }

  #takeStep(event: ProgressEvent, step: number): void {
    const { isTraining, beganAgain } = this.#bars.see(event.bar ?? '', step, event.totalSteps);
    if (!isTraining) return;
    this.#lastWasFinished = false;
    if (beganAgain && this.#epochs.epoch === null) this.#epochs.next();
    this.#update({
      family: this.#progress.family ?? event.family,
      step,
      totalSteps: event.totalSteps,
      stepsOf: 'epoch',
    });
  }

  #totalOf(event: ProgressEvent): Partial<Progress> {
    // numbers that began again are of several fits, and nobody says how many: only a person's word counts then
    if (this.#epochs.hasRestarted) return this.#knownTotal();
    if (event.totalEpochs === null) return {};
    return { totalEpochs: this.#epochs.total(event.totalEpochs), totalSource: 'output' };
  }

  #knownTotal(): Pick<Progress, 'totalEpochs' | 'totalSource'> {
    const { totalEpochs = null, totalSource = null } = this.#options;
    return { totalEpochs, totalSource };
  }

  #update(change: Partial<Progress>): void {
    const progress = {
      ...this.#progress,
      ...change,
      isStale: false,
      epochsCompleted: this.#epochs.completed,
      epochsBefore: this.#epochs.before,
    };
    const { totalEpochs, epochsCompleted } = progress;
    const hasCount = totalEpochs !== null || epochsCompleted > 0;
    const epoch = this.#epochs.epoch ?? (hasCount ? epochsCompleted + 1 : null);
    this.#progress = { ...progress, epoch: epoch === null ? null : Math.min(epoch, totalEpochs ?? Infinity) };
  }
}

function recognise(text: string): ProgressEvent | null {
  const line = text.replace(/\s+/g, ' ');
  for (const family of families) {
    const event = family.parse(line);
    if (event) return event;
  }
  return null;
}
