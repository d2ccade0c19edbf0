import { columnsOf, cut, DrawnRows } from './drawnRows.ts';
import { endOfColour, endOfText, EscapeSequences, type Terminal } from './escapeSequences.ts';

/** No progress line is longer; of a longer one the beginning counts. Engineering judgement. */
export const LONGEST_TEXT = 2048;
const FURTHEST = 4096;

/** Rows of absolute cursor addresses: apart from those that are counted by line feeds. */
const FIRST_ADDRESSED_ROW = -1_000_000;

/** Told of each text that the terminal shows, with the row it stands in. */
export type OnText = (text: string, row: number) => void;

/**
 * Cuts a terminal's output into the texts that are drawn, free of escape sequences and independent of how it was
 * chunked. A row that is redrawn comes once for each time it is drawn. What is drawn from the row's first column on
 * comes alone, as the program means it; what is drawn over a part of the row (Windows' console host, counters that
 * step back) comes with the rest of the row.
 *
 * A headless terminal (@xterm/headless 6.0) reads 27 to 39 million characters of coloured lines and bars in a second of
 * processor time where this reads 262 to 628 million (measured on the same machine, Node 24), and a row that a program
 * left half overwritten would read as if it had meant the rest: hence this.
 */
export class TerminalTexts {
  readonly #onText: OnText;
  readonly #sequences: EscapeSequences;
  readonly #rows = new DrawnRows();
  #text = '';
  #column = 0;
  #row = 0;

  /** @param onCommand told of operating system commands (OSC), such as `9;4;1;40` */
  constructor(onText: OnText, onCommand: (command: string) => void = () => undefined) {
    this.#onText = onText;
    const terminal: Terminal = {
      control: (code) => this.#control(code),
      csi: (final, parameters) => this.#csi(final, parameters),
      escape: (code) => this.#escape(code),
      command: onCommand,
    };
    this.#sequences = new EscapeSequences(terminal);
  }

  feed(chunk: string): void {
    let at = 0;
    while (at < chunk.length)
      at = this.#sequences.isWithin ? this.#sequences.read(chunk, at) : this.#readText(chunk, at);
  }

  /** The output is over: tells the text that was never ended. */
  finish(): void {
    this.#endText();
  }

  #readText(chunk: string, from: number): number {
    const end = endOfText(chunk, from);
    if (end > from) this.#put(chunk, from, end);
    if (end === chunk.length) return end;
    const code = chunk.charCodeAt(end);
    const past = code === 0x1b ? endOfColour(chunk, end) : 0;
    if (past > 0) return past;
    this.#control(code);
    return end + 1;
  }

  #put(chunk: string, from: number, end: number): void {
    const room = LONGEST_TEXT - this.#text.length;
    if (room <= 0) return;
    const piece = chunk.slice(from, Math.min(end, from + room));
    this.#text = this.#text === '' ? piece : this.#text + piece;
  }

  #control(code: number): void {
    switch (code) {
      case 0x0a: // line feed; terminals' drivers put a carriage return before it, pipes do not
      case 0x0b:
      case 0x0c:
        this.#moveTo(this.#row + 1, 0);
        break;
      case 0x0d:
        this.#moveTo(this.#row, 0);
        break;
      case 0x08:
        this.#moveBy(0, -1);
        break;
      case 0x09:
        if (this.#text.length < LONGEST_TEXT) this.#text += '\t';
        break;
      case 0x1b:
        this.#sequences.begin();
    }
  }

  #escape(code: number): void {
    if (code === 0x45) this.#moveTo(this.#row + 1, 0);
    else if (code === 0x44) this.#moveBy(1, 0);
    else if (code === 0x4d) this.#moveBy(-1, 0);
  }

  #csi(final: number, parameters: string): void {
    const first = numberOf(parameters);
    const count = Math.max(1, first);
    switch (final) {
      case 0x41: // A, cursor up
        return this.#moveBy(-count, 0);
      case 0x42: // B, down
        return this.#moveBy(count, 0);
      case 0x43: // C, forward
        return this.#skip(count);
      case 0x44: // D, back
        return this.#moveBy(0, -count);
      case 0x45: // E, next line
        return this.#moveTo(this.#row + count, 0);
      case 0x46: // F, previous line
        return this.#moveTo(this.#row - count, 0);
      case 0x47: // G, column
      case 0x60:
        return this.#moveTo(this.#row, count - 1);
      case 0x48: // H, position
      case 0x66:
        return this.#moveTo(FIRST_ADDRESSED_ROW + count - 1, Math.max(0, secondOf(parameters) - 1));
      case 0x64: // d, row
        this.#moveBy(0, 0);
        return this.#moveTo(FIRST_ADDRESSED_ROW + count - 1, this.#column);
      case 0x4a: // J, erase display
      case 0x4b: // K, erase line
        return this.#erase(first);
    }
  }

  #moveTo(row: number, column: number): void {
    this.#endText();
    this.#row = row;
    this.#column = column;
  }

  #moveBy(rows: number, columns: number): void {
    const column = this.#column + (this.#text === '' ? 0 : columnsOf(this.#text));
    this.#moveTo(this.#row + rows, Math.max(0, column + columns));
  }

  /** The cursor jumps forward: what stands there stays, and what follows is of the same text. */
  #skip(columns: number): void {
    const count = Math.min(columns, FURTHEST);
    const from = this.#column + columnsOf(this.#text);
    const below = cut(this.#rows.get(this.#row), from, from + count);
    const passed = below + ' '.repeat(Math.max(0, count - columnsOf(below)));
    this.#put(passed, 0, passed.length);
  }

  #erase(mode: number): void {
    if (mode === 0) {
      const kept = this.#column + (this.#text === '' ? 0 : columnsOf(this.#text));
      const row = this.#rows.get(this.#row);
      if (row.length > kept) this.#rows.set(this.#row, cut(row, 0, kept));
      return;
    }
    this.#moveBy(0, 0);
    this.#rows.set(this.#row, '');
  }

  #endText(): void {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    if (this.#column > 0) return this.#onText(this.#rows.draw(this.#row, this.#column, text), this.#row);
    this.#rows.set(this.#row, text);
    this.#onText(text, this.#row);
  }
}

/** The first of the numbers. */
function numberOf(text: string): number {
  const value = Number.parseInt(text, 10);
  return value > 0 ? Math.min(value, FURTHEST) : 0;
}

function secondOf(parameters: string): number {
  const at = parameters.indexOf(';');
  return at < 0 ? 0 : numberOf(parameters.slice(at + 1));
}
