import assert from 'node:assert/strict';
import type { Progress } from '../../../src/core/progress/event.ts';
import { progressFraction, workDone, workToDo, workUnit } from '../../../src/core/progress/fraction.ts';
import { ProgressReader, type ProgressOptions } from '../../../src/core/progress/reader.ts';

function read(text: string, options: ProgressOptions = {}): Progress {
  return readAll(text, options).progress();
}

function readAll(text: string, options: ProgressOptions = {}): ProgressReader {
  const reader = new ProgressReader(options);
  reader.feed(text);
  return reader;
}

function finished(text: string, options: ProgressOptions = {}): Progress {
  const reader = readAll(text, options);
  reader.finish(0);
  return reader.progress();
}

function bar(step: number, total: number, name = ''): string {
  const share = Math.round((100 * step) / total);
  return `\r${name}${name ? ': ' : ''}${share}%|███   | ${step}/${total} [00:01<00:02,  5.1it/s]`;
}

function bars(total: number, name = ''): string {
  return [0, 1, 2, total].map((step) => bar(step, total, name)).join('');
}

const epochs = (progress: Progress) => [progress.epoch, progress.epochsCompleted, progress.totalEpochs];
const steps = (progress: Progress) => [progress.step, progress.totalSteps, progress.stepsOf];

describe('Trainings', () => {
  it('whose nested bars have no names are counted by the outer one', () => {
    const inner = (step: number) => `\n${bar(step, 20)}\x1b[A`;
    const epoch = inner(0) + inner(10) + inner(20);
    const progress = read(`${bar(0, 3)}${epoch}${bar(1, 3)}${epoch}${bar(2, 3)}${inner(0)}${inner(7)}\r`);
    assert.deepEqual(epochs(progress), [3, 2, 3]);
    assert.deepEqual(steps(progress), [7, 20, 'epoch']);
  });

  it('whose bar goes on through the numbered epochs count steps of the epoch by it', () => {
    const announced = '  Num Epochs = 3\n  Total optimization steps = 60\n';
    const text = `${bar(0, 60)}${bar(19, 60)}${bar(20, 60)}\nepoch 0: {'accuracy': 0.8}\n${bar(21, 60)}${bar(25, 60)}\r`;
    const known = read(announced + text);
    assert.deepEqual(epochs(known), [2, 1, 3]);
    assert.deepEqual(steps(known), [5, 20, 'epoch']);
    const unknown = read(text);
    // the first epoch took 20 of the 60 steps
    assert.deepEqual(steps(unknown), [5, 20, 'epoch']);
    assert.equal(progressFraction(unknown), 25 / 60);
  });

  it('of Hugging Face’s Trainer find their epochs by the fractions that are logged', () => {
    const log = (epoch: number) => `\n{'loss': 0.5, 'learning_rate': 5e-05, 'epoch': ${epoch}}\n`;
    const evaluation = bars(5) + "\n{'eval_loss': 0.5, 'eval_runtime': 1.2, 'epoch': 1.0}\n";
    const text = `${bar(0, 60)}${bar(10, 60)}${log(0.5)}${bar(10, 60)}${bar(20, 60)}${evaluation}${bar(20, 60)}${bar(30, 60)}\r`;
    assert.deepEqual(epochs(read(text)), [2, 1, 3]);
    assert.deepEqual(steps(read(text)), [10, 20, 'epoch']);
    const all = `${text}${bar(60, 60)}\n{'train_runtime': 12.3, 'train_loss': 0.5, 'epoch': 3.0}\n`;
    assert.equal(finished(all).epochsCompleted, 3);
  });

  it('of Keras take no evaluation after an epoch for one', () => {
    const keras = (step: number, total: number) => `\r${step}/${total} ━━━━━━ 1s 5ms/step - loss: 0.5`;
    const evaluation = keras(1, 20) + keras(10, 20) + keras(20, 20);
    const progress = finished(`Epoch 1/2\n${keras(20, 20)}\nEpoch 2/2\n${keras(20, 20)}\n${evaluation}\n`);
    assert.deepEqual(epochs(progress), [2, 2, 2]);
    assert.deepEqual(steps(progress), [20, 20, 'epoch']);
  });

  it('take no validation bar that is drawn like the training’s', () => {
    const text = `${bars(20)}\n${bars(5)}\n${bars(20)}\n${bars(5)}\n${bar(0, 20)}${bar(7, 20)}\r`;
    assert.deepEqual(epochs(read(text)), [3, 2, null]);
    assert.deepEqual(steps(read(text)), [7, 20, 'epoch']);
    const named = `${bars(20, 'Epoch 1/2')}\n${bars(5, 'Epoch 1/2')}\n${bars(20, 'Epoch 2/2')}\n${bar(2, 5, 'Epoch 2/2')}\r`;
    assert.deepEqual(steps(read(named)), [20, 20, 'epoch']);
  });

  it('tell preparation from themselves once they repeat', () => {
    const progress = read(`${bars(1000)}\n${bars(20)}\n${bars(20)}\n${bar(0, 20)}${bar(7, 20)}\r`);
    assert.deepEqual(steps(progress), [7, 20, 'epoch']);
    assert.equal(progress.epochsCompleted, 2);
  });

  it('of several processes that print each line count each epoch once', () => {
    const lines = [1, 2].flatMap((epoch) =>
      [0, 3, 1, 2].map((rank) => `[rank${rank}]: Epoch ${epoch}/4 loss 0.${rank}`),
    );
    assert.deepEqual(epochs(read(`${lines.join('\n')}\n`)), [3, 2, 4]);
    const late = 'Epoch 1/9\nEpoch 1/9\nEpoch 2/9\nEpoch 1/9\nEpoch 2/9\n';
    assert.deepEqual(epochs(read(late)), [2, 1, 9]);
  });

  it('in folds whose number is told know the total of all', () => {
    const fold = (number: number) => `Fold ${number}/5\nEpoch 1/2\nEpoch 2/2\n`;
    const progress = read(`${fold(1)}${fold(2)}Fold 3/5\nEpoch 1/2\n`);
    assert.deepEqual(epochs(progress), [1, 4, 10]);
    assert.deepEqual([progress.stage, progress.totalStages], [3, 5]);
  });

  it('of two stages count the epochs of both, and invent no total', () => {
    const stages = 'Epoch 1/3\nEpoch 2/3\nEpoch 3/3 loss 0.5\nEpoch 1/6\nEpoch 2/6\n';
    assert.deepEqual(epochs(read(stages)), [2, 4, null]);
  });

  it('stand where they stood when another stage is announced, until it begins', () => {
    const epoch = (number: number) => `Epoch ${number}/2, step 20/20, loss: 0.5\n`;
    const text = `Fold 1/3\n${epoch(1)}${epoch(2)}Fold 2/3\n`;
    const announced = read(text);
    assert.deepEqual([announced.stage, announced.epoch, announced.step], [2, 2, 20]);
    const begun = read(`${text}Epoch 1/2, step 5/20, loss: 0.5\n`);
    assert.deepEqual([begun.stage, begun.epoch, begun.step, begun.epochsCompleted], [2, 1, 5, 2]);
  });

  it('whose bars have no names begin anew with each fold that is announced', () => {
    const fold = (number: number) => `Fold ${number}/3\n${bars(20)}\n${bars(20)}\n`;
    const progress = read(`${fold(1)}${fold(2)}Fold 3/3\n${bar(0, 20)}${bar(7, 20)}\r`);
    assert.deepEqual([progress.stage, progress.epochsCompleted, progress.step], [3, 4, 7]);
  });

  it('that stop early leave the planned total as it was', () => {
    const progress = finished('Epoch 1/40 loss 0.5\nEpoch 2/40 loss 0.6\nEpoch 2: early stopping\n');
    assert.deepEqual([progress.epochsCompleted, progress.totalEpochs], [2, 40]);
  });

  it('that are cut off by their number of steps do not complete the epoch', () => {
    const text = `${bars(30, 'Epoch 0')}${bar(0, 20, 'Epoch 1')}${bar(20, 20, 'Epoch 1')}\n\`Trainer.fit\` stopped: \`max_steps=50\` reached.\n`;
    assert.equal(finished(text).epochsCompleted, 1);
    const piped = `GPU available: False, used: False\n\`Trainer.fit\` stopped: \`max_steps=50\` reached.\n${bar(20, 20, 'Epoch 2')}\n`;
    assert.equal(finished(piped).epochsCompleted, 2);
  });

  it('that print only some steps complete their last epoch when they end well', () => {
    const epoch = (number: number) =>
      `Epoch ${number}\n${[0, 300, 600, 900].map((step) => `loss: 0.5  [${step}/1000]\n`).join('')}`;
    const text = epoch(1) + epoch(2);
    assert.equal(finished(text).epochsCompleted, 2);
    assert.equal(read(text).epochsCompleted, 1);
    assert.equal(finished(`${text}Epoch 3\nloss: 0.5  [0/1000]\nloss: 0.5  [300/1000]\n`).epochsCompleted, 2);
  });

  it('that count epochs in fractions complete the last one where its next report would', () => {
    const text = (last: number) =>
      Array.from({ length: last + 1 }, (_, at) => `epoch ${(at / 10).toFixed(1)} loss 0.5\n`).join('');
    assert.equal(finished(text(30)).epochsCompleted, 3);
    assert.equal(finished(text(29)).epochsCompleted, 3);
    assert.equal(finished(text(25)).epochsCompleted, 2);
  });

  it('of Hugging Face’s Trainer that end by their steps do not complete the epoch, but do where steps gather batches', () => {
    const text = (total: number, perEpoch: number) =>
      Array.from({ length: total + 1 }, (_, at) => {
        const line = `\n{'loss': 0.5, 'epoch': ${(at / perEpoch).toFixed(2)}}\n`;
        return `${bar(at, total)}${at > 0 && at % 5 === 0 ? `${line}${bar(at, total)}` : ''}`;
      }).join('') + `\n{'train_runtime': 1.0, 'epoch': ${(total / perEpoch).toFixed(2)}}\n`;
    assert.equal(finished(text(50, 30)).epochsCompleted, 1);
    assert.equal(finished(text(21, 7.5)).epochsCompleted, 3);
    assert.equal(finished(text(60, 30)).epochsCompleted, 2);
  });

  it('report several times within an epoch without ending it', () => {
    const reports = [0.9, 0.8, 0.7].map((loss) => `Epoch 1, loss: ${loss}\n`).join('');
    assert.equal(read(reports).epochsCompleted, 0);
    assert.equal(read(`${reports}Epoch 2, loss: 0.6\n`).epochsCompleted, 1);
  });

  it('without epochs count steps of the run', () => {
    const rounds = Array.from({ length: 12 }, (_, round) => `[${round}]\ttrain-rmse:0.5\n`).join('');
    const progress = read(rounds, { totalSteps: 100, totalStepsSource: 'command' });
    assert.deepEqual(steps(progress), [12, 100, 'run']);
    assert.deepEqual([workUnit(progress), workDone(progress), workToDo(progress)], ['step', 12, 100]);
    assert.equal(progress.totalSource, 'command');
    const again = read(`${rounds}[0]\ttrain-rmse:0.5\n`);
    assert.equal(workDone(again), 13);
  });

  it('that resume at a step leave out what was done before', () => {
    const progress = read('step 600/1000 loss 0.5\nstep 610/1000 loss 0.5\nstep 620/1000 loss 0.5\n');
    assert.deepEqual([workDone(progress), workToDo(progress)], [30, 410]);
    const sparse = read('step 100/1000 loss 0.5\nstep 200/1000 loss 0.5\n');
    assert.deepEqual([workDone(sparse), workToDo(sparse)], [200, 1000]);
  });

  it('that tell only a percentage have a share', () => {
    assert.equal(progressFraction(read('Training ━━━━╸━━━  40% 0:00:05\n')), 0.4);
    assert.equal(progressFraction(read('\x1b]9;4;1;40\x07')), 0.4);
    const inEpoch = read('Epoch 2/4 ━━━━╸━━━  50% 0:00:05\n');
    assert.equal(workDone(inEpoch), 0.5);
    assert.equal(inEpoch.epochsBefore, 1);
  });

  it('say what goes on now', () => {
    const validation = `${bar(20, 20, 'Epoch 1/3')}\n${bar(1, 5, 'Validation')}\r`;
    assert.equal(read(validation).phase, 'validate');
    assert.equal(read(`${validation}${bar(0, 20, 'Epoch 2/3')}\r`).phase, 'train');
    assert.equal(read(`${bar(1, 5, 'Downloading')}\r`).phase, 'other');
    assert.equal(read('hello\n').phase, null);
  });

  it('that write beside a bar without a line feed are read all the same', () => {
    const text = `${bar(20, 20, 'Epoch 0')}\`Trainer.fit\` stopped: \`max_epochs=1\` reached.\n`;
    assert.deepEqual(epochs(read(text)), [1, 1, 1]);
    assert.equal(read(`${bar(20, 20)}Epoch 1/3 loss 0.5\n`).epochsCompleted, 1);
  });

  it('lose no epoch in a flood of other output', () => {
    const junk = 'DEBUG worker 7: item 12345 of the queue was handled in 3.1 ms\n'.repeat(2000);
    const reader = new ProgressReader({});
    for (let epoch = 1; epoch <= 50; epoch++) {
      reader.feed(junk);
      reader.feed(`Epoch ${epoch}/50\n`);
      assert.equal(reader.progress().epochsCompleted, epoch - 1);
      reader.feed(junk);
    }
  });

  it('learn a total that becomes known late, but from no less sure a source', () => {
    const reader = readAll('Epoch 1\n');
    reader.learn({ totalEpochs: 20, totalSource: 'history' });
    assert.deepEqual([reader.progress().totalEpochs, reader.progress().totalSource], [20, 'history']);
    reader.learn({ totalEpochs: 30, totalSource: 'config' });
    reader.learn({ totalEpochs: 40, totalSource: 'history' });
    assert.deepEqual([reader.progress().totalEpochs, reader.progress().totalSource], [30, 'config']);
    reader.feed('Epoch 2/50\n');
    assert.deepEqual([reader.progress().totalEpochs, reader.progress().totalSource], [50, 'output']);
  });

  it('of Lightning 1, whose bar of an epoch counts its validation, count steps of the training alone', () => {
    const epoch = (step: number) => bar(step, 24, 'Epoch 0');
    const validation = (step: number) => `\n${bar(step, 4, 'Validation')}\x1b[A`;
    const text = `${epoch(0)}${epoch(20)}${validation(0)}${validation(1)}${epoch(21)}${validation(2)}${epoch(22)}\r`;
    assert.deepEqual(steps(read(text)), [20, 20, 'epoch']);
    const late = `${epoch(0)}${epoch(21)}${validation(1)}${validation(2)}${epoch(22)}\r`;
    assert.deepEqual(steps(read(late)), [20, 20, 'epoch']);
  });

  it('of Optuna count trials by its bar and by its lines alike', () => {
    const trial = (done: number) =>
      `\n[I 2026-01-01 00:00:00,000] Trial ${done - 1} finished with value: 0.5 and parameters: {}.\n${bar(done, 20, 'Best trial: 0. Best value: 0.5')}`;
    const progress = read(`${bar(0, 20)}${trial(1)}${trial(2)}\r`);
    assert.deepEqual(steps(progress), [2, 20, 'run']);
    assert.equal(progress.epoch, null);
  });

  it('of skorch, whose bar goes on through the validation, count steps of the training alone', () => {
    const loss = (step: number, name: string) => bar(step, 25).replace(']', `, ${name}_loss=0.5]`);
    const text = `${loss(8, 'train')}${loss(20, 'train')}${loss(24, 'valid')}${loss(25, 'valid')}\r`;
    assert.equal(read(text).step, 20);
    assert.equal(read(text.replaceAll('train_', '')).step, 25);
    const row = '\n  epoch    train_loss    valid_loss     dur\n      1        0.48       0.12  1.0063\n';
    assert.equal(read(`${loss(19, 'train')}${loss(23, 'valid')}${row}`).epochsCompleted, 1);
  });

  it('of Ultralytics in a narrow terminal are told by the head of each epoch', () => {
    const head = '      Epoch    GPU_mem   box_loss   cls_loss   dfl_loss  Instances       Size\n';
    const row = (step: number, total: number) =>
      `\r       …: 50% ━━━━━━────── ${step}/${total} 4.2it/s 1s<1s`;
    const epoch = `${head}${row(2, 12)}${row(12, 12)}\n${row(1, 2)}${row(2, 2)}\n`;
    const progress = read(`${epoch}${epoch}${head}${row(5, 12)}\r`, {
      totalEpochs: 3,
      totalSource: 'command',
    });
    assert.deepEqual(epochs(progress), [3, 2, 3]);
    assert.deepEqual(steps(progress), [5, 12, 'epoch']);
  });

  it('of Keras are not taken for begun by an evaluation before them', () => {
    const keras = (step: number) => `\r${step}/8 ━━━━━━ 1s 5ms/step - loss: 0.5`;
    assert.equal(read(`${keras(1)}${keras(8)}\n`).step, null);
    assert.deepEqual(steps(read(`${keras(8)}\nEpoch 1/2\n${keras(3)}\n`)), [3, 8, 'epoch']);
    assert.equal(read(`${keras(3)}\n`, { totalEpochs: 1, totalSource: 'command' }).step, 3);
  });

  it('are not over by a report from within an epoch', () => {
    const progress = read(`${bars(20, 'Epoch 1/3')}${bar(8, 20, 'Epoch 2/3')}\nepoch 2: loss 0.5\n`);
    assert.deepEqual(epochs(progress), [2, 1, 3]);
  });

  it('that count from 0 and end one before their total have as many epochs as they print', () => {
    const lines = [0, 1, 2, 3].map((epoch) => `[Epoch ${epoch}/4] [Batch 19/20] loss: 0.5\n`).join('');
    assert.deepEqual(epochs(finished(lines)), [4, 4, 4]);
  });

  it('whose engines are nested go on where the inner one names its own epoch', () => {
    const engine = 'ignite.engine Epoch[1] Complete. Time taken: 00:00:01\n';
    const outer = (epoch: number) => `${bars(20, `Epoch [${epoch}/3]`)}\n${engine}`;
    assert.deepEqual(epochs(read(outer(1) + outer(2) + outer(3))), [3, 2, 3]);
  });

  it('whose fractions come late, by a pipe’s buffer, have the epochs of their end', () => {
    const log = (epoch: number) => `{'loss': 0.5, 'learning_rate': 5e-05, 'epoch': ${epoch}}\n`;
    const end = "{'train_runtime': 12.3, 'train_loss': 0.5, 'epoch': 3.0}\n";
    const late = [0.5, 1, 1.5, 2, 2.5, 3].map(log).join('') + end;
    const text = `${bar(0, 60)}${bar(30, 60)}${bar(60, 60)}\n${late}`;
    assert.deepEqual(steps(read(`${bar(0, 60)}${bar(30, 60)}\r`)), [30, 60, 'run']);
    assert.deepEqual(epochs(finished(text)), [3, 3, 3]);
  });
});

describe('What is not the training', () => {
  it('is the search for a learning rate', () => {
    assert.deepEqual(steps(read(bars(60, 'Finding best initial lr'))), [null, null, null]);
  });
});

describe('Bars and numbers that begin anew', () => {
  it('are of the same training where a bar gets its name when its epoch is known', () => {
    const epoch = (number: number) => bar(0, 32) + bars(32, `Epoch ${number}`) + '\n';
    const progress = read(epoch(0) + epoch(1) + epoch(2) + bar(0, 32));
    assert.deepEqual(epochs(progress), [3, 2, null]);
  });

  it('are of another fit where the one before stands at its last epoch', () => {
    const named = (epoch: number, total: number) => bars(36, `${epoch}/${total} * Epoch (train)`) + '\n';
    const progress = finished(named(1, 2) + named(2, 2) + [1, 2, 3].map((epoch) => named(epoch, 3)).join(''));
    assert.deepEqual(epochs(progress), [3, 5, null]);
  });

  it('are of another fit of a search, which is no step', () => {
    const fit = 'Epoch 1/2 loss: 0.5\nEpoch 2/2 loss: 0.4\n[CV] END ....lr=0.1; total time=   0.7s\n';
    const progress = read(fit + fit);
    assert.equal(progress.epochsCompleted, 4);
    assert.equal(progress.step, null);
  });

  it('go on where a panel shows the epoch in progress with its loss', () => {
    assert.equal(read('│ model: resnet18   epoch: 1   loss: 0.9558 │\n').epochsCompleted, 0);
  });
});

describe('What was read', () => {
  it('is told by family, with the latest texts and why they are no progress', () => {
    const reader = readAll(`Epoch 1/3\n${bar(3, 5, 'Validation')}\nhello\nwritten at 12:30\n`);
    const { recognised, latest } = reader.reading();
    assert.deepEqual(recognised.map(({ family }) => family).sort(), ['epoch-line', 'tqdm']);
    assert.deepEqual(
      latest.map(({ takenFor }) => takenFor),
      [
        'epoch 1 of 3',
        'a validation',
        'nothing: it holds no number',
        'nothing: it names no epoch and no step, and is no bar',
      ],
    );
  });

  it('stays small, however much is read', () => {
    const reader = new ProgressReader({});
    for (let chunk = 0; chunk < 200; chunk++) reader.feed(`${bar(chunk, 500)}\n${'x'.repeat(50_000)}\n`);
    const { latest } = reader.reading();
    assert(latest.length <= 40);
    assert(latest.reduce((sum, { text }) => sum + text.length, 0) < 40_000);
  });
});
