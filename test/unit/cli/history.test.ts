import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import type { RunJson } from '../../../src/core/reports/runJson.ts';
import { Store } from '../../../src/core/runs/store.ts';
import { snapshot } from '../runs/snapshots.ts';

const CLI = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.mjs');
const ME = { pid: 10, startSeconds: 1 };
const DAY_MILLIS = 86_400_000;

describe('training-footprint history', function () {
  this.timeout(60_000);
  let folder: string;

  before(async () => {
    folder = tempFolder('cli-history');
    const store = await Store.open(path.join(folder, 'history.db'));
    const now = Date.now();
    const save = (id: string, days: number, label: string, project: string) =>
      store.save(snapshot({ id, label, project, startedAtMillis: now - days * DAY_MILLIS }), [], null, ME);
    save('old', 40, 'train small.py', 'vision');
    save('mid', 3, 'train big.py', 'speech');
    save('new', 1, 'train big.py', 'vision');
    store.edits.edit('old', { tags: ['paper'], comment: 'table 2' });
    store.close();
  });

  after(() => removeFolder(folder));

  function call(...args: readonly string[]) {
    const env = { ...process.env, TRAINING_FOOTPRINT_DATA: folder };
    return spawnSync(process.execPath, [CLI, 'history', ...args], { env, encoding: 'utf8' });
  }

  const ids = (...args: readonly string[]) => {
    const { runs } = JSON.parse(call('--json', ...args).stdout) as { runs: RunJson[] };
    return runs.map(({ id }) => id);
  };

  it('is narrowed by project, tag, words and days', () => {
    assert.deepEqual(ids(), ['new', 'mid', 'old']);
    assert.deepEqual(ids('--project', 'vision'), ['new', 'old']);
    assert.deepEqual(ids('--tag', 'paper'), ['old']);
    assert.deepEqual(ids('--search', 'BIG speech'), ['mid']);
    assert.deepEqual(ids('--since', '30d'), ['new', 'mid']);
    assert.deepEqual(ids('--since', '2000-01-01', '--limit', '1'), ['new']);
    assert.deepEqual(ids('--framework', 'torch'), []);
  });

  it('tells what was written about a run', () => {
    const { runs } = JSON.parse(call('--json', '--tag', 'paper').stdout) as { runs: RunJson[] };
    assert.deepEqual([runs[0]?.tags, runs[0]?.comment, runs[0]?.environment], [['paper'], 'table 2', null]);
  });

  it('says what is wrong with a day that is none', () => {
    for (const day of ['2026-02-30', 'yesterday', '26-1-1']) {
      const { status, stderr } = call('--since', day);
      assert.equal(status, 2);
      assert.match(stderr, /--since needs a day such as/);
    }
  });
});
