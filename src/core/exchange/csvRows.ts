/** A record of a CSV file, and the line it begins in, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The records of a text of comma-separated values (RFC 4180), with line ends of any kind; empty lines are left out. A
 * quote that is never closed reaches to the end.
 *
 * By hand, since a row that cannot be used is told by its line, and it takes forty lines.
 */
export function* csvRows(text: string): Generator<CsvRow> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const row = { line, cells: [] as string[] };
    for (let isRowEnd = false; !isRowEnd;) {
      const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
      row.cells.push(cell.value);
      line += cell.lineEnds;
      at = cell.end;
      isRowEnd = text[at] !== ',';
      if (!isRowEnd) at += 1;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    if (row.cells.length > 1 || row.cells[0] !== '') yield row;
  }
}

interface Cell {
  readonly value: string;
  /** Where the comma or line end after it stands. */
  readonly end: number;
  readonly lineEnds: number;
}

const PLAIN = /[^,\r\n]*/y;

function plainCell(text: string, start: number): Cell {
  PLAIN.lastIndex = start;
  const value = PLAIN.exec(text)?.[0] ?? '';
  return { value, end: start + value.length, lineEnds: 0 };
}

/** What follows the closing quote up to the comma belongs to it, as spreadsheets and Python's csv have it. */
function quotedCell(text: string, start: number): Cell {
  let end = start + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0) end = text.length;
    if (text[end + 1] !== '"') break;
    end += 2;
  }
  const inside = text.slice(start + 1, end);
  const rest = plainCell(text, Math.min(end + 1, text.length));
  return {
    value: inside.replaceAll('""', '"') + rest.value,
    end: rest.end,
    lineEnds: inside.match(/\r\n|\r|\n/g)?.length ?? 0,
  };
}
