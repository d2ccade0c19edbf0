import assert from 'node:assert/strict';
import { epochsFromCommand } from '../../../src/core/progress/commandLine.ts';

const COMMANDS: readonly (readonly [string, number | null])[] = [
  ['python train.py --epochs 30', 30],
  ['python run_glue.py --num_train_epochs=3 --lr 2e-5', 3],
  ['python -m app trainer.max_epochs=12', 12],
  ['train --max-epochs 4 --name epochs', 4],
  ['python train.py --epochs-dir 4', null],
  ['python train.py --epochs 0', null],
  ['python train.py', null],
];

describe('Epochs that a command names', () => {
  for (const [command, epochs] of COMMANDS) {
    it(command, () => assert.equal(epochsFromCommand(command), epochs));
  }
});
