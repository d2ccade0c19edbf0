/** What an epoch's number was printed as. */
export interface SeenEpoch {
  readonly isFinished: boolean;
  /** Where the format's count begins; null: at 0 if the first number is 0, else at 1. */
  readonly countsFrom?: 0 | 1 | null;
  /** A bar is drawn from its start on, so that what its first number leaves out was done before. */
  readonly isBar?: boolean;
  /** How many there are, by the script's count. */
  readonly total?: number | null;
  /** All up to it were trained by this run. */
  readonly isAll?: boolean;
}

/** Scripts that print only some epochs print round numbers, each fifth, tenth or hundredth. Engineering judgement. */
const ROUND = 5;

/** Counts epochs by the numbers that a script prints, whether it counts from 0 or 1, resumes or prints each tenth. */
export class EpochCounter {
  #zeroBased = false;
  /** The count so far was no number of the script's. */
  #isBaseOpen = false;
  #current: number | null = null;
  #finishedUpTo = 0;
  #before: number | null = 0;
  /** The number of the first epoch seen, when it was seen at its end: it may be a resumed or a sparse count. */
  #unclearFirst: number | null = null;
  /** Epochs finished before the numbers began again: k folds, several fits. */
  #finishedInEarlierStages = 0;
  #stages = 1;
  #isResumed = false;
  /** Each epoch is told more than once: several processes print the same. */
  #isRepeated = false;
  #last: { readonly printed: number; readonly isFinished: boolean } | null = null;

  see(printed: number, seen: SeenEpoch): void {
    const { isFinished, countsFrom = null, isBar = false, total = null, isAll = false } = seen;
    if (this.#current === null || this.#isBaseOpen)
      this.#zeroBased = countsFrom === null ? printed === 0 : countsFrom === 0;
    this.#isBaseOpen = isAll;
    const base = countsFrom ?? (this.#zeroBased ? 0 : 1);
    const number = printed + 1 - base;
    this.#isRepeated ||= this.#last?.printed === printed && this.#last.isFinished === isFinished && !isBar;
    this.#last = { printed, isFinished };
    if (this.#beginsAgain(number, total)) this.restart();
    if (this.#current === null && !isAll) this.#seeFirst(number, isFinished, isBar);
    else this.#clear(number, isFinished);
    this.#finishedUpTo = Math.max(this.#finishedUpTo, isFinished ? number : number - 1);
    this.#current = Math.max(this.#current ?? 0, number);
  }

  /** The training goes on from an earlier one: its first number is not that of a sparse count. */
  resumes(): void {
    this.#isResumed = true;
  }

  get isResumed(): boolean {
    return this.#isResumed;
  }

  /** An epoch without a number has begun. */
  next(): void {
    this.#finishedUpTo += 1;
  }

  /** The epoch in progress is over. */
  finishCurrent(): void {
    this.#finishedUpTo = Math.max(this.#finishedUpTo, this.#current ?? 0);
  }

  /** What was taken for the end of the latest epoch was a report within it. */
  takeBack(): void {
    if (this.#current !== null) this.#finishedUpTo = Math.min(this.#finishedUpTo, this.#current - 1);
  }

  /** Sets what is derived from a count with fractions. */
  setDone(done: number): void {
    if (this.#isResumed && this.#current === null && this.#finishedUpTo === 0) this.#before = done;
    this.#finishedUpTo = Math.max(this.#finishedUpTo, done);
    this.#current = Math.max(this.#current ?? 0, done + 1);
  }

  /** Numbers begin anew: another fit. */
  restart(): void {
    this.finishCurrent();
    this.#finishedInEarlierStages = this.completed;
    this.#stages += 1;
    this.#finishedUpTo = 0;
    this.#before = 0;
    this.#current = null;
    this.#unclearFirst = null;
  }

  /** A script that counts from 0 and names its last epoch `2/2`, `Epoch 0/2`, prints the last number, not how many. */
  total(printed: number): number {
    return this.#zeroBased ? printed + 1 : printed;
  }

  /** The last epoch that was named has the number that was printed as the total, counted from 1. */
  endsAt(printed: number): boolean {
    return this.#zeroBased && this.#current === printed;
  }

  /** The epoch in progress, the last one once all are finished; null while no number was printed. */
  get epoch(): number | null {
    return this.#current === null ? null : Math.max(this.#current, this.#finishedUpTo + 1);
  }

  /** The last epoch that was named; null while none was. */
  get last(): number | null {
    return this.#current;
  }

  get hasNumbers(): boolean {
    return this.#current !== null;
  }

  get completed(): number {
    return this.#finishedInEarlierStages + this.completedInStage;
  }

  get completedInStage(): number {
    if (this.#before === null) return 1; // the first one seen; how many before it is unclear
    return Math.max(0, this.#finishedUpTo - this.#before);
  }

  /** All epochs that were begun are over. */
  get isOver(): boolean {
    return this.#current !== null && this.#finishedUpTo >= this.#current;
  }

  get before(): number | null {
    return this.#before;
  }

  get hasRestarted(): boolean {
    return this.#stages > 1;
  }

  /** Goes on from what an earlier counter knew. */
  restore(epoch: number | null, completed: number, before: number | null): void {
    this.#before = before;
    this.#finishedUpTo = completed + (before ?? 0);
    this.#current = epoch;
  }

  /** Several processes may print each line a little apart, so one epoch back is a restart only where none repeats. */
  #beginsAgain(number: number, total: number | null): boolean {
    const furthest = Math.max(this.#current ?? 0, this.#finishedUpTo);
    if (number > 1 || this.#current === null) return false;
    if (furthest >= number + 2) return true;
    const wasLast = total !== null && this.total(total) === furthest;
    return furthest === number + 1 && wasLast && !this.#isRepeated;
  }

  #seeFirst(number: number, isFinished: boolean, isBar: boolean): void {
    const started = this.#finishedUpTo; // epochs counted by unnumbered bars
    if (isBar && isFinished && started === 0) this.#before = number;
    if (isBar && isFinished) return;
    if (number <= started + 1) return;
    const isUnclear = isFinished && !this.#isResumed && number % ROUND === 0;
    this.#before = isUnclear ? null : number - 1;
    this.#unclearFirst = isUnclear ? number : null;
  }

  #clear(number: number, isFinished: boolean): void {
    if (this.#unclearFirst === null || number <= this.#unclearFirst) return;
    const stride = isFinished ? number - this.#unclearFirst : 1;
    this.#before = stride >= this.#unclearFirst ? 0 : this.#unclearFirst - stride;
    this.#unclearFirst = null;
  }
}
