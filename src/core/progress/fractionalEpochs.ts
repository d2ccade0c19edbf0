/** Epochs are printed with two decimals or more. */
const ROUNDING = 0.005;

/** A number of epochs this near to a whole one is it. Engineering judgement. */
const NEAR_WHOLE = 0.3;

/**
 * Follows output that counts epochs in fractions beside a bar of the run's steps, as Hugging Face's Trainer does, and
 * finds how many steps make an epoch.
 */
export class FractionalEpochs {
  #waiting: number | null = null;
  #stepsPerEpoch: number | null = null;
  #totalEpochs: number | null = null;
  #isUsed = false;
  #done = 0;
  #stride = 0;
  /** Fractions come late, by a pipe's buffer, so that no bar beside them shows their step. */
  #isLate = false;

  /** Fractions have been seen. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  get isLate(): boolean {
    return this.#isLate;
  }

  /** One has been seen, and no bar since. */
  get isWaiting(): boolean {
    return this.#waiting !== null;
  }

  get stepsPerEpoch(): number | null {
    return this.#stepsPerEpoch;
  }

  get totalEpochs(): number | null {
    return this.#totalEpochs;
  }

  /** An epoch is under way that is over with the next fraction, which nobody prints at a training's end. */
  get isNearEnd(): boolean {
    const missing = Math.ceil(this.#done) - this.#done;
    return missing > 0 && missing <= this.#stride + ROUNDING;
  }

  /**
   * Whether the run ended at a step within an epoch, as with a number of steps to train for: a whole number of steps
   * makes an epoch then. Where they are gathered from several batches, what is left over is no step, and the last epoch
   * ends with a fraction too.
   */
  endsWithin(step: number): boolean {
    const isWhole = Math.abs(this.#done - Math.round(this.#done)) < ROUNDING;
    const [least, most] = [step / (this.#done + ROUNDING), step / (this.#done - ROUNDING)];
    return !isWhole && Math.floor(most) >= Math.ceil(least);
  }

  /** @param done epochs, with fractions */
  see(done: number): void {
    this.#isUsed = true;
    if (done > this.#done) this.#stride = done - this.#done;
    this.#done = done;
    if (this.#waiting !== null && this.#waiting !== done) this.#isLate = true;
    this.#waiting = done > 0 && !this.#isLate ? done : null;
  }

  /** The run ended at a step with so many epochs done. */
  seeEnd(done: number, step: number, total: number): void {
    if (done === 0) return;
    this.#stepsPerEpoch ??= step / done;
    const epochs = (total * done) / step;
    const whole = Math.round(epochs);
    if (Math.abs(epochs - whole) < (ROUNDING * epochs) / done + 1e-6) this.#totalEpochs ??= whole;
  }

  /** The bar as it is drawn right after the fraction, which shows the step that the fraction is of. */
  seeStep(step: number, total: number | null, knownEpochs: number | null = null): void {
    const done = this.#waiting;
    if (done === null || step === 0) return;
    this.#waiting = null;
    const ratio = step / done;
    // a bar that was drawn a step later tells less than one that fitted
    if (this.#totalEpochs === null) this.#stepsPerEpoch = ratio;
    if (total === null) return;
    const epochs = total / ratio;
    const error = (epochs * ROUNDING) / done;
    const whole = Math.round(epochs);
    if (Math.abs(epochs - whole) > error + 1e-6) return;
    if (knownEpochs !== whole && error > NEAR_WHOLE) return;
    this.#totalEpochs = whole;
    this.#stepsPerEpoch = total / whole;
  }
}
