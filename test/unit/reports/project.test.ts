import assert from 'node:assert/strict';
import fc from 'fast-check';
import { daysFromTo, ALL_TIME } from '../../../src/core/reports/project/period.ts';
import { projectCsv } from '../../../src/core/reports/project/projectCsv.ts';
import { projectJson } from '../../../src/core/reports/project/projectJson.ts';
import { projectMarkdown } from '../../../src/core/reports/project/projectMarkdown.ts';
import { projectTotal, type NamedSum } from '../../../src/core/reports/project/projectTotal.ts';
import type { ComponentEnergy, RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { snapshot } from '../runs/snapshots.ts';
import { totalOf } from './subjects.ts';

/** A run of 36 kJ that started at noon of a day, by the machine's clock. */
function runOn(year: number, month: number, day: number, more: Partial<RunSnapshot> = {}): RunSnapshot {
  const startedAtMillis = new Date(year, month - 1, day, 12).getTime();
  return snapshot({ id: `${year}-${month}-${day}`, startedAtMillis, ...more });
}

const counts = (sums: readonly NamedSum[]) => sums.map(({ name, runs }) => [name, runs]);

describe('The total of a project', () => {
  it('adds up its runs of a period, and those alone', () => {
    const runs = [
      runOn(2026, 10, 31),
      runOn(2026, 11, 1),
      runOn(2026, 11, 30),
      runOn(2026, 12, 1),
      runOn(2026, 11, 15, { project: 'other' }),
    ];
    const { sum } = projectTotal(runs, 'project', daysFromTo('2026-11-01', '2026-11-30'));
    assert.deepEqual(sum, {
      runs: 2,
      energyJoules: 72_000,
      emissionsGrams: 2 * 4.1088,
      durationSeconds: 7200,
    });
    assert.equal(projectTotal(runs, null, ALL_TIME).sum.runs, 5);
    assert.equal(projectTotal(runs, null, ALL_TIME).byProject.length, 2);
  });

  it('counts a run at its first moment, and none at the first after it', () => {
    const period = daysFromTo('2026-11-01', '2026-11-30');
    const at = (startedAtMillis: number | null) =>
      projectTotal([snapshot({ startedAtMillis: startedAtMillis ?? NaN })], null, period).sum.runs;
    assert.deepEqual([at(period.fromMillis), at(period.toMillis)], [1, 0]);
  });

  it('tells weeks from Monday and months, those without a run as well', () => {
    const total = totalOf(runOn(2026, 11, 29), runOn(2026, 11, 30), runOn(2026, 12, 20));
    assert.deepEqual(counts(total.weeks), [
      ['2026-11-23', 1],
      ['2026-11-30', 1],
      ['2026-12-07', 0],
      ['2026-12-14', 1],
    ]);
    assert.deepEqual(counts(total.months), [
      ['2026-11-01', 2],
      ['2026-12-01', 1],
    ]);
  });

  it('goes through a year with its changes of the clock without losing a week', () => {
    const total = totalOf(runOn(2026, 1, 1), runOn(2026, 12, 31));
    assert.equal(total.weeks.length, 53);
    assert.equal(new Set(total.weeks.map(({ name }) => new Date(`${name}T12:00`).getDay())).size, 1);
    assert.equal(total.months.length, 12);
  });

  it('tells no thousand weeks', () => {
    assert.deepEqual(totalOf(runOn(2001, 1, 1), runOn(2026, 1, 1)).weeks, []);
  });

  it('counts by framework where the output gave it away, by device, end and name', () => {
    const [cpu] = snapshot().components as [ComponentEnergy];
    const gpu = { ...cpu, component: 'gpu' as const, device: 'NVIDIA A100 #0', energyJoules: 60_000 };
    const trained = runOn(2026, 11, 2, { label: 'b.py', components: [cpu, gpu], energyJoules: 96_000 });
    const plain = { ...snapshot().progress, family: 'tqdm' };
    const total = totalOf(trained, runOn(2026, 11, 1, { state: 'failed', progress: plain }));
    assert.deepEqual(counts(total.byFramework), [
      ['Keras', 1],
      ['not recognised', 1],
    ]);
    assert.deepEqual(total.byDevice, [
      { name: 'Processor package-0', energyJoules: 72_000 },
      { name: 'GPU NVIDIA A100 #0', energyJoules: 60_000 },
    ]);
    assert.deepEqual(counts(total.byState), [
      ['finished', 1],
      ['failed', 1],
    ]);
    assert.deepEqual(counts(total.byLabel), [
      ['b.py', 1],
      ['train.py', 1],
    ]);
  });

  it('takes the framework that a run recorded before the one that its output looks like', () => {
    const recorded = (...names: readonly string[]) => ({
      ...runOn(2026, 11, 1),
      environment: {
        ...{ git: null, python: null },
        frameworks: names.map((name) => ({ name, version: null })),
        hardware: { cpu: null, threads: 1, memoryBytes: 8e9 },
      },
    });
    const total = totalOf(recorded('numpy', 'torch'), recorded('torch', 'transformers'), recorded('numpy'));
    assert.deepEqual(counts(total.byFramework).toSorted(), [
      ['Hugging Face Transformers', 1],
      ['Keras', 1],
      ['PyTorch', 1],
    ]);
  });

  it('knows its energy as its runs do: one source errs alike in all of them', () => {
    const [cpu] = snapshot().components as [ComponentEnergy];
    assert.equal(totalOf(snapshot(), snapshot()).uncertainty, 0.05);
    const estimated = { ...cpu, source: 'estimate', quality: 'estimated' as const, uncertainty: 0.5 };
    const total = totalOf(snapshot(), snapshot({ components: [estimated], howKnown: 'estimated' }));
    assert.equal(total.measuredShare, 0.5);
    assert.equal(total.uncertainty, Math.hypot(0.05, 0.5) / 2);
    assert.equal(totalOf(snapshot({ components: [] })).uncertainty, null);
  });

  it('puts the smallest of many groups together, and loses nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 80 }), (labels) => {
        const total = totalOf(
          ...labels.map((label, index) => runOn(2026, 1, 1 + index, { label: `${label}` })),
        );
        for (const groups of [total.byLabel, total.weeks, total.months, total.byState]) {
          assert.equal(
            groups.reduce((sum, { runs }) => sum + runs, 0),
            labels.length,
          );
          assert.equal(
            groups.reduce((sum, { energyJoules }) => sum + energyJoules, 0),
            labels.length * 36_000,
          );
        }
        assert(total.byLabel.length <= 12);
      }),
    );
  });

  it('is nothing without runs', () => {
    const total = totalOf();
    assert.deepEqual([total.sum.runs, total.weeks, total.months, total.uncertainty], [0, [], [], null]);
    assert.match(projectMarkdown(total), /0 mWh\*\* \(not known\)/);
  });
});

describe('The total of a project written down', () => {
  const total = totalOf(runOn(2026, 11, 1), runOn(2026, 11, 9, { state: 'failed' }));

  it('says what it came to and over which time', () => {
    const text = projectMarkdown(total);
    assert.match(text, /^# Footprint of all projects\n/);
    assert.match(text, /\*\*20\.0 Wh ±5 %\*\* \(measured\)/);
    assert.match(text, /2 runs, of which 1 did not come to their end/);
    assert.match(text, /\| 2026-11 \| 2 \| 20\.0 Wh \| 8\.22 g CO2e \| 2 h \|/);
    assert.match(text, /A run counts whole, at the time when it started\./);
  });

  it('survives JSON, with the period in UTC', () => {
    const json = projectJson({ ...total, period: { fromMillis: 0, toMillis: null } });
    assert.deepEqual(JSON.parse(JSON.stringify(json)), json);
    assert.deepEqual([json.from, json.to], ['1970-01-01T00:00:00.000Z', null]);
    assert.equal(json.total.energyJoules, 72_000);
  });

  it('has a record a group in CSV', () => {
    const lines = projectCsv(total).trimEnd().split('\r\n');
    assert.equal(lines[0], 'group,name,runs,energyJoules,emissionsGrams,durationSeconds');
    assert(lines.includes('total,,2,72000,8.2176,7200'));
    assert(lines.includes('device,Processor package-0,,72000,,'));
  });
});
