/** How many rows a program goes back to, at most; a screen is seldom higher. Engineering judgement. */
const ROWS = 128;

/** Characters that take two columns: East Asian wide (UAX #11) and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const ANY_WIDE = /[\u1100-\u115f\u2e80-\uffff]/;

/** How many columns of a terminal a text takes. */
export function columnsOf(text: string): number {
  if (!ANY_WIDE.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** What was last drawn on each of the latest rows, for programs that redraw a part of a row. */
export class DrawnRows {
  readonly #texts = new Array<string>(ROWS).fill('');
  readonly #rows = new Array<number>(ROWS).fill(NaN);

  get(row: number): string {
    const slot = slotOf(row);
    return this.#rows[slot] === row ? (this.#texts[slot] ?? '') : '';
  }

  set(row: number, text: string): void {
    const slot = slotOf(row);
    this.#rows[slot] = row;
    this.#texts[slot] = text;
  }

  /** Draws a text over a row, from a column on. @returns the whole row */
  draw(row: number, column: number, text: string): string {
    const before = this.get(row);
    const left = cut(before, 0, column);
    const right = cut(before, column + columnsOf(text), Infinity);
    const whole = left + ' '.repeat(Math.max(0, column - columnsOf(left))) + text + right;
    this.set(row, whole);
    return whole;
  }
}

function slotOf(row: number): number {
  return ((row % ROWS) + ROWS) % ROWS;
}

/** The part of a text between two columns. */
export function cut(text: string, from: number, to: number): string {
  if (!ANY_WIDE.test(text)) return text.slice(from, to);
  let part = '';
  let column = 0;
  for (const character of text) {
    if (column >= from && column < to) part += character;
    column += columnsOf(character);
  }
  return part;
}
