/** Counts epochs by the numbers that a script prints, whether it counts from 0 or 1, resumes or prints each tenth. */
export class EpochCounter {
  #zeroBased = false;
  #current: number | null = null;
  #finishedUpTo = 0;
  #before: number | null = 0;
  /** The number of the first epoch seen, when it was seen at its end: it may be a resumed or a sparse count. */
  #unclearFirst: number | null = null;
  /** Epochs finished before the numbers began again: k folds, several fits. */
  #finishedInEarlierStages = 0;
  #stages = 1;

  see(printed: number, isFinished: boolean): void {
    if (this.#current === null) this.#zeroBased = printed === 0;
    const number = printed + (this.#zeroBased ? 1 : 0);
    // several processes may print each line a little apart, so one epoch back is no restart
    const restarts = number <= 1 && Math.max(this.#current ?? 0, this.#finishedUpTo) >= number + 2;
    if (restarts) this.#restart();
    if (this.#current === null) this.#seeFirst(number, isFinished);
    else this.#clear(number, isFinished);
    this.#finishedUpTo = Math.max(this.#finishedUpTo, isFinished ? number : number - 1);
    this.#current = Math.max(this.#current ?? 0, number);
  }

  /** An epoch without a number has begun. */
  next(): void {
    this.#finishedUpTo += 1;
  }

  /** The epoch in progress is over. */
  finishCurrent(): void {
    this.#finishedUpTo = Math.max(this.#finishedUpTo, this.epoch ?? 0);
  }

  /** A script that counts from 0 prints the last number, not how many there are. */
  total(printed: number): number {
    return this.#zeroBased ? printed + 1 : printed;
  }

  /** The epoch in progress, the last one once all are finished; null while no number was printed. */
  get epoch(): number | null {
    return this.#current === null ? null : Math.max(this.#current, this.#finishedUpTo + 1);
  }

  get completed(): number {
    return this.#finishedInEarlierStages + Math.max(0, this.#finishedUpTo - (this.#before ?? 0));
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

  #seeFirst(number: number, isFinished: boolean): void {
    const started = this.#finishedUpTo; // epochs counted by unnumbered bars
    if (number <= started + 1) return;
    this.#before = isFinished ? null : number - 1;
    this.#unclearFirst = isFinished ? number : null;
  }

  #clear(number: number, isFinished: boolean): void {
    if (this.#unclearFirst === null || number <= this.#unclearFirst) return;
    const stride = isFinished ? number - this.#unclearFirst : 1;
    this.#before = stride >= this.#unclearFirst ? 0 : this.#unclearFirst - stride;
    this.#unclearFirst = null;
  }

  #restart(): void {
    this.finishCurrent();
    this.#finishedInEarlierStages = this.completed;
    this.#stages += 1;
    this.#finishedUpTo = 0;
    this.#before = 0;
    this.#current = null;
    this.#unclearFirst = null;
  }
}
