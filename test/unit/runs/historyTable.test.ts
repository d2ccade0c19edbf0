import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import type { HistoryFilter } from '../../../src/core/runs/historyFilter.ts';
import type { HistoryOrder } from '../../../src/core/runs/historyTable.ts';
import { MIGRATIONS } from '../../../src/core/runs/migrations.ts';
import type { RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { Store } from '../../../src/core/runs/store.ts';
import { memory, point, snapshot } from './snapshots.ts';

const ME = { pid: 10, startSeconds: 1 };
const NEWEST = { order: 'started', descending: true } as const;
const HARDWARE = { cpu: 'AMD EPYC 7763', threads: 64, memoryBytes: 256e9 };
const GPU = { component: 'gpu', source: 'nvml', quality: 'measured', uncertainty: 0.05 } as const;

describe('The rows of the history', () => {
  let folder: string;
  let file: string;
  let store: Store;

  beforeEach(async () => {
    folder = tempFolder('rows');
    file = path.join(folder, 'history.db');
    store = await Store.open(file);
  });

  afterEach(() => {
    store.close();
    removeFolder(folder);
  });

  function save(more: Partial<RunSnapshot>): void {
    store.save(snapshot(more), [], null, ME);
  }

  const found = (filter: HistoryFilter) =>
    store.history
      .entries(store.history.find(filter, NEWEST))
      .map(({ id }) => id)
      .join('');

  /** a: oldest, c: newest. */
  function saveThree(): void {
    save({
      ...{ id: 'a', label: 'Résumé 100%', command: 'python a.py', project: 'vision', state: 'failed' },
      ...{ startedAtMillis: Date.UTC(2026, 0, 5), tags: ['paper', 'base'] },
      environment: {
        git: { commit: 'c0ffee'.padEnd(40, '0'), branch: 'main', isDirty: true },
        python: { name: 'venv .venv, Python 3.12', version: '3.12', executable: '/x/bin/python' },
        frameworks: [
          { name: 'torch', version: '2.4.0' },
          { name: 'transformers', version: null },
        ],
        hardware: HARDWARE,
      },
    });
    save({
      ...{ id: 'b', label: 'b_1', command: 'python b.py', project: 'speech', tags: ['paper2'] },
      startedAtMillis: Date.UTC(2026, 0, 6),
      components: [
        { ...GPU, device: 'NVIDIA A100 #0', energyJoules: 1, machineEnergyJoules: 1 },
        { ...GPU, device: 'NVIDIA A100 #1', energyJoules: 1, machineEnergyJoules: 1 },
      ],
    });
    save({
      id: 'c',
      label: 'bX1',
      command: 'python a.py',
      project: 'vision',
      startedAtMillis: Date.UTC(2026, 0, 13),
    });
  }

  it('are found by each thing that a person filters by', () => {
    saveThree();
    const cases: readonly (readonly [HistoryFilter, string])[] = [
      [{}, 'cba'],
      [{ project: 'vision' }, 'ca'],
      [{ state: 'failed' }, 'a'],
      [{ tag: 'paper' }, 'a'],
      [{ framework: 'torch' }, 'a'],
      [{ device: 'NVIDIA A100' }, 'b'],
      [{ device: 'AMD EPYC 7763' }, 'a'],
      [{ command: 'python a.py' }, 'ca'],
      [{ sinceMillis: Date.UTC(2026, 0, 6) }, 'cb'],
      [{ beforeMillis: Date.UTC(2026, 0, 6) }, 'a'],
      [{ project: 'vision', state: 'finished' }, 'c'],
      [{ tag: 'pap' }, ''],
      [{ project: "'; DROP TABLE runs" }, ''],
    ];
    for (const [filter, ids] of cases) assert.equal(found(filter), ids, JSON.stringify(filter));
  });

  it('are found by words, in any case and whole or in part, all of which must be there', () => {
    saveThree();
    store.edits.edit('c', { comment: 'the one of Tuesday' });
    const cases: readonly (readonly [string, string])[] = [
      ['VISION', 'ca'],
      ['vision a.py', 'ca'],
      ['vision b.py', ''],
      ['RÉSUMÉ', 'a'],
      ['100%', 'a'],
      ['b_1', 'b'],
      ['c0ffee', 'a'],
      ['transformers', 'a'],
      ['a100', 'b'],
      ['tuesday', 'c'],
      ['base', 'a'],
      ['   ', 'cba'],
      ['\\', ''],
    ];
    for (const [search, ids] of cases) assert.equal(found({ search }), ids, search);
  });

  it('say what there is to choose from', () => {
    saveThree();
    assert.deepEqual(store.history.choices(), {
      projects: ['speech', 'vision'],
      tags: ['base', 'paper', 'paper2'],
      frameworks: ['torch', 'transformers'],
      devices: ['AMD EPYC 7763', 'NVIDIA A100'],
    });
  });

  it('are added up by week from Monday on, and by project', () => {
    saveThree();
    const weeks = store.history.weeks({});
    assert.deepEqual(
      weeks.map(({ mondayMillis, project, runs }) => [
        new Date(mondayMillis).toISOString().slice(0, 10),
        project,
        runs,
      ]),
      [
        ['2026-01-05', 'speech', 1],
        ['2026-01-05', 'vision', 1],
        ['2026-01-12', 'vision', 1],
      ],
    );
    assert.equal(
      store.history.weeks({ project: 'vision' }).reduce((sum, week) => sum + week.energyJoules, 0),
      72_000,
    );
  });

  it('are put together by command, in every order', () => {
    saveThree();
    save({ id: 'd', command: 'python b.py', energyJoules: 1e6, startedAtMillis: Date.UTC(2026, 0, 1) });
    const commands = (order: HistoryOrder) =>
      store.history.groups({}, { order, descending: true }).map(({ command, runs }) => `${command} ${runs}`);
    assert.deepEqual(commands('started'), ['python a.py 2', 'python b.py 2']);
    assert.deepEqual(commands('energy'), ['python b.py 2', 'python a.py 2']);
    assert.deepEqual(commands('name'), ['python b.py 2', 'python a.py 2']);
    assert.equal(store.history.groups({ project: 'speech' }, NEWEST)[0]?.runs, 1);
  });

  it('find the same as a look at every run does, whatever is searched', () => {
    const labels = ['train.py', 'TRAIN_big', 'x%y', 'a_b', "o'hara", 'наука', 'tr ain'];
    labels.forEach((label, index) =>
      save({ id: String(index), label, command: 'c', project: 'p', cwd: '/', startedAtMillis: index }),
    );
    fc.assert(
      fc.property(fc.subarray([..."train_%bigxyo'haнука."], { maxLength: 3 }), (letters) => {
        const word = letters.join('');
        const expected = labels.flatMap((label, index) =>
          [label, 'c', 'p', '/'].some((text) => text.toLowerCase().includes(word)) ? [String(index)] : [],
        );
        assert.equal(found({ search: word }), expected.reverse().join(''), word);
      }),
    );
  });

  it('follow what is written about a run, and what becomes of it', () => {
    store.save(snapshot({ state: 'running', energyJoules: 1 }), [], memory(), ME);
    const before = store.history.version;
    store.save(snapshot({ state: 'running', energyJoules: 2 }), [], memory(), ME);
    assert.equal(store.history.version, before, 'a sample alone changes no list');
    store.edits.edit('run-1', { label: '  my\nrun ', tags: ['x', ' x ', '', 'y, z'], comment: 'why' });
    store.save(snapshot({ energyJoules: 3 }), [], null, ME);
    assert(store.history.version > before);
    const [entry] = store.history.entries(store.history.find({}, NEWEST));
    assert.deepEqual([entry?.label, entry?.tags, entry?.energyJoules], ['my run', ['x', 'y, z'], 3]);
    const run = store.get('run-1');
    assert.deepEqual([run?.label, run?.tags, run?.comment], ['my run', ['x', 'y, z'], 'why']);
    store.edits.edit('run-1', { label: '' });
    assert.equal(store.get('run-1')?.label, 'train.py');
    assert.equal(store.get('run-1')?.comment, 'why');
  });

  it('keep what is written about a run when it is saved again', () => {
    save({ id: 'a' });
    store.edits.edit('a', { label: 'mine' });
    save({ id: 'a', label: 'train.py', energyJoules: 5 });
    assert.equal(store.get('a')?.label, 'mine');
    assert.deepEqual(store.edits.of(snapshot({ id: 'a' })).label, 'mine');
    assert.equal(store.edits.of(snapshot({ id: 'none' })).label, 'train.py');
    store.edits.edit('none', { label: 'nobody' });
    assert.equal(store.get('none'), null);
  });

  it('bring deleted runs back with all they had, until they are removed for good', () => {
    store.save(snapshot({ id: 'a' }), [point(0)], null, ME);
    store.save(snapshot({ id: 'b' }), [point(0)], null, ME);
    store.edits.edit('a', { tags: ['kept'] });
    assert.equal(store.edits.delete(['a', 'nothing'], 1000), 1);
    assert.equal(store.get('a'), null);
    assert.deepEqual(
      store.list().map(({ id }) => id),
      ['b'],
    );
    assert.equal(found({}), 'b');
    assert.deepEqual(
      store.finishedRunsOf('python train.py', '/home/me/project', 9).map(({ id }) => id),
      ['b'],
    );
    assert.equal(store.edits.restore(['a']), 1);
    assert.deepEqual(store.get('a')?.tags, ['kept']);
    assert.equal(store.points('a').length, 1);
    store.edits.delete(['a'], 1000);
    store.edits.purge(1000);
    assert.equal(store.edits.restore(['a']), 1, 'what was deleted at that moment is still there');
    store.edits.delete(['a'], 1000);
    store.edits.purge(1001);
    assert.equal(store.edits.restore(['a']), 0);
    assert.deepEqual(store.points('a'), []);
    assert.equal(store.points('b').length, 1);
  });

  it('bring a deleted run back when it is imported again', () => {
    save({ id: 'a', origin: 'import' });
    store.edits.delete(['a']);
    assert.deepEqual(store.importRuns([snapshot({ id: 'a', origin: 'import' })], ME), {
      ...{ added: 1, updated: 0, known: 0 },
    });
    assert.equal(found({}), 'a');
    assert.equal(store.importRuns([snapshot({ id: 'a', origin: 'import' })], ME).known, 1);
  });

  it('do not let a run be deleted that still trains', () => {
    store.save(snapshot({ id: 'a', state: 'running' }), [], memory(), ME);
    assert.equal(store.edits.delete(['a']), 0);
    assert.equal(store.get('a')?.id, 'a');
  });

  it('are made of runs of before, broken ones too, and of what an older version writes meanwhile', async () => {
    const old = path.join(folder, 'old.db');
    const database = new DatabaseSync(old);
    database.exec(MIGRATIONS[0] ?? '');
    database.exec('PRAGMA user_version = 1');
    const insert = database.prepare(
      `INSERT INTO runs VALUES (?, ?, 'old', 'finished', 1, 2, 3, 4, ?, NULL, '{}')`,
    );
    insert.run('sound', 2000, JSON.stringify(snapshot({ id: 'sound', project: 'before' })));
    insert.run('broken', 1000, '{"id": "bro');
    const opened = await Store.open(old);
    insert.run('late', 3000, JSON.stringify(snapshot({ id: 'late', project: 'meanwhile' })));
    const entries = opened.history.entries(opened.history.find({}, NEWEST));
    assert.deepEqual(
      entries.map(({ id, project, howKnown }) => [id, project, howKnown]),
      [
        ['late', 'meanwhile', 'measured'],
        ['sound', 'before', 'measured'],
        ['broken', '', 'unknown'],
      ],
    );
    assert.deepEqual(
      opened.list().map(({ id }) => id),
      ['late', 'sound'],
    );
    opened.close();
    database.close();
  });

  it('give a long run’s chart of few points with all its energy, and none of before it went on', () => {
    const points = Array.from({ length: 12_000 }, (_, index) => point(index, 1 + (index % 5)));
    const energy = (of: readonly { readonly energyJoules: number }[]) =>
      of.reduce((sum, each) => sum + each.energyJoules, 0);
    store.save(snapshot(), points, null, ME);
    store.thinSamples('run-1');
    const chart = store.chartPoints('run-1');
    assert(chart.length <= 1001, `${chart.length} points`);
    assert.equal(energy(chart), energy(points));
    store.save(snapshot(), [point(12_000, 7)], null, ME);
    assert.equal(energy(store.chartPoints('run-1')), energy(points) + 7);
    assert.deepEqual(store.chartPoints('nothing'), []);
  });

  it('give a short run’s chart as it was sampled', () => {
    const points = Array.from({ length: 300 }, (_, index) => point(index, index));
    store.save(snapshot(), points, null, ME);
    store.thinSamples('run-1');
    assert.deepEqual(
      store.chartPoints('run-1').map((each) => ({ ...each })),
      points,
    );
  });
});
