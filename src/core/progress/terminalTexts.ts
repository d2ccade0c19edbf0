import { columnsOf, cut, DrawnRows } from './drawnRows.ts';

/** No progress line is longer; of a longer one the beginning counts. Engineering judgement. */
export const LONGEST_TEXT = 2048;
const LONGEST_PARAMETERS = 64;
const FURTHEST = 4096;

/** Rows of absolute cursor addresses: apart from those that are counted by line feeds. */
const FIRST_ADDRESSED_ROW = -1_000_000;

/** Told of each text that the terminal shows, with the row it stands in. */
export type OnText = (text: string, row: number) => void;

const STATE = { text: 0, escape: 1, intermediate: 2, csi: 3, string: 4, stringEscape: 5 } as const;
type State = (typeof STATE)[keyof typeof STATE];

/** Colours are no longer. */
const LONGEST_COLOUR = 40;

/* eslint-disable-next-line no-control-regex -- control characters are what this is about (ECMA-48) */
const CONTROL = /[\x00-\x1f\x7f\x9c]/g;

/**
 * Cuts a terminal's output into the texts that are drawn, free of escape sequences and independent of how it was
 * chunked. A row that is redrawn comes once for each time it is drawn. What is drawn from the row's first column on
 * comes alone, as the program means it; what is drawn over a part of the row (Windows' console host, counters that
 * step back) comes with the rest of the row.
 *
 * Escape sequences are those of ECMA-48 as xterm reads them (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html).
 *
 * A headless terminal (@xterm/headless 6.0) reads 27 to 39 million characters of coloured lines and bars in a second of
 * processor time where this reads 262 to 628 million (measured on the same machine, Node 24), and a row that a program
 * left half overwritten would read as if it had meant the rest: hence this.
 */
export class TerminalTexts {
  readonly #onText: OnText;
  readonly #onCommand: (command: string) => void;
  readonly #rows = new DrawnRows();
  #state: State = STATE.text;
  #text = '';
  #column = 0;
  #row = 0;
  #collected = '';

  /** @param onCommand told of operating system commands (OSC), such as `9;4;1;40` */
  constructor(onText: OnText, onCommand: (command: string) => void = () => undefined) {
    this.#onText = onText;
    this.#onCommand = onCommand;
  }

  feed(chunk: string): void {
    let at = 0;
    while (at < chunk.length)
      at = this.#state === STATE.text ? this.#readText(chunk, at) : this.#readSequence(chunk, at);
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
        this.#state = STATE.escape;
    }
  }

  #readSequence(chunk: string, at: number): number {
    const code = chunk.charCodeAt(at);
    switch (this.#state) {
      case STATE.escape:
        this.#escape(code);
        break;
      case STATE.intermediate:
        if (code < 0x20 || code > 0x2f) this.#state = STATE.text;
        break;
      case STATE.csi:
        return this.#readCsi(chunk, at, code);
      case STATE.string:
        return this.#readString(chunk, at);
      case STATE.stringEscape:
        this.#endString();
        if (code === 0x5c) break;
        this.#state = STATE.escape;
        return at;
    }
    return at + 1;
  }

  #escape(code: number): void {
    this.#collected = '';
    this.#state = STATE.text;
    if (code === 0x5b) this.#state = STATE.csi;
    else if (code === 0x5d || code === 0x50 || code === 0x58 || code === 0x5e || code === 0x5f) {
      this.#state = STATE.string; // OSC, DCS, SOS, PM, APC
      this.#collected = code === 0x5d ? '' : '\0';
    } else if (code >= 0x20 && code <= 0x2f) this.#state = STATE.intermediate;
    else if (code === 0x1b) this.#state = STATE.escape;
    else if (code === 0x45) this.#moveTo(this.#row + 1, 0);
    else if (code === 0x44) this.#moveBy(1, 0);
    else if (code === 0x4d) this.#moveBy(-1, 0);
    else if (code < 0x20) this.#control(code);
  }

  #readCsi(chunk: string, at: number, code: number): number {
    if (code >= 0x20 && code <= 0x3f) {
      if (this.#collected.length < LONGEST_PARAMETERS) this.#collected += chunk[at];
      return at + 1;
    }
    if (code < 0x20 && code !== 0x1b && code !== 0x18 && code !== 0x1a) {
      this.#control(code); // a control within a sequence is carried out, as terminals do
      return at + 1;
    }
    this.#state = STATE.text;
    if (code === 0x1b) return at;
    if (code >= 0x40 && code <= 0x7e) this.#csi(code, this.#collected);
    return at + 1;
  }

  /** Strings end with BEL or ST; a line feed ends one that a program never ended. */
  #readString(chunk: string, from: number): number {
    CONTROL.lastIndex = from;
    const end = CONTROL.test(chunk) ? CONTROL.lastIndex - 1 : chunk.length;
    const room = LONGEST_PARAMETERS - this.#collected.length;
    if (room > 0) this.#collected += chunk.slice(from, Math.min(end, from + room));
    if (end === chunk.length) return end;
    const code = chunk.charCodeAt(end);
    if (code === 0x1b) this.#state = STATE.stringEscape;
    else if (code === 0x07 || code === 0x9c) this.#endString();
    else if (code === 0x18 || code === 0x1a) this.#state = STATE.text;
    else if (code === 0x0a) {
      this.#state = STATE.text;
      return end;
    }
    return end + 1;
  }

  #endString(): void {
    this.#state = STATE.text;
    if (!this.#collected.startsWith('\0')) this.#onCommand(this.#collected);
  }

  #csi(final: number, parameters: string): void {
    const [first = 0, second = 0] = parameters.split(';', 2).map((text) => numberOf(text));
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
        return this.#moveTo(FIRST_ADDRESSED_ROW + count - 1, Math.max(0, second - 1));
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

function numberOf(text: string): number {
  const value = Number.parseInt(text, 10);
  return value > 0 ? Math.min(value, FURTHEST) : 0;
}

/** Where the text ends that begins at `from`: at a control character, or with the chunk. */
function endOfText(chunk: string, from: number): number {
  for (let at = from; at < chunk.length; at++) {
    const code = chunk.charCodeAt(at);
    if (code < 0x20 || code === 0x7f || code === 0x9c) return at;
  }
  return chunk.length;
}

/** Where a sequence ends that sets colours, which move nothing; 0 where it is another one, or cut. */
function endOfColour(chunk: string, from: number): number {
  if (chunk.charCodeAt(from + 1) !== 0x5b) return 0;
  const last = Math.min(chunk.length, from + 2 + LONGEST_COLOUR);
  for (let at = from + 2; at < last; at++) {
    const code = chunk.charCodeAt(at);
    if (code === 0x6d) return at + 1;
    if (code < 0x30 || code > 0x3b) return 0;
  }
  return 0;
}
