import type { Sighting } from './bar.ts';

/** A first step so many strides from 0 is that of a run that resumes. Engineering judgement. */
const STRIDES = 8;

/** So many strides are looked at: lines come at even steps, bars at even times. Engineering judgement. */
const OF_LINES = 2;
const OF_BARS = 3;

/** Tells whether a counter of the run's steps began at 0 or goes on from where an earlier run ended. */
export class StepStart {
  #id: string | null = null;
  #steps: number[] = [];
  #before = 0;

  /** @returns steps that an earlier run had done */
  see({ id, step }: Sighting, isLine: boolean): number {
    if (id !== this.#id) {
      this.#id = id;
      this.#steps = [];
      this.#before = 0;
    }
    const needed = isLine ? OF_LINES : OF_BARS;
    if (step <= (this.#steps.at(-1) ?? 0) || this.#steps.length > needed) return this.#before;
    this.#steps.push(step);
    const [first = 0, second = 0] = this.#steps;
    if (this.#steps.length <= needed) return this.#before;
    const strides = this.#steps.slice(1).map((value, index) => value - (this.#steps[index] ?? 0));
    if (first > STRIDES * Math.max(...strides)) this.#before = isLine ? first - (second - first) : first - 1;
    return this.#before;
  }
}
