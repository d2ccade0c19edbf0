import assert from 'node:assert/strict';
import { metricsIn } from '../../../src/core/metrics/metrics.ts';
import { headIn, rowIn } from '../../../src/core/metrics/table.ts';

/** Texts as the frameworks print them, most of them out of the recordings in test/corpus. */
const TEXTS: readonly (readonly [string, Readonly<Record<string, number>>])[] = [
  ['loss: 0.123', { loss: 0.123 }],
  ["{'loss': 0.6923, 'learning_rate': 1.1e-05, 'epoch': 2.33}", { loss: 0.6923 }],
  [
    "{'eval_loss': '0.6935', 'eval_runtime': '0.4677', 'eval_samples_per_second': '171'}",
    { eval_loss: 0.6935 },
  ],
  ['Epoch 3/30 val_acc=0.91', { val_acc: 0.91 }],
  [
    '25/25 ━━━━━━━━ 0s 51ms/step - accuracy: 0.6328 - loss: 0.8488 - val_loss: 1.5e-01',
    { accuracy: 0.6328, loss: 0.8488, val_loss: 0.15 },
  ],
  ['Epoch 2:  52%|███▉  | 21/40 [00:00<00:00, 25.17it/s, loss=0.432, v_num=0]', { loss: 0.432 }],
  [
    '[31]\ttrain-logloss:0.06873\teval-logloss:0.15985',
    { 'train-logloss': 0.06873, 'eval-logloss': 0.15985 },
  ],
  [
    "[30]\ttraining's binary_logloss: 0.07\tvalid_1's binary_logloss: 0.12",
    { training_binary_logloss: 0.07, valid_binary_logloss: 0.12 },
  ],
  ['Epoch: [2][10/60] Loss 2.1e-01 (5.4e-01) Acc@1  56.25 ( 51.88)', { Loss: 0.54, 'Acc@1': 51.88 }],
  ['Test: [ 0/10]  Loss: 0.198 (0.454)  Acc@1: 62.5 (61.25)', { test_Loss: 0.454, 'test_Acc@1': 61.25 }],
  ['|    value_loss           | 0.0521        |', { value_loss: 0.0521 }],
  ['Epoch 3/4 | train loss 0.6889 | val loss 0.71', { train_loss: 0.6889, val_loss: 0.71 }],
  ['accuracy 47/50 (94%)', { accuracy: 94 }],
  ['acc=12/40', { acc: 0.3 }],
  ['{"epoch": 4, "train_loss": 0.4441, "lr": 0.01, "time": 1795551886.1}', { train_loss: 0.4441 }],
];

/** None of these tells how good the model is. */
const OTHERS = [
  ...['Epoch 3/30', 'loss_scale: 65536', 'grad_accum_steps: 4', 'gradient_accumulation_steps .. 1'],
  ...[
    'Map: 100%|████| 5/5',
    'Start training from score 0.124159',
    'loss: nan',
    'loss: inf',
    'val_loss did not improve',
  ],
  ...[
    'Download speed: 3.4',
    'eval_runtime: 0.46',
    'account: 12',
    'best loss: 0.3',
    'loss: 1.2.3',
    'lossless: yes',
  ],
];

describe('Metrics in a text', () => {
  for (const [text, metrics] of TEXTS)
    it(`are read from ${JSON.stringify(text)}`, () => assert.deepEqual(metricsIn(text), metrics));

  for (const text of OTHERS) it(`are not seen in ${text}`, () => assert.equal(metricsIn(text), null));

  it('have names that are plain, whatever the text is', () => {
    const hostile = [
      '<img src=x onerror=alert(1)>loss: 0.5',
      '\u202eloss: 0.5 <script>acc=1</script>',
      `${'loss'.repeat(2500)}: 0.5`,
      '__proto__loss: 0.5, constructor_loss: 1',
    ];
    for (const text of hostile)
      for (const name of Object.keys(metricsIn(text) ?? {})) assert.match(name, /^[A-Za-z][\w@/.-]{0,60}$/);
    assert.equal(({} as Record<string, unknown>)['loss'], undefined);
  });

  it('are at most so many in one text', () => {
    const text = Array.from({ length: 500 }, (_, index) => `l${index}_loss=0.${index}`).join(' ');
    assert.ok(Object.keys(metricsIn(text) ?? {}).length <= 24);
  });
});

describe('Metrics in a table', () => {
  const read = (head: string, row: string) => {
    const columns = headIn(head);
    return columns && rowIn(columns, row);
  };

  it('are those of the columns that the head names', () => {
    assert.deepEqual(
      read(
        'epoch     train_loss  valid_loss  accuracy  time',
        '0         1.159069    0.917083    0.8375    00:01',
      ),
      { train_loss: 1.159069, valid_loss: 0.917083, accuracy: 0.8375 },
    );
    assert.deepEqual(
      read(
        '      Epoch    GPU_mem   box_loss   cls_loss   dfl_loss  Instances       Size',
        '        1/3      0.5G      1.266     0.671     0.6226         17        640: 100%|███| 8/8',
      ),
      { box_loss: 1.266, cls_loss: 0.671, dfl_loss: 0.6226 },
    );
  });

  it('are none under a head without any, and in a line that is no row', () => {
    assert.equal(headIn('epoch     time'), null);
    assert.equal(read('epoch  train_loss', 'saved after 1.5 hours'), null);
    assert.equal(read('epoch  train_loss', '1'), null);
  });
});
