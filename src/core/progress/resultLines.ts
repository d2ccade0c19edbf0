import type { ProgressEvent } from './event.ts';

/** Lines of several processes that say which one they are of. */
const RANK = /\brank\W{0,2}\d|^\[\d+\]:/i;

/** Tells the result of an epoch from reports within it, which look the same but come several times. */
export class ResultLines {
  #epoch: number | null = null;
  #texts = new Map<string, string>();
  readonly #within = new Set<string>();

  /** @returns `within`: more of this epoch is to come */
  see(epoch: number, { epochFinished }: ProgressEvent, text: string): 'new' | 'within' {
    if (epoch !== this.#epoch) this.#texts = new Map();
    this.#epoch = epoch;
    if (!epochFinished || RANK.test(text)) return 'new';
    const shape = text.replace(/[-+]?\d[\d.,]*(?:e[-+]?\d+)?/gi, '#').slice(0, 80);
    const before = this.#texts.get(shape);
    // several processes may print the same line
    if (before !== undefined && before !== text && this.#within.size < 20) this.#within.add(shape);
    if (this.#texts.size < 20) this.#texts.set(shape, text);
    return this.#within.has(shape) ? 'within' : 'new';
  }
}
