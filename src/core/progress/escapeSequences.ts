/** Parameters and commands of interest are no longer. */
const LONGEST = 64;

/** Colours are no longer. */
const LONGEST_COLOUR = 40;

const STATE = { text: 0, escape: 1, intermediate: 2, csi: 3, string: 4, stringEscape: 5 } as const;
type State = (typeof STATE)[keyof typeof STATE];

/* eslint-disable-next-line no-control-regex -- control characters are what this is about (ECMA-48) */
const CONTROL = /[\x00-\x1f\x7f\x9c]/g;

/** Carries out what sequences ask for. */
export interface Terminal {
  /** A control character, within a sequence too. */
  control(code: number): void;
  /** A control sequence, by its last character. */
  csi(final: number, parameters: string): void;
  /** An escape sequence of one character. */
  escape(code: number): void;
  /** An operating system command (OSC), such as `9;4;1;40`. */
  command(text: string): void;
}

/**
 * Reads escape sequences, cut anywhere: those of ECMA-48 as xterm reads them
 * (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html).
 */
export class EscapeSequences {
  readonly #terminal: Terminal;
  #state: State = STATE.text;
  #collected = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** A sequence has begun and not ended. */
  get isWithin(): boolean {
    return this.#state !== STATE.text;
  }

  /** ESC was read. */
  begin(): void {
    this.#state = STATE.escape;
  }

  /** Reads on within a sequence. @returns where to go on */
  read(chunk: string, at: number): number {
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
    else if (code < 0x20) this.#terminal.control(code);
    else this.#terminal.escape(code);
  }

  #readCsi(chunk: string, from: number, first: number): number {
    let at = from;
    let code = first;
    while (code >= 0x20 && code <= 0x3f) code = chunk.charCodeAt(++at);
    if (at > from) {
      this.#collect(chunk, from, at);
      return at;
    }
    if (code < 0x20 && code !== 0x1b && code !== 0x18 && code !== 0x1a) {
      this.#terminal.control(code); // a control within a sequence is carried out, as terminals do
      return at + 1;
    }
    this.#state = STATE.text;
    if (code === 0x1b) return this.#beginAnew(at);
    if (code >= 0x40 && code <= 0x7e) this.#terminal.csi(code, this.#collected);
    return at + 1;
  }

  #beginAnew(at: number): number {
    this.begin();
    return at + 1;
  }

  /** Strings end with BEL or ST; a line feed ends one that a program never ended. */
  #readString(chunk: string, from: number): number {
    CONTROL.lastIndex = from;
    const end = CONTROL.test(chunk) ? CONTROL.lastIndex - 1 : chunk.length;
    this.#collect(chunk, from, end);
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

  #collect(chunk: string, from: number, end: number): void {
    const room = LONGEST - this.#collected.length;
    if (room > 0) this.#collected += chunk.slice(from, Math.min(end, from + room));
  }

  #endString(): void {
    this.#state = STATE.text;
    if (!this.#collected.startsWith('\0')) this.#terminal.command(this.#collected);
  }
}

/** Where the text ends that begins at `from`: at a control character, or with the chunk. */
export function endOfText(chunk: string, from: number): number {
  for (let at = from; at < chunk.length; at++) {
    const code = chunk.charCodeAt(at);
    if (code < 0x20 || code === 0x7f || code === 0x9c) return at;
  }
  return chunk.length;
}

/** Where a sequence ends that sets colours, which move nothing; 0 where it is another one, or cut. */
export function endOfColour(chunk: string, from: number): number {
  if (chunk.charCodeAt(from + 1) !== 0x5b) return 0;
  const last = Math.min(chunk.length, from + 2 + LONGEST_COLOUR);
  for (let at = from + 2; at < last; at++) {
    const code = chunk.charCodeAt(at);
    if (code === 0x6d) return at + 1;
    if (code < 0x30 || code > 0x3b) return 0;
  }
  return 0;
}
