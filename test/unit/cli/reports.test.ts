import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ComparisonJson } from '../../../src/core/reports/comparison/comparisonJson.ts';
import type { ProjectJson } from '../../../src/core/reports/project/projectJson.ts';
import { historyFile } from '../../../src/core/runs/location.ts';
import { Store } from '../../../src/core/runs/store.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { POINTS } from '../reports/subjects.ts';
import { snapshot } from '../runs/snapshots.ts';

const CLI = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.mjs');
const OWNER = { pid: 1, startSeconds: 1 };

describe('training-footprint report, compare, project and model-card', function () {
  this.timeout(120_000);
  let folder: string;
  let card: string;

  before(async () => {
    folder = tempFolder('cli-reports');
    card = path.join(folder, 'README.md');
    const store = await Store.open(historyFile({ TRAINING_FOOTPRINT_DATA: folder }));
    store.save(snapshot({ id: 'aaaa-1' }), POINTS, null, OWNER);
    const later = snapshot().startedAtMillis + 40 * 86_400_000;
    store.save(snapshot({ id: 'aaaa-2', energyJoules: 18_000, startedAtMillis: later }), [], null, OWNER);
    store.save(snapshot({ id: 'bbbb-1', project: 'other', state: 'running' }), [], null, OWNER);
    store.close();
  });

  after(() => removeFolder(folder));

  function call(...args: readonly string[]) {
    const env = { ...process.env, TRAINING_FOOTPRINT_DATA: folder, TZ: 'UTC' };
    return spawnSync(process.execPath, [CLI, ...args], { env, encoding: 'utf8', cwd: folder });
  }

  it('write a run in every format, by its name or its short one', () => {
    for (const [format, expected] of [
      ['markdown', /^# Footprint of train\.py/],
      ['md', /^# Footprint of train\.py/],
      ['html', /^<!doctype html>[^]*class="area gpu"/],
      ['json', /"schema": "training-footprint\/run"/],
      ['csv', /^id,label,/],
      ['text', /^Training Footprint: /],
      ['statement', /\[1\] L\. F\. W\. Anthony/],
      ['latex', /\\cite\{anthony2020carbontracker\}/],
      ['bibtex', /^@misc\{anthony2020carbontracker,/],
      ['pull-request', /^\*\*Training footprint\*\* of `train\.py`/],
    ] as const) {
      const { status, stdout, stderr } = call('report', 'aaaa-1', '--format', format);
      assert.equal(status, 0, stderr);
      assert.match(stdout, expected, format);
    }
  });

  it('say which formats there are, and which run is meant', () => {
    const wrong = call('report', 'last', '--format', 'pdf');
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /no format “pdf” here; take one of markdown, html, json/);
    assert.match(call('report', 'aaaa').stderr, /more than one run begins with “aaaa”/);
    assert.match(call('report', 'cccc').stderr, /there is no run “cccc”; see history/);
  });

  it('compare runs in the order in which they are named', () => {
    const { runs } = JSON.parse(call('compare', 'aaaa-2', 'aaaa-1', '--json').stdout) as ComparisonJson;
    assert.deepEqual(
      runs.map(({ run }) => run.id),
      ['aaaa-2', 'aaaa-1'],
    );
    assert.equal(runs[1]?.difference?.energyShare, 1);
    assert.match(call('compare', 'last', 'bbbb').stdout, /Not all of these runs have ended/);
    assert.equal(call('compare', 'aaaa-1').status, 2);
  });

  it('add up a project over a period', () => {
    const total = (...args: readonly string[]) =>
      JSON.parse(call('project', ...args, '--json').stdout) as ProjectJson;
    assert.equal(total().total.runs, 3);
    assert.deepEqual([total('project').total.runs, total('project').total.energyJoules], [2, 54_000]);
    assert.equal(total('project', '--from', '2026-11-01', '--to', '2026-11-30').total.runs, 1);
    assert.equal(total('--from', '2026-12-01').total.runs, 1);
    assert.equal(total('--period', 'all').total.runs, 3);
    for (const wrong of [
      ['--from', 'monday'],
      ['--from', '2026-12-01', '--to', '2026-01-01'],
      ['--period', 'ever'],
    ])
      assert.equal(call('project', ...wrong).status, 2, wrong.join(' '));
    assert.match(call('project', 'nothing').stderr, /no run belongs to a project “nothing”/);
  });

  it('put a run into a model card, only when told to', () => {
    const text = '---\r\nlicense: mit # ours\r\n---\r\n# Model\r\n';
    writeFileSync(card, text);
    const shown = call('model-card', 'aaaa-1', 'README.md', '--training-type', 'fine-tuning');
    assert.equal(shown.status, 0, shown.stderr);
    assert.equal(readFileSync(card, 'utf8'), text);
    assert.equal(
      call('model-card', 'aaaa-1', 'README.md', '--training-type', 'fine-tuning', '--write').status,
      0,
    );
    assert.equal(readFileSync(card, 'utf8'), shown.stdout);
    assert.match(
      shown.stdout,
      /^---\r\nlicense: mit # ours\r\nco2_eq_emissions:\r\n {2}emissions: 4\.109\r\n/,
    );
  });

  it('leave a model card alone that cannot be edited, and say why', () => {
    writeFileSync(card, '---\na: 1\na: 2\n---\n');
    const { status, stderr } = call('model-card', 'aaaa-1', card, '--write');
    assert.equal(status, 1);
    assert.match(stderr, /not valid YAML in line 3 \(a name stands there twice\)/);
    assert.equal(readFileSync(card, 'utf8'), '---\na: 1\na: 2\n---\n');
    assert.match(call('model-card', 'bbbb-1', card).stderr, /has not ended/);
    assert.equal(call('model-card', 'aaaa-1', card, '--training-type', 'x').status, 2);
    assert.equal(call('model-card', 'aaaa-1').status, 2);
  });
});
