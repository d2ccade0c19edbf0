import type { Family } from './families/family.ts';

/** So many kinds of lines are remembered. Engineering judgement: a training prints a few dozen. */
const MOST_SKELETONS = 4096;

const DIGIT = 0x30;
const NINE = 0x39;
const SPACE = 0x20;
const ANY_DIGIT = /\d/;

/**
 * Remembers which families a kind of line may be of, so that their hints are not looked for in each line of a kind that
 * a training prints over and over. A line's kind is its text without its digits and spaces but for where they stand:
 * hints must not ask how many there are.
 */
export class Skeletons {
  readonly #families: readonly Family[];
  readonly #known = new Map<number, readonly Family[]>();

  constructor(families: readonly Family[]) {
    this.#families = families;
  }

  /** The families whose hints the line holds, in their order; without a number those alone that read words. */
  familiesOf(line: string): readonly Family[] {
    const skeleton = skeletonOf(line);
    const known = this.#known.get(skeleton);
    if (known) return known;
    const hasDigit = ANY_DIGIT.test(line);
    const found = this.#families.filter(
      ({ hint, readsWords }) => (hasDigit || readsWords) && hint.test(line),
    );
    if (this.#known.size >= MOST_SKELETONS) this.#known.clear();
    this.#known.set(skeleton, found);
    return found;
  }
}

/** A hash (FNV-1a's multiplier over characters) of what stands between digits and spaces. */
function skeletonOf(line: string): number {
  let hash = 0x811c9dc5 | 0;
  let before = 0;
  for (let at = 0; at < line.length; at++) {
    let code = line.charCodeAt(at);
    if (code <= NINE && code >= DIGIT) code = DIGIT;
    if (code === before && (code === DIGIT || code === SPACE)) continue;
    before = code;
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return hash;
}
