import type { Milestone } from './projection.ts';

/** Epoch ends that are kept: of more, each second one goes. */
const MOST_ENDS = 400;

/** The training's way so far. Plain data. */
export interface MilestoneState {
  /** The start and the ends of epochs, ascending. */
  readonly ends: readonly Milestone[];
  /** The furthest that was seen, steps included. */
  readonly mark: Milestone;
}

const START: Milestone = { epochs: 0, energyJoules: 0, timeSeconds: 0 };

/** Writes down what the training had used at each epoch's end and at its last step. */
export class MilestoneRecorder {
  #ends: Milestone[];
  #mark: Milestone;

  constructor(state: MilestoneState = { ends: [START], mark: START }) {
    this.#ends = [...state.ends];
    this.#mark = state.mark;
  }

  /**
   * @param epochs done, with the fraction of the one in progress
   * @param epochsCompleted whole epochs done
   */
  record(epochs: number, epochsCompleted: number, energyJoules: number, timeSeconds: number): void {
    if (epochs > this.#mark.epochs) this.#mark = { epochs, energyJoules, timeSeconds };
    if (epochsCompleted <= (this.#ends.at(-1)?.epochs ?? 0)) return;
    this.#ends.push({ epochs: epochsCompleted, energyJoules, timeSeconds });
    if (this.#ends.length > MOST_ENDS) this.#ends = this.#ends.filter((_, index) => index % 2 === 0);
  }

  state(): MilestoneState {
    return { ends: this.#ends, mark: this.#mark };
  }
}
