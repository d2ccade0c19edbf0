import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Progress } from '../../../src/core/progress/event.ts';
import { workDone, progressFraction } from '../../../src/core/progress/fraction.ts';
import { ProgressReader, type ProgressOptions } from '../../../src/core/progress/reader.ts';

/** As the libraries print it: Keras 3 with colours, tqdm with carriage returns, torchvision, PyTorch's examples. */
const OUTPUTS = {
  keras:
    'Epoch 1/3\r\n\x1b[1m 1/20\x1b[0m \x1b[32m━\x1b[0m\x1b[37m━━━━\x1b[0m \x1b[1m1s\x1b[0m 50ms/step - loss: 0.5' +
    '\b\b\b\r\x1b[1m20/20\x1b[0m \x1b[32m━━━━\x1b[0m 1s 9ms/step - loss: 0.4\r\nEpoch 2/3\r\n\x1b[1m 5/20\x1b[0m ━━━ 1s\r',
  keras2:
    'Epoch 1/3\n 8/20 [=====>........] - ETA: 1s - loss: 0.5\b\b\b\b20/20 [=====] - 1s\nEpoch 2/3\n 5/20 [==>..] - ETA: 1s\r',
  tqdm: '\rEpoch 1/3: 100%|██████████| 20/20 [00:01<00:00,  5.1it/s]\n\rEpoch 2/3:  25%|██▌       | 5/20 [00:01<00:02,  5.1it/s]\r',
  lines: 'Epoch [1/3], Step [20/20], Loss: 0.3\nEpoch [2/3], Step [5/20], Loss: 0.2\n',
  torchvision: 'Epoch: [0]  [ 20/20]  eta: 0:00:00\nEpoch: [1]  [ 4/20]  eta: 0:00:00\n',
} as const;

function read(text: string, options: ProgressOptions = {}, chunk = text.length): ProgressReader {
  const reader = new ProgressReader(options);
  for (let at = 0; at < text.length; at += chunk) reader.feed(text.slice(at, at + chunk));
  return reader;
}

function bar(step: number, total: number, name = ''): string {
  return `\r${name}${name ? ': ' : ''}${Math.round((100 * step) / total)}%|███   | ${step}/${total} [00:01<00:02,  5.1it/s]`;
}

describe('Progress from terminal output', () => {
  for (const [name, text] of Object.entries(OUTPUTS)) {
    it(`reads ${name}`, () => {
      const progress = read(text, { totalEpochs: 3, totalSource: 'task' }).progress();
      assert.equal(progress.epoch, 2);
      assert.equal(progress.epochsCompleted, 1);
      assert.equal(progress.totalEpochs, 3);
      assert.deepEqual([progress.step, progress.totalSteps], [5, 20]);
      assert.equal(workDone(progress), 1.25);
    });
  }

  it('says the same however the output was cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(OUTPUTS)),
        fc.integer({ min: 1, max: 40 }),
        (text, chunk) => {
          assert.deepEqual(read(text, {}, chunk).progress(), read(text).progress());
        },
      ),
    );
  });

  it('takes anything without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const reader = read(`${text}\nEpoch ${text}\n`);
        reader.finish(0);
        const fraction = progressFraction(reader.progress());
        assert(fraction === null || (fraction >= 0 && fraction <= 1));
      }),
    );
  });

  it('takes the result of an epoch for its end', () => {
    assert.equal(read('Epoch 1/3 - loss: 0.5\n').progress().epochsCompleted, 1);
    assert.equal(read('Epoch 1/3\n').progress().epochsCompleted, 0);
  });

  it('counts on from 0 where the script does', () => {
    const { epoch, epochsCompleted, totalEpochs } = read('Epoch 0/24\nEpoch 1/24\n').progress();
    assert.deepEqual([epoch, epochsCompleted, totalEpochs], [2, 1, 25]);
  });

  it('tells a resumed count from a sparse one', () => {
    const done = (text: string) => pick(read(text).progress());
    assert.deepEqual(done('Epoch 13/30 loss 0.3\nEpoch 14/30 loss 0.2\n'), {
      epochsCompleted: 2,
      epochsBefore: 12,
    });
    assert.deepEqual(done('Epoch 10/30 loss 0.3\nEpoch 20/30 loss 0.2\n'), {
      epochsCompleted: 20,
      epochsBefore: 0,
    });
    // a round number may be of a script that prints each tenth
    assert.deepEqual(done('Epoch 10/30 loss 0.3\n').epochsBefore, null);
    assert.equal(workDone(read('Epoch 10/30 loss 0.3\n').progress()), null);
    assert.deepEqual(done('Epoch 13/30 loss 0.3\n'), { epochsCompleted: 1, epochsBefore: 12 });
    const resumed = 'Resuming from epoch 20\nEpoch 20/30 loss 0.3\n';
    assert.deepEqual(done(resumed), { epochsCompleted: 1, epochsBefore: 19 });
  });

  it('counts bars that begin again where no epoch is named', () => {
    const text = bar(20, 20) + '\n' + bar(20, 20) + '\n' + bar(5, 20) + '\r';
    const progress = read(text, { totalEpochs: 4, totalSource: 'command' }).progress();
    assert.deepEqual([progress.epoch, progress.epochsCompleted], [2, 1]);
    const again = read(
      bar(5, 20) + bar(20, 20) + '\n' + bar(5, 20) + bar(20, 20) + '\n' + bar(1, 20) + '\r',
    ).progress();
    assert.equal(again.epochsCompleted, 2);
  });

  it('does not take validation, downloads or a bar of epochs for steps', () => {
    assert.equal(read(bar(5, 20, 'Validating') + '\r').progress().step, null);
    assert.equal(read(bar(5, 20, 'Downloading shards') + '\r').progress().step, null);
    const beside = read('Epoch 1/3\n' + bar(20, 20) + '\n' + bar(2, 5) + '\r').progress();
    assert.equal(beside.totalSteps, 20);
    const epochs = read(bar(0, 30, 'Epochs') + bar(3, 30, 'Epochs') + '\r').progress();
    assert.deepEqual([epochs.epochsCompleted, epochs.totalEpochs, epochs.step], [3, 30, null]);
  });

  it('does not invent a total when epochs begin again', () => {
    const fold = 'Epoch 1/3\nEpoch 2/3\nEpoch 3/3\n';
    const progress = read(fold + fold).progress();
    assert.equal(progress.totalEpochs, null);
    assert.equal(progress.epochsCompleted, 5);
  });

  it('finishes the last epoch with exit code 0 only', () => {
    const finished = read('Epoch 1/2\nEpoch 2/2\n');
    finished.finish(0);
    assert.equal(finished.progress().epochsCompleted, 2);
    const failed = read('Epoch 1/2\nEpoch 2/2\n');
    failed.finish(1);
    assert.equal(failed.progress().epochsCompleted, 1);
  });

  it('says that it is stale after a restart, until output comes', () => {
    const reader = new ProgressReader({});
    reader.restore(read('Epoch 1/3\nEpoch 2/3\n').progress());
    assert.equal(reader.progress().isStale, true);
    reader.finish(0);
    assert.equal(reader.progress().epochsCompleted, 1);
    reader.feed('Epoch 3/3\n');
    assert.deepEqual([reader.progress().isStale, reader.progress().epochsCompleted], [false, 2]);
  });
});

describe('A user’s own pattern', () => {
  it('is used alone', () => {
    const pattern = String.raw`round (?<epoch>\d+) of (?<epochs>\d+)`;
    const progress = read('round 1 of 9\nround 2 of 9\nEpoch 7/8\n', { pattern }).progress();
    assert.deepEqual([progress.epoch, progress.totalEpochs, progress.family], [2, 9, 'pattern']);
  });

  it('that never ends is given up with one message, and the built-in ones take over', () => {
    const reader = read(`${'a'.repeat(40)}!\nEpoch 1/3\n`, { pattern: '(?<epoch>(a|aa)+)+$b' });
    reader.feed('Epoch 2/3\n');
    assert.match(reader.problem() ?? '', /took too long/);
    assert.equal(reader.progress().epoch, 2);
  });

  it('that is wrong is told', () => {
    assert.match(new ProgressReader({ pattern: '(' }).problem() ?? '', /no regular expression/);
    assert.match(new ProgressReader({ pattern: 'epoch' }).problem() ?? '', /names no epoch/);
  });
});

function pick({ epochsCompleted, epochsBefore }: Progress) {
  return { epochsCompleted, epochsBefore };
}
