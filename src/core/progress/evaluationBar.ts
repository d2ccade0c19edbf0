import { barIdOf, type Bar } from './bar.ts';
import type { ProgressEvent } from './event.ts';

/**
 * Tells the bar of an evaluation that a line has announced from the training's, where neither has a name: Hugging Face's
 * Trainer draws both as bare bars, that of an evaluation after the training as well.
 */
export class EvaluationBar {
  #isAwaited = false;
  #total: number | null = null;

  /** An evaluation was announced: it may have a bar of its own. */
  await(): void {
    this.#isAwaited = true;
    this.#total = null;
  }

  /** @param training the training's own bar, which goes on after the evaluation */
  isOf(event: ProgressEvent, training: Bar | null): boolean {
    const { epoch, step, totalSteps } = event;
    if (!this.#isAwaited || step === null || totalSteps === null || training === null) return false;
    if (epoch !== null || barIdOf(event) !== training.id) return false;
    if (this.#total === null && step === 0 && totalSteps !== training.total) this.#total = totalSteps;
    return totalSteps === this.#total;
  }
}
