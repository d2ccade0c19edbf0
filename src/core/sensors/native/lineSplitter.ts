/** Engineering judgement: no line that anybody reads here is longer. */
const MOST_LINE_CHARACTERS = 64_000;

/** Cuts text that comes in pieces into lines, of any line end. What is too long to be a line is dropped up to its end. */
export class LineSplitter {
  #rest = '';
  #isDropping = false;

  /** @returns the lines that are complete now, without their ends */
  add(text: string): readonly string[] {
    const lines = (this.#rest + text).split(/\r?\n/);
    this.#rest = lines.pop() ?? '';
    if (this.#isDropping && lines.length > 0) {
      lines.shift();
      this.#isDropping = false;
    }
    if (this.#rest.length > MOST_LINE_CHARACTERS) this.#isDropping = true;
    if (this.#isDropping) this.#rest = '';
    return lines.filter((line) => line.length <= MOST_LINE_CHARACTERS);
  }
}
