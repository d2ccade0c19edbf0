import assert from 'node:assert/strict';
import type { ProgressEvent } from '../../../src/core/progress/event.ts';
import { Recogniser } from '../../../src/core/progress/recognise.ts';

type Sample = readonly [text: string, told: Partial<ProgressEvent> | null];

const VALIDATION = { phase: 'validate', epoch: null } as const;
const OTHER = { phase: 'other', epoch: null } as const;

/** By family: what it prints, and what that says. Null: no progress at all. */
const SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  tqdm: [
    [
      'Epoch 1/3:  40%|████      | 8/20 [00:01<00:02,  5.1it/s]',
      { epoch: 1, totalEpochs: 3, step: 8, totalSteps: 20 },
    ],
    [' 40%|####      | 8/20 [00:01<00:02,  1.31s/it]', { epoch: null, step: 8, totalSteps: 20 }],
    ['12it [00:03, 4.10it/s]', { step: 12, totalSteps: null }],
    ['Epoch 2: 12it [00:03, 4.10it/s]', { epoch: 2, step: 12 }],
    [
      'Epochs:  10%|█         | 3/30 [00:01<00:02,  5.1it/s]',
      { epoch: 3, epochFinished: true, totalEpochs: 30 },
    ],
    [' 10%|█         | 3/30 [00:01<00:02,  5.1epoch/s]', { epoch: 3, totalEpochs: 30, step: null }],
    [
      '1/3 * Epoch (train):  40%|████      | 8/20 [00:01<00:02,  5.1it/s]',
      { epoch: 1, totalEpochs: 3, step: 8 },
    ],
    [
      '40%|████      | 8/20 [00:01<00:02,  5.1it/s, epoch=3, loss=0.5]',
      { epoch: 3, isBeside: true, step: 8 },
    ],
    ['40%|████      | 8/20 [00:01<00:02,  5.1it/s, Epoch=3/30]', { epoch: 3, totalEpochs: 30, step: 8 }],
    ['E3/30:  40%|████      | 8/20 [00:01<00:02,  5.1it/s]', { epoch: 3, totalEpochs: 30, step: 8 }],
    ['Fold 1/5:  40%|████      | 8/20 [00:01<00:02,  5.1it/s]', { stage: 1, totalStages: 5, step: 8 }],
    ['Epoch 1/3:  40%|████      | 8/2', { epoch: 1, step: null, percent: 40 }],
    ['Train  40%|████      |  8/20 [00:01<00:02, 5.10 it/s]', { step: 8, totalSteps: 20 }],
    ['Epoch [1/3]: [8/20]  40%|████      , loss=0.3 [00:01<00:02]', { epoch: 1, step: 8, totalSteps: 20 }],
    ['Validating:  40%|████      | 8/20 [00:01<00:02,  5.1it/s]', VALIDATION],
    ['Downloading shards:  40%|████      | 8/20 [00:01<00:02,  5.1it/s]', OTHER],
    ['Map: 100%|██████████| 160/160 [00:00<00:00, 34776.84 examples/s]', OTHER],
    ['model.safetensors:  40%|████      | 440M/1.1G [00:01<00:02, 300MB/s]', OTHER],
    ['Loading checkpoint shards:  50%|█████     | 1/2 [00:01<00:01,  1.2s/it]', OTHER],
  ],
  lightning: [
    [
      'Epoch 0:  40%|████      | 8/20 [00:01<00:02,  5.1it/s, v_num=0]',
      { epoch: 0, countsFrom: 0, step: 8, totalSteps: 20 },
    ],
    ['Epoch 3: |          | 8/? [00:01<00:00,  5.1it/s, v_num=0]', { epoch: 3, step: 8, totalSteps: null }],
    [
      'Epoch 0/2  ━━━━━━╸━━━━━━━ 8/20 0:00:01 • 0:00:02 5.10it/s v_num: 0.000',
      { epoch: 0, totalEpochs: 2, step: 8 },
    ],
    ['Sanity Checking DataLoader 0: 100%|██████████| 2/2 [00:00<00:00, 50.1it/s]', OTHER],
    ['Validation DataLoader 0:  40%|████      | 8/20 [00:01<00:02,  5.1it/s]', VALIDATION],
    ['`Trainer.fit` stopped: `max_epochs=3` reached.', { totalEpochs: 3, isEnd: true }],
    ['`Trainer.fit` stopped: `max_steps=140` reached.', { totalSteps: 140, isCutOff: true }],
  ],
  rich: [
    ['Training ━━━━━━━━━╸━━━━━━━━━  40% 0:00:05', { percent: 40, step: null }],
    ['Epoch 2/3 ━━━━━━━━━╸━━━━━━━ 8/20 0:00:05', { epoch: 2, totalEpochs: 3, step: 8, totalSteps: 20 }],
    ['  20% ━━━━━━━━ 2,048/10,240  [ 0:00:01 < 0:00:04 , 1,000 it/s ]', { step: 2048, totalSteps: 10240 }],
    ['Epochs ━━━━━━━━━╸━━━━━━━ 1/5 -:--:--', { epoch: 1, totalEpochs: 5, epochFinished: true }],
    ['Epoch 2/3 ━━━━━━ 8/2…', { epoch: 2, step: null }],
    ['Downloading ━━━━━━━━━╸━━━━━━━ 8/20 0:00:05', OTHER],
    ['┏━━━┳━━━━━━━━┳━━━━━━━━━━━━┓', null],
    ['     ━━━━━━━━━━━━━━━━ 0/512 bytes ? eta -:--:--', OTHER],
    ['   ━━━━━━━━━━━━━━━━ 3/3 [scipy]', OTHER],
  ],
  'smaller bars': [
    ['Epoch 2 |███████▌        | ▃▅▇ 8/20 [40%] in 1s (~2s, 5.1/s)', { epoch: 2, step: 8, totalSteps: 20 }],
    ['|▁▃▅▇▅▃▁| 12 in 3.1s (4.10/s)', { step: 12, totalSteps: null }],
    [' 40% (8 of 20) |####      | Elapsed Time: 0:00:01 ETA:   0:00:02', { step: 8, totalSteps: 20 }],
    ['Epoch 1  [########------------]  8/20  00:00:02', { epoch: 1, step: 8, totalSteps: 20 }],
    ['Training  [########------------]   40%  00:00:02', { percent: 40, step: null }],
    [
      'Epoch  1/4 [########............]  40% loss=0.512',
      { epoch: 1, totalEpochs: 4, step: null, percent: 40 },
    ],
    ['Epoch 1/4: 40% |████████░░░░░░░░░░░░|', { epoch: 1, percent: 40 }],
    ['[=======>            ]  40% epoch 1/4 loss 0.5', { epoch: 1, totalEpochs: 4, percent: 40 }],
    ['Training: 8/20 [=======>............]', { step: 8, totalSteps: 20 }],
    ['Epoch 1/3 : |████████------| 40.00% [8/20 00:01<00:02 2.345]', { epoch: 1, totalEpochs: 3, step: 8 }],
  ],
  keras: [
    [' 8/20 ━━━━━━━━━━━━━━━━━━━━ 1s 50ms/step - loss: 0.5', { step: 8, totalSteps: 20 }],
    ['  8/20 [=====>........] - ETA: 1s - loss: 0.5', { step: 8, totalSteps: 20 }],
    ['      8/Unknown 1s 50ms/step', null],
    ['      8/Unknown - 1s 50ms/step - loss: 0.5', { step: 8, totalSteps: null }],
    ['20/20 - 1s - 50ms/step - loss: 0.5', { step: 20, epochFinished: true }],
  ],
  'hugging face': [
    [
      "{'loss': 0.5, 'grad_norm': 1.2, 'learning_rate': 5e-05, 'epoch': 1.53}",
      { epochsDone: 1.53, phase: 'train' },
    ],
    ["{'loss': '0.5', 'grad_norm': '1.2', 'learning_rate': '5e-05', 'epoch': '1'}", { epochsDone: 1 }],
    ["{'eval_loss': 0.5, 'eval_runtime': 1.2, 'epoch': 1.0}", { phase: 'validate', epochsDone: 1 }],
    ["{'train_runtime': 12.3, 'train_loss': 0.5, 'epoch': 3.0}", { isEnd: true, epochsDone: 3 }],
    ['  Num Epochs = 3', { totalEpochs: 3 }],
    ['  Total optimization steps = 1,500', { totalSteps: 1500 }],
    ['***** Running Evaluation *****', VALIDATION],
    ['[INFO|trainer.py:3200] 2026-11-25 19:41:34,851 >> ***** Running Evaluation *****', VALIDATION],
    ['2026-11-25 19:49:31,239 evaluator INFO: Epoch[1] Complete. Time taken: 00:00:00.307', VALIDATION],
  ],
  'epoch lines': [
    ['Epoch 3/30', { epoch: 3, totalEpochs: 30, epochFinished: false }],
    ['Epoch [3/30], Step [100/600], Loss: 0.3', { epoch: 3, step: 100, totalSteps: 600 }],
    ['Epoch 3 done in 12 s', { epoch: 3, epochFinished: true }],
    ['2024-06-20 12:00:00 INFO epoch: 3 - train_loss 0.31 - val_loss 0.4', { epoch: 3, epochFinished: true }],
    ['Train Epoch: 1 [1280/60000 (2%)]\tLoss: 0.5', { epoch: 1, step: 1280, totalSteps: 60000 }],
    ['Epoch: [0]  [ 10/100]  eta: 0:00:10  loss: 0.5', { epoch: 0, step: 11, totalSteps: 100 }],
    ['Epoch: [0][ 11/100]\tTime  0.1 ( 0.2)\tLoss 6.9', { epoch: 0, step: 11, totalSteps: 100 }],
    ['epoch 001:     10 / 100 loss=5.1, ppl=34', { epoch: 1, step: 10, totalSteps: 100 }],
    ['epoch 1 - iter 3/35 - loss 0.5 - time (sec): 1.2', { epoch: 1, step: 3, totalSteps: 35 }],
    ['06/20 12:00:00 - mmengine - INFO - Epoch(train)   [1][ 10/100]  lr: 1e-2', { epoch: 1, step: 10 }],
    ['{"epoch": 3, "train_loss": 0.3}', { epoch: 3, epochFinished: true }],
    ['3/30 epochs completed', { epoch: 3, totalEpochs: 30, epochFinished: true }],
    ['CarbonTracker: Epoch 3:', { epoch: 3, epochFinished: false }],
    ['Duration: 0:00:12.34', { epochFinished: true, epoch: null }],
    ['CarbonTracker: Predicted consumption for 30 epoch(s):', { totalEpochs: 30 }],
    ['Epoch 00003: val_loss improved from inf to 0.3, saving model to x.h5', null],
    ['Restoring model weights from the end of the best epoch: 2.', null],
    ['Epochs without improvement: 3/5', null],
    ['epoch=3-step=100.ckpt', null],
    ['[3/30] loss: 0.5', { epoch: 3, totalEpochs: 30, isUnsure: true }],
    ['[3/30] Building CXX object main.o', null],
    ['[2,  2000] loss: 2.173', { epoch: 2, step: 2000 }],
    ['[Epoch 0/200] [Batch 3/938] [D loss: 0.6] [G loss: 0.7]', { epoch: 0, step: 3, totalSteps: 938 }],
    ['INFO Train: [0/300][100/1251]\teta 1:23:45 lr 0.0001', { epoch: 0, step: 100, totalSteps: 1251 }],
    ['INFO EPOCH 0 training takes 0:01:12', { epoch: 0, epochFinished: true }],
    ['End of epoch 3 / 200 \t Time Taken: 12 sec', { epoch: 3, totalEpochs: 200, epochFinished: true }],
    ['Epochs: 1/5 | Loss: 0.5', { epoch: 1, totalEpochs: 5, epochFinished: true }],
    [
      '{"epoch": 1, "update": 0.5, "loss": "5.1", "num_updates": "10"}',
      { epochsDone: 0.5, epochFinished: false },
    ],
    ['Epoch(val) [3][50]\tbbox_mAP: 0.31', VALIDATION],
    ['fps total: 800 epoch: 3/100 frames: 3000', { epoch: 3, totalEpochs: 100 }],
    ['{"epoch": 3, "epochs": 30, "step": 8, "loss": 0.3}', { epoch: 3, totalEpochs: 30, step: 8 }],
    ['max epoch: 3', { epoch: null, totalEpochs: 3 }],
    ['INFO: [exper..][epoch:  2, iter:   1,000, lr:(1e-04,)]', { epoch: 2, step: 1000 }],
    ['ep=02 it=0100 loss=0.5', { epoch: 2, step: 100 }],
    ['Epoche 3/30 Verlust 0.5', { epoch: 3, totalEpochs: 30 }],
    ['Época 3/30 - pérdida: 0.5', { epoch: 3, totalEpochs: 30 }],
    ['Époque 3/30 - perte : 0.5', { epoch: 3, totalEpochs: 30 }],
    ['Эпоха 3/30, потери 0.5', { epoch: 3, totalEpochs: 30 }],
    ['エポック 3/30 損失: 0.5', { epoch: 3, totalEpochs: 30 }],
    ['에포크 3/30 손실 0.5', { epoch: 3, totalEpochs: 30 }],
    ['第 3/30 轮 损失 0.5', { epoch: 3, totalEpochs: 30 }],
    ['loss: 2.302  [   64/60000]', { step: 64, totalSteps: 60000, stepsOf: 'epoch' }],
  ],
  iterations: [
    [' iteration      100/    5000 | consumed samples: 800 | loss: 2.1', { step: 100, totalSteps: 5000 }],
    ['[06/20 12:00:00 d2.utils.events]:  eta: 0:10:00  iter: 19  total_loss: 1.2', { step: 19 }],
    ['iter 100: loss 2.3456, time 30.00ms, mfu 1.2%', { step: 100, totalSteps: null }],
    ['[2024-06-20] [INFO] [Rank 0] step=10, skipped=0, lr=[1e-05], mom=[0.9]', { step: 10 }],
    ['06/20 12:00:00 - mmengine - INFO - Iter(train) [  20/100]  lr: 1e-2', { step: 20, totalSteps: 100 }],
    ['06/20 12:00:00 - mmengine - INFO - Iter(val) [  20/100]  time: 0.1', VALIDATION],
    ['Training epoch 0, iteration 3/99 | lr: 1e-4 | global_step: 3', { epoch: 0, step: 4, totalSteps: 100 }],
    ['Iteration 10, loss = 0.51', { step: 10 }],
    ['INFO:tensorflow:loss = 0.5, step = 100 (0.101 sec)', { step: 100, totalSteps: null }],
    ['  Batch    40  of    241.    Elapsed: 0:00:08.', { step: 40, totalSteps: 241 }],
    ['Episode 10/500 | reward: 12.0', { step: 10, totalSteps: 500 }],
    ['building tree 10 of 100', { step: 10, totalSteps: 100 }],
    ['Saving checkpoint at step 100, loss 0.3', null],
    ['loss at step 100: 0.3', { step: 100 }],
    ['Step 1,050 / 2,000 loss 0.3', { step: 1050, totalSteps: 2000 }],
    ['After 100 iterations, loss = 0.5', { step: 100 }],
    ['Generation 5/50 best fitness 0.7', { step: 5, totalSteps: 50 }],
    ['global_step=4200, episodic_return=[20.]', { step: 4200 }],
    ['train | step:    100 | steps/sec:    5.0 | output:', { step: 100 }],
    [' 100: 500.1, 490.2 avg loss, 0.001 rate, 2.3 seconds, 6400 images', { step: 100, family: 'darknet' }],
    ['Train: 0 [  50/1251 (  4%)]  Loss: 6.9 (6.9)', { epoch: 0, step: 51, totalSteps: 1251 }],
    ['Test: [   0/48]  Time: 0.5', VALIDATION],
    ['|    total_timesteps     | 2048     |', { step: 2048, stepsOf: 'run' }],
  ],
  boosting: [
    ['[10]\tvalidation_0-logloss:0.51231', { step: 11, stepsOf: 'run', family: 'xgboost' }],
    ["[10]\tvalid_0's l2: 0.51231", { step: 10, stepsOf: 'run', family: 'lightgbm' }],
    ['[LightGBM] [Info] Iteration:10, training auc : 0.9', { step: 10, family: 'lightgbm' }],
    [
      '10:\tlearn: 0.5\ttest: 0.6\tbest: 0.6 (9)\ttotal: 50ms\tremaining: 5s',
      { step: 11, family: 'catboost' },
    ],
  ],
  percents: [
    ['0m 10s (5000 5%) 2.5342', { percent: 5, stepsOf: 'run' }],
    ['5000 5% (0m 10s) 2.5342 Abel / Irish ✗ (Scottish)', { percent: 5, stepsOf: 'run' }],
    ['300 (1.25%)         30.1 ms       10 m, 5 s', { percent: 1.25 }],
    ['Got 9500 (95%) right', null],
  ],
  trials: [
    [
      '[I 2024-06-20 12:00:00,000] Trial 3 finished with value: 0.5 and parameters: {}.',
      { step: 4, family: 'optuna' },
    ],
    ['Trial status: 2 TERMINATED | 1 RUNNING | 5 PENDING', { step: 2, totalSteps: 8, family: 'ray-tune' }],
    ['[CV 1/5; 1/3] END C=1;, score=0.9 total time=   0.1s', { isOneMore: true }],
    ['Fold 2/5', { stage: 2, totalStages: 5 }],
    ['=== Fold 2 ===', { stage: 2 }],
    ['Fold 2 accuracy: 0.93', null],
  ],
  yolo: [
    [
      '      1/100      2.3G      1.203      2.1        640:  40%|████      | 8/20 [00:01<00:02,  5.1it/s]',
      { epoch: 1, totalEpochs: 100, step: 8, totalSteps: 20 },
    ],
    [
      '      1/3         0G      1.2        640: 40% ━━━━╸─────── 8/20 4.2it/s 1.2s<2.3s',
      { epoch: 1, step: 8 },
    ],
    [
      '                 Class     Images  Instances      Box(P: 100%|██████████| 3/3 [00:01<00:00]',
      VALIDATION,
    ],
    ['3 epochs completed in 0.012 hours.', { isEnd: true }],
    ['Starting training for 100 epochs...', { totalEpochs: 100 }],
  ],
  'what is no training': [
    ['[#1 abc 12MiB/100MiB(12%)] 3/10', null],
    ['Collecting torch (from -r requirements.txt (line 3/10))', null],
    ['remote: Counting objects: 100% (20/20), done.', null],
    ['Step 3/10 : RUN pip install torch', null],
    ['100%|██████████| 9912422/9912422 [00:00<00:00, 48000000.00it/s]', OTHER],
    [' 50%[=====>     ] 1,234  --.-KB/s  eta 3s', OTHER],
    ['Hello, world', null],
    ['2024-06-20 12:00:00,123 INFO worker: item 12 of the queue in 3 ms', null],
  ],
};

describe('Families of output', () => {
  for (const [family, samples] of Object.entries(SAMPLES)) {
    describe(family, () => {
      for (const [text, told] of samples) it(text.trim(), () => assertTold(text, told));
    });
  }

  const TABLES: Readonly<Record<string, readonly [head: string, row: string, told: Partial<ProgressEvent>]>> =
    {
      fastai: [
        'epoch     train_loss  valid_loss  accuracy  time    ',
        '0         0.693147    0.693000    0.500000  00:01',
        { epoch: 0, countsFrom: 0, epochFinished: true },
      ],
      skorch: [
        '  epoch    train_loss    valid_acc    valid_loss     dur',
        '      1        0.6931       0.5000        0.6930  0.0123',
        { epoch: 1, epochFinished: true },
      ],
      spacy: [
        'E    #       LOSS TOK2VEC  LOSS TEXTCAT  CATS_SCORE  SCORE ',
        '  1     200          0.00          4.80      100.00    1.00',
        { epoch: 1, countsFrom: 0, step: 200, stepsOf: 'run' },
      ],
      'scikit-learn': [
        '      Iter       Train Loss   Remaining Time ',
        '        10           0.5120            0.05s',
        { step: 10, stepsOf: 'run' },
      ],
      'rich.live': ['┃ Epoch ┃ Train loss ┃', '│ 3     │ 0.6931     │', { epoch: 3, epochFinished: true }],
      csv: ['epoch,train_loss,val_loss', '3,0.69,0.5', { epoch: 3, epochFinished: true }],
    };

  for (const [name, [head, row, told]] of Object.entries(TABLES)) {
    it(`reads ${name}’s table by its head`, () => {
      const recogniser = new Recogniser();
      assert.equal(recogniser.recognise(row), null);
      recogniser.recognise(head);
      assert.partialDeepStrictEqual(recogniser.recognise(row), told);
    });
  }

  it('see past what a launcher puts before each line', () => {
    assertTold('[rank3]: [10]\tvalidation_0-logloss:0.51231', { step: 11 });
    assertTold('(train_fn pid=123) 20/20 - 1s - loss: 0.5', { step: 20 });
  });
});

function assertTold(text: string, told: Partial<ProgressEvent> | null): void {
  const event = new Recogniser().recognise(text);
  if (told === null) assert.equal(event, null);
  else assert.partialDeepStrictEqual(event, told);
}
