import { isSame, restarts, TRIALS, type Bar, type Sighting } from './bar.ts';

/** What a sighting of a bar means. */
export interface Verdict {
  /** `steps`: of the training; `epochs`: the bar counts epochs; `other`: it is of something else. */
  readonly is: 'steps' | 'epochs' | 'other';
  /** The bar started anew: an epoch went by, where nothing numbers them. */
  readonly beganAgain: boolean;
  /** The bar goes on through the epochs. */
  readonly isOfRun: boolean;
  readonly bar: Bar | null;
}

/** What is known of the epochs when a bar is seen. */
export interface EpochsNow {
  /** Goes up with each epoch that begins or ends. */
  readonly serial: number;
  /** Epochs are told by number, so that they are not counted by bars. */
  readonly areNumbered: boolean;
  readonly completed: number;
}

const OTHER: Verdict = { is: 'other', beganAgain: false, isOfRun: false, bar: null };

/** Of so many other bars the latest starts are remembered. */
const MOST_OTHERS = 8;

/** Tells the bar of the training from those of data, validation and the rest, and a bar of epochs from one of steps. */
export class StepBars {
  #training: Bar | null = null;
  #outer: Bar | null = null;
  readonly #others = new Map<string, Bar>();
  /** Of the others the one that was drawn last: it is most often drawn again. */
  #lastOther: Bar | null = null;

  /** The training's bar, null while none is seen. */
  get training(): Bar | null {
    return this.#training;
  }

  /** The training goes on with other bars: another fit. */
  forget(): void {
    this.#training = null;
    this.#forgetOthers();
  }

  see(seen: Sighting, now: EpochsNow): Verdict {
    const training = this.#training;
    if (this.#isOuter(seen)) return this.#seeOuter(seen);
    if (!training) return this.#follow(seen, now, false);
    if (isSame(training, seen)) return this.#again(training, seen, now);
    if (this.#isWithin(training, seen)) {
      this.#outer = training;
      return { ...this.#follow(seen, now, false), isOfRun: false };
    }
    const isNewEpoch = now.serial !== training.startSerial;
    const isThrough = training.total !== null && training.step >= training.total;
    // what comes after the bar of a numbered epoch is the validation, however long
    if (now.areNumbered && !isNewEpoch && isThrough && (!seen.isNamedByEpoch || seen.step === 0))
      return this.#seeOther(seen, now);
    if (takesOver(training, seen, isNewEpoch)) return this.#follow(seen, now, false);
    return this.#seeOther(seen, now);
  }

  /** Takes a bar for the training's that something else has told to be it. */
  adopt(seen: Sighting, now: EpochsNow): Verdict {
    return this.#follow(seen, now, false);
  }

  /** A bar of epochs that has one of steps within. */
  get outer(): Bar | null {
    return this.#outer;
  }

  /** Bars without names are told apart by their totals. */
  #isOuter(seen: Sighting): boolean {
    const [outer, training] = [this.#outer, this.#training];
    return outer !== null && isSame(outer, seen) && (training === null || !isSame(training, seen));
  }

  #seeOuter(seen: Sighting): Verdict {
    const outer = this.#outer as Bar;
    outer.step = seen.step;
    return { is: 'epochs', beganAgain: false, isOfRun: false, bar: outer };
  }

  #again(bar: Bar, seen: Sighting, now: EpochsNow): Verdict {
    const isNewEpoch = now.serial !== bar.startSerial;
    // one that has never moved was drawn too early
    const isUnmoved = bar.starts === 1 && bar.step === bar.first && bar.step !== bar.total;
    bar.total = seen.total ?? bar.total;
    if (restarts(bar, seen) && isUnmoved) return this.#follow(seen, now, false, 1);
    if (restarts(bar, seen)) {
      // numbered epochs begin with their number, so that a second start within one is of something else
      bar.isSuspended =
        now.areNumbered && !isNewEpoch && !bar.isOfRun && (bar.total !== null || bar.isNamedByEpoch);
      if (bar.isSuspended) return this.#suspended(bar, seen);
      Object.assign(bar, {
        step: seen.step,
        first: seen.step,
        startSerial: now.serial,
        starts: bar.starts + 1,
      });
      this.#forgetOthers();
      return { is: 'steps', beganAgain: true, isOfRun: bar.isOfRun, bar };
    }
    if (bar.isSuspended && !(isNewEpoch && seen.isNamedByEpoch)) return this.#suspended(bar, seen);
    bar.isSuspended = false;
    const isFurther = seen.step > bar.step;
    // lines that name their epoch, and whose steps go on in the next one
    if (isNewEpoch && seen.isNamedByEpoch && seen.total === null && isFurther && bar.step > 0)
      bar.isOfRun = true;
    if (isNewEpoch && !bar.isOfRun && !seen.isNamedByEpoch) {
      if (!isFurther || isAtItsEnd(bar)) return OTHER; // the last redraw of a bar whose epoch is over
      if (countsEpochs(bar, seen, now)) bar.countsEpochs = true;
      else if (!bar.countsEpochs) bar.isOfRun = true;
    }
    bar.startSerial = now.serial;
    if (isFurther) this.#forgetOthers();
    bar.step = Math.max(bar.step, seen.step);
    return { is: bar.countsEpochs ? 'epochs' : 'steps', beganAgain: false, isOfRun: bar.isOfRun, bar };
  }

  #suspended(bar: Bar, seen: Sighting): Verdict {
    bar.step = seen.step;
    return OTHER;
  }

  /** A bar that is drawn on a row of its own while another one stands still at its start lies within that one. */
  #isWithin(training: Bar, { id, row, isNamedByEpoch, total }: Sighting): boolean {
    if (id === TRIALS) return false;
    if (training.isNamedByEpoch || training.isOfRun || training.countsEpochs || total === null) return false;
    if (training.total === null || this.#outer) return false;
    const stands = training.step === training.first && training.step < training.total;
    if (!stands || training.starts > 1) return false;
    // one of as many on the same row is itself, named only now
    return row > training.row || (isNamedByEpoch && total !== training.total);
  }

  /** A bar that comes again and again while the training's stands still is the training: that was preparation. */
  #seeOther(seen: Sighting, now: EpochsNow): Verdict {
    const last = this.#lastOther;
    const isLast = last !== null && last.id === seen.id && last.total === seen.total;
    const known = isLast ? last : this.#others.get(keyOf(seen));
    const comesAgain = known !== undefined && restarts(known, seen);
    const bar = known && !comesAgain ? known : this.#keepOther(seen, now, (known?.starts ?? 0) + 1);
    bar.step = seen.step;
    this.#lastOther = bar;
    const needed = (this.#training?.starts ?? 1) > 1 || now.areNumbered ? 3 : 2;
    if (bar.starts < needed || (now.areNumbered && this.#training?.isNamedByEpoch)) return OTHER;
    return this.#follow(seen, now, true, bar.starts);
  }

  #keepOther(seen: Sighting, now: EpochsNow, starts: number): Bar {
    const bar = newBar(seen, now.serial, starts);
    this.#others.set(keyOf(seen), bar);
    if (this.#others.size > MOST_OTHERS) this.#others.delete(this.#others.keys().next().value ?? '');
    return bar;
  }

  #forgetOthers(): void {
    this.#others.clear();
    this.#lastOther = null;
  }

  /** A bar whose total is another in the next epoch is still the same. */
  #startsOf({ id, isNamedByEpoch }: Sighting): number {
    const before = this.#training;
    return before?.id === id && isNamedByEpoch ? before.starts + 1 : 1;
  }

  #follow(seen: Sighting, now: EpochsNow, beganAgain: boolean, starts = this.#startsOf(seen)): Verdict {
    const bar = newBar(seen, now.serial, starts);
    this.#training = bar;
    this.#forgetOthers();
    return { is: 'steps', beganAgain, isOfRun: false, bar };
  }
}

function keyOf({ id, total }: Sighting): string {
  return `${id}\0${total}`;
}

function newBar(seen: Sighting, startSerial: number, starts: number): Bar {
  const flags = { isOfRun: false, countsEpochs: false, isSuspended: false };
  return { ...seen, ...flags, first: seen.step, startSerial, starts };
}

/** A bar that names its epoch is the training's, the first of an epoch; of others that start the larger is. */
function takesOver(training: Bar, seen: Sighting, isNewEpoch: boolean): boolean {
  const isLarger = (seen.total ?? 0) >= (training.total ?? 0);
  if (seen.isNamedByEpoch !== training.isNamedByEpoch) return seen.isNamedByEpoch;
  if (training.isOfRun) return false;
  if (seen.id === TRIALS && training.step === 0) return true;
  if (seen.isNamedByEpoch && (isNewEpoch || (seen.id === training.id && training.step === 0))) return true;
  if (seen.id === training.id) return isLarger && training.starts === 1;
  const goesOn = seen.total === training.total && seen.step >= training.step && seen.row === training.row;
  return goesOn || (isLarger && seen.total !== training.total && training.starts === 1);
}

/** The last redraw of an epoch may be late: nearer to its end than a fifth. Engineering judgement. */
function isAtItsEnd(bar: Bar): boolean {
  return bar.total !== null && bar.step >= 0.8 * bar.total && !bar.countsEpochs;
}

/** A bar that goes one step further with each epoch counts epochs. */
function countsEpochs(bar: Bar, seen: Sighting, now: EpochsNow): boolean {
  return seen.step === bar.step + 1 && seen.step === now.completed && bar.total !== null;
}
