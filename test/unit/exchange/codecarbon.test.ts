import assert from 'node:assert/strict';
import path from 'node:path';
import { csvRows } from '../../../src/core/exchange/csvRows.ts';
import { fixture, FIXTURES, foldersIn, readRuns } from './fixtures.ts';

const VERSIONS = foldersIn('codecarbon');

/** As written: what stands in each column, for the last row of each run. */
function rowsOf(
  version: string,
  file = 'emissions.csv',
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const [head, ...rows] = [...csvRows(fixture('codecarbon', version, file))].map(({ cells }) => cells);
  const records = rows.map((row) =>
    Object.fromEntries(row.map((cell, index) => [head?.[index] ?? '', cell])),
  );
  return new Map(records.map((record) => [record.run_id ?? '', record]));
}

describe('Importing CodeCarbon’s emissions.csv', () => {
  it('gives the totals that are written there, to the last printed digit', async () => {
    assert.deepEqual(VERSIONS, ['2.0.0', '2.2.7', '2.3.5', '2.8.4', '3.0.8', '3.1.1', '3.3.2']);
    for (const version of VERSIONS) {
      const written = rowsOf(version);
      const { runs } = await readRuns(path.join(FIXTURES, 'codecarbon', version, 'emissions.csv'));
      assert.equal(runs.length, written.size, version);
      for (const run of runs) {
        const row = written.get(run.id);
        const name = `${version} ${run.label}`;
        assertDigits(run.energyJoules / 3.6e6, row?.energy_consumed, name);
        assertDigits(run.emissionsGrams / 1000, row?.emissions, name);
        assertDigits(run.durationSeconds, row?.duration, name);
        for (const [component, column] of [
          ['cpu', 'cpu_energy'],
          ['gpu', 'gpu_energy'],
          ['dram', 'ram_energy'],
        ] as const) {
          const entry = run.components.find((each) => each.component === component);
          assertDigits((entry?.energyJoules ?? 0) / 3.6e6, row?.[column], `${name} ${column}`);
        }
      }
    }
  });

  it('takes of a run that was flushed its last row, and says so of the others', async () => {
    const { runs, skipped } = await readRuns(path.join(FIXTURES, 'codecarbon', '3.3.2'));
    assert.equal(runs.length, 2);
    assert.deepEqual(
      skipped.map(({ line, reason }) => [line, reason]),
      [[3, 'line 4 tells more of the same run']],
    );
  });

  it('reads the file that CodeCarbon puts aside when its columns change', async () => {
    const { runs, skipped } = await readRuns(path.join(FIXTURES, 'codecarbon', '3.1.1'));
    assert.equal(
      runs.length,
      new Set([...rowsOf('3.1.1').keys(), ...rowsOf('3.1.1', 'emissions.csv.bak').keys()]).size,
    );
    assert(skipped.every(({ reason }) => /tells more of the same run/.test(reason)));
  });

  it('knows project, place, version, PUE and the machine’s energy, where the file says so, and no more', async () => {
    const { runs } = await readRuns(path.join(FIXTURES, 'codecarbon', '3.3.2', 'emissions.csv'));
    const [whole, part] = runs;
    assert.deepEqual([whole?.label, part?.label], ['ResNet, "small"', 'bert-finetune']);
    assert.deepEqual([whole?.origin, whole?.state, whole?.exitCode], ['codecarbon', 'finished', null]);
    assert.equal(whole?.machineEnergyJoules, whole?.energyJoules);
    assert.equal(part?.machineEnergyJoules, null);
    assert.deepEqual(
      [whole?.howKnown, whole?.uncertainty, whole?.command, whole?.cwd],
      ['unknown', null, '', ''],
    );
    assert.equal(part?.carbon.intensity.place, 'Denmark');
    assert.equal(part?.carbon.pueSource, 'CodeCarbon 3.3.2’s: 1.4, already in its energy');
    const { energyJoules = 0, emissionsGrams = 0, carbon } = part ?? {};
    const grams = ((energyJoules * (carbon?.pue ?? 0)) / 3.6e6) * (carbon?.intensity.gramsPerKwh ?? 0);
    assert(Math.abs(grams / emissionsGrams - 1) < 1e-12);
    const old = (await readRuns(path.join(FIXTURES, 'codecarbon', '2.0.0'))).runs[0];
    assert.equal(old?.carbon.pueSource, 'CodeCarbon’s: not told, if any');
  });

  it('ends at its timestamp, in this machine’s zone, and began its duration before', async () => {
    const { runs } = await readRuns(path.join(FIXTURES, 'codecarbon', '2.8.4'));
    for (const run of runs) {
      const written = rowsOf('2.8.4').get(run.id)?.timestamp ?? '';
      assert.equal(run.endedAtMillis, new Date(written).getTime());
      assert.equal(run.startedAtMillis, run.endedAtMillis - run.durationSeconds * 1000);
    }
  });
});

/** The same double, but for what a change of unit and back may round off: one unit in the last place (IEEE 754). */
function assertDigits(value: number, text: string | undefined, what: string): void {
  const written = Number(text);
  assert(text !== '' && Math.abs(value - written) <= written * 2 ** -52, `${what}: ${value}, not ${text}`);
}
