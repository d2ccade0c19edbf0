import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runsCsv } from '../../../src/core/reports/csv.ts';
import { snapshot } from '../runs/snapshots.ts';

/** Reads RFC 4180. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && quoted === undefined && plain === '' && rows.at(-1)?.length === 0) break;
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

function records(...runs: Parameters<typeof runsCsv>[0]): Record<string, string>[] {
  const [head = [], ...rows] = parse(runsCsv(runs));
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
}

describe('CSV', () => {
  it('has one record a run, named and measured as in the JSON', () => {
    const [record] = records(snapshot());
    assert.equal(record?.id, 'run-1');
    assert.equal(record.energyJoules, '36000');
    assert.equal(record.startedAt, '2026-11-23T22:15:00.000Z');
    assert.equal(record.quality, 'measured');
    assert.equal(record.pue, '1.2');
    assert.equal(records(snapshot(), snapshot()).length, 2);
    assert.deepEqual(records(), []);
  });

  it('has the range of intensities by which a run was counted', () => {
    const segment = (energyJoules: number, gramsPerKwh: number) => ({
      ...{ fromMillis: 0, toMillis: 1, energyJoules, gramsPerKwh, pue: 1, source: 'x', isFinal: true },
    });
    const intensitySegments = [segment(30, 100), segment(10, 300), segment(0, 900)];
    const [record, unknown] = records(snapshot({ intensitySegments }), snapshot());
    assert.deepEqual(
      [record?.intensityMean, record?.intensityLow, record?.intensityHigh],
      ['150', '100', '300'],
    );
    assert.deepEqual([unknown?.intensityMean, unknown?.intensityLow], ['', '']);
  });

  it('leaves empty what is unknown', () => {
    const [record] = records(snapshot({ exitCode: null, endedAtMillis: null }));
    assert.deepEqual([record?.exitCode, record?.endedAt], ['', '']);
  });

  it('quotes what would break a record', () => {
    const command = 'python -c "print(1)", x\nnext';
    assert.equal(records(snapshot({ command }))[0]?.command, command);
  });

  it('disarms what a spreadsheet would run', () => {
    for (const label of [
      '=HYPERLINK("http://evil")',
      '+1',
      '-1+2',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '＝1',
      '＠x',
    ]) {
      assert.equal(records(snapshot({ label }))[0]?.label, `'${label}`);
    }
  });

  it('keeps numbers numbers', () => {
    assert.equal(records(snapshot({ exitCode: -9 }))[0]?.exitCode, '-9');
  });

  it('gives back any text, but for the apostrophe', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '=', '-', ' ', 'é') }),
        (label) => {
          const read = records(snapshot({ label }))[0]?.label ?? '';
          assert.equal(/^[=+\-@\t\r\n]/.test(label) ? read.slice(1) : read, label);
          assert.doesNotMatch(read, /^[=+\-@\t\r\n]/);
        },
      ),
    );
  });
});
