import assert from 'node:assert/strict';
import fc from 'fast-check';
import { costSentences } from '../../../src/core/compare/costWords.ts';
import { marginalCost, paretoFront } from '../../../src/core/compare/pareto.ts';
import {
  isLowerBetter,
  metricNames,
  qualityPoints,
  unitOf,
  type QualityPoint,
} from '../../../src/core/compare/quality.ts';
import type { RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { snapshot } from '../runs/snapshots.ts';

const WATT_HOUR = 3600;

/** A run that used so many watt-hours by the end of each epoch, and told what. */
function told(
  id: string,
  epochs: readonly (readonly [number, Record<string, number>])[],
  after = 0,
): RunSnapshot {
  const mark = (done: number, wattHours: number) => ({
    ...{ done, energyJoules: wattHours * WATT_HOUR, activeSeconds: done, atSeconds: done },
  });
  const last = epochs.at(-1)?.[0] ?? 0;
  return snapshot({
    ...{ id, label: id, energyJoules: (last + after) * WATT_HOUR },
    epochs: {
      unit: 'epoch',
      start: mark(0, 0),
      ends: epochs.map(([wattHours, metrics], index) => ({ ...mark(index + 1, wattHours), metrics })),
    },
  });
}

const ACC = { kind: 'seen', name: 'val_acc' } as const;
const accuracies = (...values: readonly (readonly [number, number])[]) =>
  values.map(([wattHours, value]) => [wattHours, { val_acc: value }] as const);

const large = told('large', accuracies([1000, 0.8], [4000, 0.92], [6000, 0.925], [9100, 0.93]));
const small = told('small', accuracies([500, 0.7], [1500, 0.9], [2400, 0.921], [2500, 0.92]), 500);

describe('What quality cost', () => {
  it('is said of the last half per cent', () => {
    assert.deepEqual(costSentences([large], ACC), [
      'val_acc is best in large: 0.93 for 9.10 kWh at epoch 4.',
      'The last 0.5 percentage points, from 0.925 to 0.93, cost 3.10 kWh, 34 % of 9.10 kWh.',
    ]);
  });

  it('is said of the last step where that was larger, and of all where all lies within it', () => {
    const jump = told('jump', accuracies([100, 0.5], [200, 0.9]));
    assert.match(
      costSentences([jump], ACC)[1] ?? '',
      /^The last 40 percentage points, from 0.5 to 0.9, cost 100 Wh/,
    );
    const flat = told('flat', accuracies([100, 0.9], [200, 0.901], [300, 0.902]));
    assert.match(
      costSentences([flat], ACC)[1] ?? '',
      /^The last 0.2 percentage points, from 0.9 to 0.902, cost 200 Wh/,
    );
  });

  it('is said of each run, and who came nearly as far for less', () => {
    assert.deepEqual(costSentences([large, small], ACC), [
      'val_acc is best in large: 0.93 for 9.10 kWh at epoch 4.',
      'The last 0.5 percentage points, from 0.925 to 0.93, cost 3.10 kWh, 34 % of 9.10 kWh.',
      'In small, the last 2.1 percentage points, from 0.9 to 0.921, cost 900 Wh, 38 % of 2.40 kWh.',
      'After its best, small used 600 Wh more (20 % of its energy) and became no better.',
    ]);
    const running = { ...small, state: 'running' } as const;
    assert.doesNotMatch(costSentences([large, running], ACC).join(' '), /became no better/);
    const best = told('best', accuracies([9100, 0.93]));
    assert.deepEqual(
      costSentences([best, small], ACC)[1],
      [
        'small came to 0.921 for 74 % less energy at epoch 3: the last 0.9 percentage points cost 6.70 kWh more.',
      ][0],
    );
  });

  it('is relative for a loss, of which less is better', () => {
    const run = told('run', [
      [100, { loss: 2 }],
      [200, { loss: 1 }],
      [300, { loss: 0.99 }],
    ]);
    const sentences = costSentences([run], { kind: 'seen', name: 'loss' });
    assert.match(sentences[1] ?? '', /^The last 1 per cent, from 1 to 0.99, cost 100 Wh/);
  });

  it('is said of results that are given by hand', () => {
    const given = { kind: 'given', values: { large: 93, small: 92.1 }, isLowerBetter: false } as const;
    assert.deepEqual(costSentences([large, small], given), [
      'The result is best in large: 93 for 9.10 kWh.',
      'small came to 92.1 for 67 % less energy: the last 0.9 percentage points cost 6.10 kWh more.',
    ]);
  });

  it('is nothing where nothing was told', () => {
    assert.deepEqual(costSentences([snapshot()], ACC), []);
    assert.deepEqual(
      costSentences([large], { kind: 'given', values: { large: NaN }, isLowerBetter: false }),
      [],
    );
  });

  it('names runs in a line that they cannot turn around or fill', () => {
    const hostile = { ...large, label: `\u202e${'x'.repeat(10_000)}\n` };
    const [sentence = ''] = costSentences([hostile], ACC);
    assert.doesNotMatch(sentence, /[\u202e\n]/);
    assert.ok(sentence.length < 200);
  });
});

describe('The front of quality and energy', () => {
  const points = fc.array(
    fc.record({ energyJoules: fc.integer({ min: 1, max: 50 }), value: fc.integer({ min: 0, max: 50 }) }),
    { minLength: 1, maxLength: 40 },
  );
  const isBetter = (one: QualityPoint, other: QualityPoint, lower: boolean) =>
    one.energyJoules <= other.energyJoules && (lower ? one.value <= other.value : one.value >= other.value);

  it('holds those that no other beats, and no others', () => {
    fc.assert(
      fc.property(points, fc.boolean(), (drawn, lower) => {
        const all = drawn.map((point): QualityPoint => ({ runId: 'r', done: 1, unit: 'epoch', ...point }));
        const front = paretoFront(all, lower);
        for (const point of all) assert.ok(front.some((best) => isBetter(best, point, lower)));
        for (const one of front)
          for (const other of front) if (one !== other) assert.ok(!isBetter(one, other, lower));
      }),
    );
  });

  it('has no marginal cost in a single point', () => {
    assert.equal(
      marginalCost(
        paretoFront(qualityPoints([told('one', accuracies([1, 0.5]))], ACC), false),
        false,
        'share',
      ),
      null,
    );
  });
});

describe('A metric to compare by', () => {
  it('is one that most runs have, of other data than the training’s', () => {
    const one = told('one', [[1, { loss: 1, val_loss: 1, val_acc: 0.5, only: 1 }]]);
    const two = told('two', [[1, { loss: 1, val_loss: 1, val_acc: 0.5 }]]);
    assert.deepEqual(metricNames([one, two]).slice(0, 3), ['val_acc', 'val_loss', 'loss']);
  });

  it('is better the less or the more, by its name', () => {
    const lower = ['loss', 'eval-logloss', 'val_perplexity', 'rmse', 'test_err', 'wer', 'bpc'];
    const higher = ['accuracy', 'Acc@1', 'val_f1', 'mAP50', 'reward', 'r2', 'SCORE'];
    for (const name of lower) assert.equal(isLowerBetter({ kind: 'seen', name }), true, name);
    for (const name of higher) assert.equal(isLowerBetter({ kind: 'seen', name }), false, name);
  });

  it('is told in points only where it is a share', () => {
    const of = (name: string, value: number) =>
      unitOf({ kind: 'seen', name }, [{ runId: 'r', done: 1, unit: 'epoch', energyJoules: 1, value }]);
    assert.deepEqual(
      [of('val_acc', 0.9), of('Acc@1', 56.2), of('reward', 80), of('loss', 0.5)],
      ['share', 'percentage', 'relative', 'relative'],
    );
  });
});
