import assert from 'node:assert/strict';
import { MetricReader } from '../../../src/core/metrics/metricReader.ts';
import { ProgressReader } from '../../../src/core/progress/reader.ts';
import { readRecording } from '../../corpus/recordings.ts';

/** Reads output, and notes what was known of each epoch once the next chunk or the end had come. */
function epochsIn(chunks: readonly string[]): Record<number, unknown> {
  const metrics = new MetricReader();
  const progress = new ProgressReader({}, undefined, (...text) => metrics.see(...text));
  const epochs: Record<number, unknown> = {};
  const read = () => {
    metrics.read(progress.progress());
    const { epochsCompleted } = progress.progress();
    if (epochsCompleted > 0) epochs[epochsCompleted] = metrics.ended;
  };
  for (const chunk of chunks) {
    progress.feed(chunk);
    read();
  }
  progress.finish(0);
  read();
  return epochs;
}

describe('Metrics of each epoch', () => {
  it('are the last of each name before its end', () => {
    const chunks = ['Epoch 1/2\n', '10/20 [==>..] - loss: 0.9\r', '20/20 [====] - loss: 0.8 - acc: 0.5\n'];
    assert.deepEqual(epochsIn([...chunks, 'Epoch 2/2\n', '20/20 [====] - loss: 0.4 - acc: 0.7\n']), {
      1: { loss: 0.8, acc: 0.5 },
      2: { loss: 0.4, acc: 0.7 },
    });
  });

  it('are those of the line that ends it', () => {
    assert.deepEqual(epochsIn(['Epoch 1/3: loss=0.9\n', 'Epoch 2/3: loss=0.6\n', 'Epoch 3/3: loss=0.5\n']), {
      ...{ 1: { loss: 0.9 }, 2: { loss: 0.6 }, 3: { loss: 0.5 } },
    });
  });

  it('take in the validation that comes after it', () => {
    const chunks = ['Epoch 1/2 loss=0.9\n', 'val_acc=0.7\n', 'Epoch 2/2 loss=0.6\n', 'val_acc=0.8\n'];
    assert.deepEqual(epochsIn(chunks), { 1: { loss: 0.9, val_acc: 0.7 }, 2: { loss: 0.6, val_acc: 0.8 } });
  });

  it('are as true in recordings of real trainings', () => {
    const of = (name: string) => epochsIn(readRecording({ name }).chunks.map(({ text }) => text));
    assert.deepEqual(of('keras3-verbose2')[8], {
      accuracy: 0.9875,
      loss: 0.1005,
      val_accuracy: 1,
      val_loss: 0.0795,
    });
    assert.deepEqual(of('hf4-evaluate')[2], { loss: 0.6928, eval_loss: 0.6942545771598816 });
    assert.deepEqual(of('carbontracker1')[5], { loss: 0.2709 });
    assert.deepEqual(of('fastai-two-fits')[5], {
      train_loss: 0.405189,
      valid_loss: 0.303539,
      accuracy: 0.9875,
    });
  });

  it('are of twelve names at most', () => {
    const many = Array.from({ length: 20 }, (_, index) => `m${index}_loss=0.5`).join(' ');
    const epochs = epochsIn([`Epoch 1/2 ${many}\n`, 'Epoch 2/2 other_loss=1 m0_loss=0.4\n']);
    assert.equal(Object.keys(epochs[1] as object).length, 12);
    assert.deepEqual(epochs[2], { m0_loss: 0.4 });
  });
});
