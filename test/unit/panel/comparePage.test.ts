import assert from 'node:assert/strict';
import type { RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { ComparePage } from '../../../src/host/panel/comparePage.ts';
import { keptIn } from '../../../src/host/panel/keptState.ts';
import type { Runs } from '../../../src/host/panel/view.ts';
import { point, snapshot } from '../runs/snapshots.ts';

const mark = (done: number) => ({
  ...{ done, energyJoules: done * 3600, activeSeconds: done, atSeconds: done },
});

function made(id: string, accuracy: number): RunSnapshot {
  const ends = [mark(1), { ...mark(2), metrics: { loss: 1 - accuracy, val_acc: accuracy } }];
  return snapshot({ id, label: id, energyJoules: 7200, epochs: { unit: 'epoch', start: mark(0), ends } });
}

const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id, index) => made(id, 0.9 + index / 100));
const runs: Runs = {
  store: null,
  live: [],
  get: (id) => all.find((run) => run.id === id) ?? null,
  points: () => [point(0), point(1)],
};

describe('The comparison on the page', () => {
  let shown: string[];
  let page: ComparePage;

  beforeEach(() => {
    shown = [];
    page = new ComparePage(
      { update: () => undefined, show: (view) => shown.push(view), post: () => undefined },
      (chosen) => Promise.resolve(chosen.length === 0 ? ['b', 'c'] : null),
    );
  });

  it('shows the runs that are chosen, six at most, without those that are gone', () => {
    page.handlers.compareRuns({ runIds: ['a', 'a', 'gone', 'b', 'c', 'd', 'e', 'f', 'g'] });
    assert.deepEqual(shown, ['compare']);
    assert.deepEqual(
      page.draw(runs).runs.map(({ id }) => id),
      ['a', 'b', 'c', 'd', 'e'],
    );
  });

  it('is asked for by a list, and left as it is where the person gives up', async () => {
    await page.pick();
    assert.deepEqual(page.runIds, ['b', 'c']);
    await page.pick();
    assert.deepEqual([page.runIds, shown], [['b', 'c'], ['compare']]);
  });

  it('holds the others against another run', () => {
    page.handlers.compareRuns({ runIds: ['a', 'b', 'c'] });
    page.handlers.putFirst({ runId: 'c' });
    const { runs: rows } = page.draw(runs);
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['c', 'a', 'b'],
    );
    assert.deepEqual(
      rows.map(({ cells }) => cells[0]?.difference),
      ['', 'the same', 'the same'],
    );
  });

  it('aligns by epoch where all have epochs, else by time, unless the person says otherwise', () => {
    page.handlers.compareRuns({ runIds: ['a', 'b'] });
    assert.equal(page.draw(runs).overlay.unit, 'epochs');
    page.handlers.alignRuns({ alignment: 'time' });
    assert.equal(page.draw(runs).overlay.unit, 'seconds');
  });

  it('takes the metric that suits best, or the one that is chosen, or results by hand', () => {
    page.handlers.compareRuns({ runIds: ['a', 'b'] });
    assert.equal(page.draw(runs).quality.chosen, 'seen val_acc');
    page.handlers.chooseMeasure({ id: 'seen loss' });
    assert.equal(page.draw(runs).quality.chosen, 'seen loss');
    page.handlers.chooseMeasure({ id: 'given' });
    assert.match(page.draw(runs).quality.missing ?? '', /Type the result/);
    page.handlers.giveResult({ runId: 'a', text: '0,95' });
    page.handlers.giveResult({ runId: 'b', text: 'what' });
    const { quality, runs: rows } = page.draw(runs);
    assert.deepEqual(
      rows.map(({ given }) => given),
      ['0.95', ''],
    );
    assert.deepEqual(quality.sentences, ['The result is best in a: 0.95 for 2.00 Wh.']);
    page.handlers.giveResult({ runId: 'a', text: '' });
    assert.deepEqual(page.draw(runs).quality.sentences, []);
  });

  it('goes on after a restart as it was left', () => {
    page.handlers.compareRuns({ runIds: ['a', 'b'] });
    page.handlers.chooseMeasure({ id: 'given' });
    page.handlers.giveResult({ runId: 'a', text: '1' });
    const kept = keptIn(
      JSON.parse(JSON.stringify({ view: 'compare', comparedIds: page.runIds, comparedBy: page.by })),
    );
    const next = new ComparePage(
      { update: () => undefined, show: () => undefined, post: () => undefined },
      () => Promise.resolve(null),
    );
    next.restore(kept);
    assert.deepEqual(next.draw(runs), page.draw(runs));
  });
});

describe('What VS Code kept of a page', () => {
  it('is taken as far as it is right', () => {
    const nothing = keptIn(undefined);
    assert.deepEqual(nothing, {
      ...{ view: 'now', liveId: null, selectedId: null, comparedIds: [] },
      comparedBy: { alignment: null, measure: null, given: {}, isLowerBetter: false },
    });
    for (const state of [null, 5, 'x', [], { view: 'evil', liveId: 5, comparedIds: 'abc', comparedBy: 7 }])
      assert.deepEqual(keptIn(state), nothing);
    const given = { a: 1, b: 'x', c: null };
    assert.deepEqual(keptIn({ comparedIds: ['a', 5], comparedBy: { given } }).comparedBy?.given, { a: 1 });
    assert.deepEqual(keptIn({ comparedIds: ['a', 5] }).comparedIds, ['a']);
  });
});
