import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { codecarbonCsv } from '../../../src/core/exchange/codecarbonCsv.ts';
import { csvRows } from '../../../src/core/exchange/csvRows.ts';
import { exportFormats } from '../../../src/core/exchange/exportFormats.ts';
import { impactFrameworkManifest } from '../../../src/core/exchange/impactFramework.ts';
import { yamlDocument } from '../../../src/core/exchange/yaml.ts';
import type { RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { ensureImpactFramework, type ImpactFramework } from '../../setup/impactFramework.ts';
import { snapshot } from '../runs/snapshots.ts';
import { FIXTURES, fixture, readRuns } from './fixtures.ts';

const HOSTILE = 'one: "x" #c \n- é\u2028\u0085\u0007🦊, & *a !b [c] {d} | > %';

function segment(hour: number, gramsPerKwh: number, energyJoules: number) {
  const fromMillis = Date.UTC(2026, 10, 23, 22 + hour, 15);
  const rest = { gramsPerKwh, source: 'x', isFinal: true, energyJoules, pue: 1.2 };
  return { fromMillis, toMillis: fromMillis + 3_600_000, ...rest };
}

/** Two hours of different intensities. */
const TWO_HOURS = snapshot({
  id: 'two-hours',
  durationSeconds: 7200,
  intensitySegments: [segment(0, 300, 12_000), segment(1, 400, 24_000)],
  emissionsGrams: ((12_000 * 300 + 24_000 * 400) * 1.2) / 3.6e6,
});

describe('Exports', () => {
  let folder: string;

  before(() => (folder = tempFolder('exports')));
  after(() => removeFolder(folder));

  it('have each an id of its own and write any runs, none among them', () => {
    assert.equal(new Set(exportFormats.map(({ id }) => id)).size, exportFormats.length);
    const unknown = { machineEnergyJoules: null, uncertainty: null, components: [], endedAtMillis: null };
    for (const { write } of exportFormats)
      for (const runs of [[], [snapshot()], [TWO_HOURS, snapshot({ label: HOSTILE, ...unknown })]])
        assert(write(runs).endsWith('\n'));
  });

  it('have CodeCarbon’s columns, which are those that CodeCarbon 3.3.2 writes, in its order', () => {
    const [ours] = csvRows(codecarbonCsv([snapshot()]));
    const [theirs] = csvRows(fixture('codecarbon', '3.3.2', 'emissions.csv'));
    assert.deepEqual(ours?.cells, theirs?.cells);
  });

  it('write into CodeCarbon’s columns kWh with PUE, kg and watts, and leave empty what is unknown', () => {
    const [head, row] = [...csvRows(codecarbonCsv([snapshot({ label: HOSTILE })]))].map(({ cells }) => cells);
    const of = (name: string) => row?.[head?.indexOf(name) ?? -1];
    assert.equal(Number(of('energy_consumed')), 0.012);
    assert.equal(Number(of('cpu_energy')), 0.012);
    assert.equal(Number(of('cpu_power')), 12);
    assert(Math.abs(Number(of('emissions')) - 0.0041088) < 1e-15);
    assert.deepEqual(
      [of('gpu_energy'), of('gpu_power'), of('water_consumed'), of('cpu_model')],
      ['', '', '', ''],
    );
    assert.deepEqual([of('run_id'), of('project_name'), of('experiment_id')], ['run-1', 'project', HOSTILE]);
    assert.equal(new Date(of('timestamp') ?? '').getTime(), snapshot().endedAtMillis);
  });

  it('bring what was imported from CodeCarbon back to the same figures', async () => {
    const { runs } = await readRuns(path.join(FIXTURES, 'codecarbon', '3.3.2'));
    const file = path.join(folder, 'back.csv');
    writeFileSync(file, codecarbonCsv(runs));
    const back = await readRuns(file);
    assert.deepEqual(back.skipped, []);
    for (const [index, run] of back.runs.entries()) {
      const before = runs[index];
      assert(before);
      assert.deepEqual([run.id, run.machineEnergyJoules], [before.id, before.machineEnergyJoules]);
      assert(Math.abs(run.energyJoules / before.energyJoules - 1) < 1e-15);
      assert(Math.abs(run.emissionsGrams / before.emissionsGrams - 1) < 1e-15);
      assert.equal(run.components.length, before.components.length);
    }
  });

  describe('as a manifest', () => {
    let framework: ImpactFramework;

    before(function () {
      this.timeout(180_000);
      framework = ensureImpactFramework();
    });

    it('are computed by the Impact Framework’s own if-run to our grams', () => {
      const runs = [TWO_HOURS, snapshot({ label: HOSTILE })];
      const manifest = path.join(folder, 'manifest.yml');
      const output = path.join(folder, 'output.yaml');
      writeFileSync(manifest, impactFrameworkManifest(runs));
      const args = [framework.run, '--manifest', manifest, '--output', output];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: folder });
      assert.equal(status, 0, `${stdout}${stderr}`);
      const { tree } = framework.parseYaml(readFileSync(output, 'utf8')) as Computed;
      assert.deepEqual(
        Object.keys(tree.children),
        runs.map(({ label, id }) => `${label} ${id}`),
      );
      for (const [index, { aggregated, outputs }] of Object.values(tree.children).entries()) {
        const run = runs[index] as RunSnapshot;
        assertClose(aggregated.carbon, run.emissionsGrams);
        assertClose(aggregated.energy, (run.energyJoules * run.carbon.pue) / 3.6e6);
        assert.equal(
          outputs.reduce((sum, each) => sum + each.duration, 0),
          run.durationSeconds,
        );
      }
    });

    it('are YAML that gives back any text, number and shape', () => {
      const value = fc.letrec<{ value: unknown }>((tie) => ({
        value: fc.oneof(
          { maxDepth: 3 },
          fc.string({ unit: 'binary' }),
          fc.constantFrom('yes', 'null', '1', '~', HOSTILE, ''),
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
          fc.boolean(),
          fc.constant(null),
          fc.array(tie('value'), { maxLength: 3 }),
          fc.dictionary(fc.constantFrom('a', 'y', 'grid/carbon', '1', 'a: b', HOSTILE), tie('value'), {
            maxKeys: 3,
          }),
        ),
      })).value;
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom('one', 'two'), value), (document) => {
          const text = yamlDocument(document as Parameters<typeof yamlDocument>[0]);
          const back = Object.keys(document).length === 0 ? {} : framework.parseYaml(text);
          assert.equal(JSON.stringify(back), JSON.stringify(document));
        }),
      );
    });
  });
});

interface Computed {
  readonly tree: {
    readonly children: Readonly<
      Record<
        string,
        {
          readonly aggregated: { readonly carbon: number; readonly energy: number };
          readonly outputs: readonly { readonly duration: number }[];
        }
      >
    >;
  };
}

function assertClose(value: number, expected: number): void {
  assert(Math.abs(value / expected - 1) < 1e-12, `${value}, not ${expected}`);
}
