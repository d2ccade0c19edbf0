/** Notices a figure that has not changed for longer than it can be: a gauge or a counter that is stuck. */
export class Standstill {
  readonly #mostSeconds: number;
  #value: number | null = null;
  #sinceSeconds = 0;

  /** @param mostSeconds how long the same value may stand */
  constructor(mostSeconds: number) {
    this.#mostSeconds = mostSeconds;
  }

  /** Takes the value told at that time. */
  isStuck(value: number, timeSeconds: number): boolean {
    if (value !== this.#value) {
      this.#value = value;
      this.#sinceSeconds = timeSeconds;
    }
    return timeSeconds - this.#sinceSeconds > this.#mostSeconds;
  }
}
