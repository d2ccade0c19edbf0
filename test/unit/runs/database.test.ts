import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { Store } from '../../../src/core/runs/store.ts';
import { runChild } from '../children/runChild.ts';
import { point, snapshot } from './snapshots.ts';

const ME = { pid: 10, startSeconds: 1 };

describe('History file', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = tempFolder('history');
    file = path.join(folder, 'history.db');
  });

  afterEach(() => {
    chmodSync(folder, 0o755);
    removeFolder(folder);
  });

  /** A sound history with some runs in it. */
  async function fill(runs = 1): Promise<void> {
    const store = await Store.open(file);
    for (let run = 0; run < runs; run++) {
      store.save(snapshot({ id: `run-${run}` }), [point(0), point(1)], null, ME);
    }
    store.close();
  }

  async function assertSetAside(damaged: Buffer): Promise<void> {
    const store = await Store.open(file);
    assert.match(store.problem ?? '', /was damaged.*kept as .*damaged.*\.db/);
    assert.deepEqual(store.list(), []);
    store.save(snapshot(), [], null, ME);
    store.close();
    const aside = readdirSync(folder).find((name) => /^history\.damaged-.*\.db$/.test(name));
    assert(aside && (store.problem ?? '').includes(aside));
    assert(readFileSync(path.join(folder, aside)).equals(damaged));
    const again = await Store.open(file);
    assert.equal(again.problem, null);
    assert.equal(again.list().length, 1);
    again.close();
  }

  it('is set aside, its bytes as they were, when it is no database', async () => {
    const bytes = Buffer.from('this is not a database, but somebody’s notes\n'.repeat(200));
    writeFileSync(file, bytes);
    await assertSetAside(bytes);
  });

  it('is set aside when pages of it are damaged', async () => {
    await fill(40);
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4096 * 2, 4096 * 5);
    writeFileSync(file, bytes);
    await assertSetAside(bytes);
  });

  it('is begun in an empty file', async () => {
    writeFileSync(file, '');
    const store = await Store.open(file);
    assert.equal(store.problem, null);
    store.save(snapshot(), [], null, ME);
    store.close();
  });

  for (const mode of ['WAL', 'DELETE']) {
    it(`is left alone byte for byte when a newer version wrote it (${mode})`, async () => {
      await fill();
      const database = new DatabaseSync(file);
      database.exec(`PRAGMA journal_mode = ${mode}; PRAGMA user_version = 99`);
      database.close();
      const before = readFileSync(file);
      const store = await Store.open(file);
      assert.match(store.problem ?? '', /newer version; update Training Footprint/);
      store.save(snapshot({ id: 'new' }), [], null, ME);
      assert.equal(store.list().length, 1);
      store.close();
      assert(readFileSync(file).equals(before));
      assert.deepEqual(readdirSync(folder), ['history.db']);
    });
  }

  it('lives in memory, and says so, where its folder cannot be made', async () => {
    writeFileSync(path.join(folder, 'not-a-folder'), '');
    const store = await Store.open(path.join(folder, 'not-a-folder', 'history.db'));
    assert.match(store.problem ?? '', /not-a-folder.*cannot be used: .*kept only until this window closes/);
    store.save(snapshot(), [point(0)], null, ME);
    assert.equal(store.list().length, 1);
    store.close();
  });

  it('lives in memory, and says so, where its folder is a folder of the same name', async () => {
    mkdirSync(file);
    const store = await Store.open(file);
    assert.match(store.problem ?? '', /cannot be used/);
    store.close();
    assert.deepEqual(readdirSync(file), []);
  });

  it('is not touched by who may not write it', async () => {
    await fill();
    const before = readFileSync(file);
    chmodSync(file, 0o444);
    chmodSync(folder, 0o555);
    const seen = await runChild<{ problem: string; ids: string[] }>('openAsNobody.ts', file);
    assert.match(seen.problem, /cannot be used: .*permissions/);
    assert.deepEqual(seen.ids, ['mine']);
    assert(readFileSync(file).equals(before));
  });

  it('is opened without a word on stderr', () => {
    const script = new URL('../children/writeRuns.ts', import.meta.url);
    const { stderr, status } = spawnSync(process.execPath, [script.pathname, file, 'x', '1'], {
      encoding: 'utf8',
    });
    assert.equal(status, 0);
    assert.equal(stderr, '');
  });

  it('needs nothing of node:sqlite that came after VS Code 1.101', () => {
    // its Node, 22.15, has no DatabaseSync.location()
    const code = `
      import { DatabaseSync } from 'node:sqlite';
      delete DatabaseSync.prototype.location;
      const { Store } = await import(process.argv[1]);
      const store = await Store.open(process.argv[2]);
      process.stdout.write(String(store.problem));`;
    const module = new URL('../../../src/core/runs/store.ts', import.meta.url).href;
    const args = ['--no-warnings', '--input-type=module', '-e', code, module, file];
    assert.equal(execFileSync(process.execPath, args, { encoding: 'utf8' }), 'null');
  });
});
