/** No progress line is longer; of a longer one the beginning counts. */
const LONGEST_LINE = 1024;

/** Of output that comes faster than this many characters a second, only the newest of each second is looked at. */
const CHARACTERS_PER_SECOND = 256_000;
const NEWEST = 8192;

/* eslint-disable no-control-regex -- control characters are what this is about (ECMA-48) */
const SEQUENCE = /\x1b(?:\[([0-?]*)[ -/]*([@-~])|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-OQ-WYZ\\`-~])/g;
const UNFINISHED_SEQUENCE = /\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)$/;
const LINE_END = /[\r\n\b]+/;
/* eslint-enable no-control-regex */

/** CSI sequences that move to another line or column: what follows is a text of its own. */
const MOVES = new Set('ABCDEFGHJSTdfsu');

/**
 * Cuts a terminal's output into the texts it shows, free of escape sequences and independent of how it was chunked.
 * A line that is redrawn (carriage return, backspace, cursor movement) comes once for each time it is drawn.
 */
export class TerminalLines {
  #rest = '';
  #skipped = '';
  #windowStart = 0;
  #windowCharacters = 0;

  /** @param timeSeconds monotonic; bounds the work on a flood of output */
  feed(text: string, timeSeconds: number): readonly string[] {
    return this.#cut(this.#withinBudget(text, timeSeconds));
  }

  /** What is left, the line that was never ended included. */
  finish(): readonly string[] {
    return this.#cut(`${this.#skipped}\n`);
  }

  #cut(text: string): readonly string[] {
    const pieces = this.#plain(this.#rest + text).split(LINE_END);
    this.#rest = (pieces.pop() ?? '').slice(0, LONGEST_LINE);
    return pieces.filter(Boolean).map((piece) => piece.slice(0, LONGEST_LINE));
  }

  #withinBudget(text: string, timeSeconds: number): string {
    if (timeSeconds - this.#windowStart >= 1) {
      this.#windowStart = timeSeconds;
      this.#windowCharacters = 0;
    }
    this.#windowCharacters += text.length;
    const waiting = this.#skipped + text;
    if (this.#windowCharacters > CHARACTERS_PER_SECOND) {
      this.#skipped = `\n${waiting.slice(-NEWEST)}`;
      return '';
    }
    this.#skipped = '';
    return waiting;
  }

  #plain(text: string): string {
    const unfinished = UNFINISHED_SEQUENCE.exec(text);
    if (!unfinished || unfinished[0].length > LONGEST_LINE) return replaceSequences(text);
    // kept with its line, to be finished by the next chunk
    return replaceSequences(text.slice(0, unfinished.index)) + unfinished[0];
  }
}

function replaceSequences(text: string): string {
  if (!text.includes('\x1b')) return text;
  return text.replace(SEQUENCE, (_, _parameters, final) => (MOVES.has(String(final)) ? '\n' : ''));
}
