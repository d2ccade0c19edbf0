import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensurePeers, homeFolder, python } from '../../../bench/setup.ts';
import { codecarbonCsv } from '../../../src/core/exchange/codecarbonCsv.ts';
import { prometheusText } from '../../../src/core/exchange/metrics/prometheusText.ts';
import { runMetrics } from '../../../src/core/exchange/metrics/runMetrics.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { snapshot } from '../runs/snapshots.ts';
import { FIXTURES, readRuns } from './fixtures.ts';

const HERE = import.meta.dirname;

/** The tools themselves, installed from PyPI. */
describe('With the real tools', function () {
  this.timeout(300_000);
  let folder: string;

  before(() => {
    ensurePeers();
    folder = tempFolder('peers');
  });

  after(() => removeFolder(folder));

  /** @returns its last line, since libraries print, too */
  async function call(...args: readonly string[]): Promise<string> {
    const env = { ...process.env, HOME: homeFolder() };
    const { stdout } = await promisify(execFile)(python(), [...args], { cwd: folder, env });
    return stdout.trim().split('\n').at(-1) ?? '';
  }

  it('what CodeCarbon writes today is imported with its totals', async () => {
    const written = path.join(folder, 'codecarbon');
    await call(path.join(FIXTURES, 'record_codecarbon.py'), written, '1.2');
    const { runs, skipped } = await readRuns(written);
    const sum = `import pandas, sys, json; d = pandas.read_csv(sys.argv[1]).groupby("run_id").last(); print(json.dumps([d.energy_consumed.sum(), d.emissions.sum(), len(d)]))`;
    const totals = JSON.parse(await call('-c', sum, path.join(written, 'emissions.csv'))) as number[];
    const [kwh = NaN, kilograms = NaN, count] = totals;
    assert.deepEqual([runs.length, skipped.length], [count, 1]);
    const together = (of: (run: (typeof runs)[number]) => number) =>
      runs.reduce((all, run) => all + of(run), 0);
    assert.equal((together((run) => run.energyJoules) / 3.6e6).toPrecision(14), kwh.toPrecision(14));
    assert.equal((together((run) => run.emissionsGrams) / 1000).toPrecision(14), kilograms.toPrecision(14));
  });

  it('what Carbontracker writes today is imported with the totals of its own parser', async () => {
    const logs = path.join(folder, 'carbontracker');
    await call(path.join(FIXTURES, 'record_carbontracker.py'), logs, 'rated', '1', '0.5');
    const parsed = await call(path.join(FIXTURES, 'parse_carbontracker.py'), logs);
    const [{ actual }] = Object.values(
      JSON.parse(parsed) as Record<string, { actual: Record<string, number> }>,
    ) as [{ actual: Record<string, number> }];
    const { runs, skipped } = await readRuns(logs);
    assert.deepEqual([runs.length, skipped], [1, []]);
    assert.equal(((runs[0]?.energyJoules ?? NaN) / 3.6e6).toFixed(12), actual['energy (kWh)']?.toFixed(12));
    assert.equal(runs[0]?.emissionsGrams.toFixed(12), actual['co2eq (g)']?.toFixed(12));
    assert.deepEqual([runs[0]?.howKnown, runs[0]?.progress.epochsCompleted], ['estimated', 2]);
  });

  it('what we export CodeCarbon’s own code reads, and goes on in', async () => {
    const runs = [
      snapshot({ id: 'a', label: 'x, "y"\nz' }),
      snapshot({ id: 'b', energyJoules: 123.456, emissionsGrams: 0.0789, durationSeconds: 12.5 }),
    ];
    const own = tempFolder('export');
    try {
      writeFileSync(path.join(own, 'emissions.csv'), codecarbonCsv(runs));
      const read = JSON.parse(
        await call(path.join(HERE, 'read_codecarbon.py'), own, 'emissions.csv'),
      ) as Back;
      assert.equal(read.is_valid, true);
      assert.deepEqual([read.rows_after_append, read.rows_after_update, read.updated], [3, 3, 1.5]);
      assert.deepEqual(read.files, ['emissions.csv']); // it has put nothing aside as of another format
      for (const [index, run] of runs.entries()) {
        const row = read.rows[index] ?? {};
        assert.equal(row.run_id, run.id);
        assert.equal(row.experiment_id, run.label);
        assert.equal(row.duration, run.durationSeconds);
        assertDigits(row.energy_consumed, (run.energyJoules * run.carbon.pue) / 3.6e6);
        assertDigits(row.emissions, run.emissionsGrams / 1000);
        assert.deepEqual([row.gpu_energy, row.cpu_model, row.pue], [null, null, run.carbon.pue]);
      }
    } finally {
      removeFolder(own);
    }
  });

  it('what we write for Prometheus its own client reads', () => {
    const file = path.join(folder, 'run.prom');
    writeFileSync(file, prometheusText(runMetrics([snapshot({ label: 'a "b" \\ c\nd', powerWatts: 42.5 })])));
    const script = `import sys, json
from prometheus_client.parser import text_string_to_metric_families as read
families = list(read(open(sys.argv[1]).read()))
print(json.dumps({s.name: [f.type, s.labels["run_name"], s.value] for f in families for s in f.samples}))`;
    const env = { ...process.env, HOME: homeFolder() };
    const read = JSON.parse(
      execFileSync(python(), ['-c', script, file], { encoding: 'utf8', env }),
    ) as unknown;
    const name = 'a "b" \\ c\nd';
    assert.deepEqual(read, {
      training_footprint_run_energy_joules_total: ['counter', name, 36_000],
      training_footprint_run_power_watts: ['gauge', name, 42.5],
      training_footprint_run_emissions_grams: ['gauge', name, 4.1088],
      training_footprint_run_duration_seconds: ['gauge', name, 3600],
      training_footprint_run_epochs: ['gauge', name, 30],
    });
  });
});

interface Back {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly is_valid: boolean;
  readonly rows_after_append: number;
  readonly rows_after_update: number;
  readonly updated: number;
  readonly files: readonly string[];
}

function assertDigits(value: unknown, expected: number): void {
  assert.equal(typeof value === 'number' && value.toPrecision(14), expected.toPrecision(14));
}
