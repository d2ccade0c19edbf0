interface Bar {
  readonly key: string;
  readonly total: number | null;
  step: number;
}

interface Seen {
  readonly isTraining: boolean;
  /** An epoch went by: the bar started anew. */
  readonly beganAgain: boolean;
}

/** Tells the bar of the training from those of data, validation and the rest. */
export class StepBars {
  #training: Bar | null = null;
  #other: Bar | null = null;

  see(key: string, step: number, total: number | null): Seen {
    const bar = { key, step, total };
    const before = this.#training;
    if (isSame(before, bar)) return this.#follow(bar, bar.step < (before?.step ?? 0));
    if (!before || (total ?? 0) >= (before.total ?? 0)) return this.#follow(bar, false);
    // a smaller bar is a validation, unless it comes again and again while the larger stands: that was preparation
    const comesAgain = isSame(this.#other, bar) && bar.step < (this.#other?.step ?? 0);
    if (comesAgain) return this.#follow(bar, true);
    this.#other = bar;
    return { isTraining: false, beganAgain: false };
  }

  #follow(bar: Bar, beganAgain: boolean): Seen {
    this.#training = bar;
    this.#other = null;
    return { isTraining: true, beganAgain };
  }
}

function isSame(one: Bar | null, other: Bar): boolean {
  return one?.key === other.key && one.total === other.total;
}
