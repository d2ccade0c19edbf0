import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csvRows } from '../../../src/core/exchange/csvRows.ts';

const CELL = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\r\n', ' ', 'é', '0') });
const TABLE = fc.array(fc.array(CELL, { minLength: 2, maxLength: 5 }), { maxLength: 6 });

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

/** Quotes only what has to be, as writers do. */
function written(cell: string): string {
  return /[",\r\n]/.test(cell) ? quoted(cell) : cell;
}

function cellsOf(text: string): (readonly string[])[] {
  return [...csvRows(text)].map(({ cells }) => cells);
}

describe('Reading CSV', () => {
  it('gives back any table, however it was quoted and whatever its line ends', () => {
    fc.assert(
      fc.property(
        TABLE,
        fc.constantFrom(quoted, written),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        (table, write, end, isClosed) => {
          const text = table.map((row) => row.map(write).join(',')).join(end) + (isClosed ? end : '');
          // a last empty cell without an end after it is there, too
          assert.deepEqual(cellsOf(text), table);
        },
      ),
    );
  });

  it('names the line in which a row begins, also after cells of several lines', () => {
    fc.assert(
      fc.property(TABLE, (table) => {
        const texts = table.map((row) => row.map(quoted).join(','));
        const starts = texts.map((_, index) => {
          const before = texts
            .slice(0, index)
            .map((text) => `${text}\n`)
            .join('');
          return 1 + (before.match(/\r\n|\r|\n/g)?.length ?? 0);
        });
        const lines = [...csvRows(texts.join('\n'))].map(({ line }) => line);
        assert.deepEqual(lines, starts);
      }),
    );
  });

  it('leaves out empty lines, and reads a quote that is never closed to the end', () => {
    assert.deepEqual(cellsOf('a,b\n\n\r\nc,d\n'), [
      ['a', 'b'],
      ['c', 'd'],
    ]);
    assert.deepEqual(cellsOf('a,"b\nc,d'), [['a', 'b\nc,d']]);
    assert.deepEqual(cellsOf('"a"b,c'), [['ab', 'c']]);
    assert.deepEqual(cellsOf(''), []);
  });

  it('ends on any text', () => {
    fc.assert(
      fc.property(CELL, (text) => {
        const cells = cellsOf(text).flat();
        assert(cells.join('').length <= text.length);
      }),
    );
  });
});
