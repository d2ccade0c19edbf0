import assert from 'node:assert/strict';
import { epochsFromCommand, stepsFromCommand } from '../../../src/core/progress/commandLine.ts';

const COMMANDS: readonly (readonly [string, number | null])[] = [
  ['python train.py --epochs 30', 30],
  ['python run_glue.py --num_train_epochs=3 --lr 2e-5', 3],
  ['python -m app trainer.max_epochs=12', 12],
  ['train --max-epochs 4 --name epochs', 4],
  ['python train.py --epochs-dir 4', null],
  ['python train.py --epochs 0', null],
  ['python train.py', null],
  ['python train.py train_config.num_epochs=7', 7],
  ["python train.py '+trainer.max_epochs=9'", 9],
  ['python train.py --warmup-epochs 5', null],
  ['python train.py -e 8', 8],
  ['grep -e 8 log', null],
  ['xgboost -e 8', null],
];

const STEPS: readonly (readonly [string, number | null])[] = [
  ['python run_clm.py --max_steps 500', 500],
  ['python train.py --max_iters=5000 --eval_iters=200', 5000],
  ['python ppo.py --total-timesteps 100000', 100_000],
  ['python fit.py --num_boost_round 60', 60],
  ['python study.py --n-trials=50', 50],
  ['python train.py trainer.max_steps=140', 140],
  ['python train.py --train-iters 100', 100],
  ['python train.py --warmup_steps 100', null],
  ['python train.py --save_steps 100', null],
  ['python train.py --epochs 3', null],
];

describe('Epochs that a command names', () => {
  for (const [command, epochs] of COMMANDS) {
    it(command, () => assert.equal(epochsFromCommand(command), epochs));
  }
});

describe('Steps of the run that a command names', () => {
  for (const [command, steps] of STEPS) it(command, () => assert.equal(stepsFromCommand(command), steps));
});
