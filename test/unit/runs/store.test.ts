import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { Store, type HistoryOrder } from '../../../src/core/runs/store.ts';
import { runChild } from '../children/runChild.ts';
import { memory, point, snapshot, sumOf } from './snapshots.ts';

const ME = { pid: 10, startSeconds: 1 };
const OTHER = { pid: 11, startSeconds: 2 };
const THIRD = { pid: 12, startSeconds: 3 };

describe('Store', () => {
  let folder: string;
  let store: Store;

  beforeEach(async () => {
    folder = tempFolder('store');
    store = await Store.open(path.join(folder, 'data', 'history.db'));
  });

  afterEach(() => {
    store.close();
    removeFolder(folder);
  });

  it('gives a run back as it was saved, also to who opens it later', async () => {
    const run = snapshot({ label: 'тест 🦊 "quotes"; DROP TABLE runs' });
    store.save(run, [], null, ME);
    store.close();
    store = await Store.open(path.join(folder, 'data', 'history.db'));
    assert.equal(store.problem, null);
    assert.deepEqual(store.get('run-1'), run);
    assert.equal(store.get('nothing'), null);
  });

  it('lists in every order, both ways', () => {
    const later = { label: 'Beta', startedAtMillis: 3000, state: 'failed', durationSeconds: 5 } as const;
    store.save(
      snapshot({
        id: 'a',
        label: 'alpha',
        startedAtMillis: 2000,
        state: 'stopped',
        durationSeconds: 9,
        energyJoules: 2,
        emissionsGrams: 9,
      }),
      [],
      null,
      ME,
    );
    store.save(
      snapshot({
        id: 'b',
        ...later,
        energyJoules: 1,
        emissionsGrams: 5,
        progress: { ...snapshot().progress, epochsCompleted: 7 },
      }),
      [],
      null,
      ME,
    );
    store.save(
      snapshot({
        id: 'c',
        label: 'gamma',
        startedAtMillis: 1000,
        durationSeconds: 7,
        energyJoules: 3,
        emissionsGrams: 7,
      }),
      [],
      null,
      ME,
    );
    const ascending: Record<HistoryOrder, string> = {
      started: 'cab',
      name: 'abc',
      state: 'bca',
      duration: 'bca',
      energy: 'bac',
      emissions: 'bca',
      epochs: 'bac',
    };
    const ids = (order: HistoryOrder, descending: boolean) =>
      store
        .list({ order, descending })
        .map(({ id }) => id)
        .join('');
    for (const [order, expected] of Object.entries(ascending) as [HistoryOrder, string][]) {
      assert.equal(ids(order, false), expected, order);
      // of equal ones the newer comes first, whichever way
      assert.equal(ids(order, true), order === 'epochs' ? 'acb' : [...expected].reverse().join(''), order);
    }
    assert.deepEqual(
      store.list().map(({ id }) => id),
      ['b', 'a', 'c'],
    );
    assert.equal(store.list({ limit: 2 }).length, 2);
  });

  it('replaces a run’s row and adds to its points', () => {
    store.save(snapshot({ energyJoules: 1, state: 'running' }), [point(0), point(1)], memory(), ME);
    store.save(snapshot({ energyJoules: 2 }), [point(2), point(2, 5, { component: 'dram' })], null, ME);
    assert.equal(store.list().length, 1);
    assert.equal(store.get('run-1')?.energyJoules, 2);
    assert.deepEqual(
      store.points('run-1').map(({ startSeconds, component }) => `${component} ${startSeconds}`),
      ['cpu 0', 'cpu 1', 'cpu 2', 'dram 2'],
    );
    assert.deepEqual({ ...store.points('run-1')[0] }, point(0));
  });

  it('deletes a run with its points, and only that', () => {
    store.save(snapshot({ id: 'a' }), [point(0), point(1)], null, ME);
    store.save(snapshot({ id: 'b' }), [point(0)], null, ME);
    store.delete('a');
    assert.equal(store.get('a'), null);
    assert.deepEqual(store.points('a'), []);
    assert.equal(store.points('b').length, 1);
  });

  it('knows which runs are unfinished, with what it takes to go on', () => {
    store.save(snapshot({ id: 'a', state: 'running' }), [], memory({ startSeconds: 42 }), ME);
    store.save(snapshot({ id: 'b' }), [], null, ME);
    assert.deepEqual(store.unfinished(), [
      { snapshot: snapshot({ id: 'a', state: 'running' }), memory: memory({ startSeconds: 42 }), owner: ME },
    ]);
  });

  it('lets one only take over a run, and none that has ended', () => {
    store.save(snapshot({ id: 'a', state: 'running' }), [], memory(), ME);
    assert.equal(store.claim('a', ME, OTHER), true);
    assert.equal(store.claim('a', ME, THIRD), false);
    assert.deepEqual(store.unfinished()[0]?.owner, OTHER);
    store.save(snapshot({ id: 'b' }), [], null, ME);
    assert.equal(store.claim('b', ME, OTHER), false);
  });

  it('saves all of a run or nothing', () => {
    store.save(snapshot({ energyJoules: 1 }), [], null, ME);
    const impossible = { ...point(0), energyJoules: undefined as unknown as number };
    assert.throws(() => store.save(snapshot({ energyJoules: 2 }), [point(1), impossible], null, ME));
    assert.equal(store.get('run-1')?.energyJoules, 1);
    assert.deepEqual(store.points('run-1'), []);
    store.save(snapshot({ energyJoules: 3 }), [point(1)], null, ME);
    assert.equal(store.points('run-1').length, 1);
  });

  it('thins old samples, and keeps full rate in the last hour and all energy', () => {
    const seconds = 2 * 86_400;
    const points = Array.from({ length: seconds / 4 }, (_, index) => point(index * 4, 1 + (index % 7)));
    store.save(snapshot(), points, null, ME);
    store.thinSamples('run-1');
    store.thinSamples('run-1');
    const thinned = store.points('run-1');
    for (const key of ['energyJoules', 'machineEnergyJoules', 'durationSeconds'] as const) {
      assert.equal(sumOf(thinned, key), sumOf(points, key), key);
    }
    const lastHour = thinned.filter(({ startSeconds }) => startSeconds >= seconds - 3600);
    assert.equal(lastHour.length, 900);
    const firstHour = thinned.filter(({ startSeconds }) => startSeconds < 3600);
    assert.equal(firstHour.length, 60);
    assert(thinned.length < 13_000, `${thinned.length} points`);
  });

  it('thins without losing energy, whatever the samples', () => {
    const at = fc.record({
      start: fc.nat(200_000),
      joules: fc.nat(1000),
      component: fc.constantFrom('cpu', 'dram'),
    });
    const points = fc.uniqueArray(at, {
      selector: ({ start, component }) => `${start} ${component}`,
      maxLength: 60,
    });
    let id = 0;
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 3 }), (given, times) => {
        id += 1;
        const own = given.map(({ start, joules, component }) =>
          point(start / 2, joules, { component: component as 'cpu' | 'dram' }),
        );
        store.save(snapshot({ id: `p${id}` }), own, null, ME);
        for (let time = 0; time < times; time++) store.thinSamples(`p${id}`);
        assert.equal(sumOf(store.points(`p${id}`), 'energyJoules'), sumOf(own, 'energyJoules'));
      }),
    );
  });

  it('takes what two processes write at once, and both see it', async () => {
    const file = path.join(folder, 'data', 'history.db');
    const write = (name: string) =>
      runChild<{ problem: string | null; errors: string[] }>('writeRuns.ts', file, name, '60');
    const outcomes = await Promise.all([write('x'), write('y')]);
    assert.deepEqual(outcomes, [
      { problem: null, errors: [] },
      { problem: null, errors: [] },
    ]);
    assert.equal(store.list().length, 120);
    assert.equal(store.points('x-59').length, 20);
  });

  it('is made once by several processes that open it at the same time', async () => {
    const file = path.join(folder, 'new', 'history.db');
    const names = ['a', 'b', 'c', 'd'];
    const outcomes = await Promise.all(
      names.map((name) => runChild<{ problem: string | null }>('writeRuns.ts', file, name, '5')),
    );
    assert.deepEqual(
      outcomes.map(({ problem }) => problem),
      [null, null, null, null],
    );
    const opened = await Store.open(file);
    assert.equal(opened.list().length, 20);
    opened.close();
  });

  it('waits for a process that has the database to itself for a while', async () => {
    const file = path.join(folder, 'data', 'history.db');
    const other = new DatabaseSync(file);
    other.exec('BEGIN EXCLUSIVE');
    const opening = Store.open(file);
    await setTimeout(600); // longer than SQLite itself waits
    other.exec('COMMIT');
    other.close();
    const opened = await opening;
    assert.equal(opened.problem, null);
    opened.close();
  });
});
