import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configFiles, totalsFromConfigs } from '../../../src/core/progress/configFile.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';

describe('Configuration files that a command names', () => {
  let folder: string;

  before(() => {
    folder = tempFolder('config');
  });

  after(() => removeFolder(folder));

  function write(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }

  async function totals(name: string, text: string) {
    write(name, text);
    const { totalEpochs = null, totalSteps = null } = await totalsFromConfigs(
      `train --config ${name}`,
      folder,
    );
    return [totalEpochs, totalSteps];
  }

  it('tell how much there is to do, in YAML, JSON, TOML and Python', async () => {
    assert.deepEqual(await totals('a.yaml', 'trainer:\n  max_epochs: 30 # enough\n  lr: 0.1\n'), [30, null]);
    assert.deepEqual(await totals('a.json', '{"num_train_epochs":3,"max_steps":500}'), [3, 500]);
    assert.deepEqual(await totals('a.toml', '[train]\nepochs = 12\n'), [12, null]);
    assert.deepEqual(await totals('a.py', 'max_iters = 5000\n# max_iters = 7\n'), [null, 5000]);
  });

  it('say nothing by other keys, fractions, or values that differ', async () => {
    assert.deepEqual(
      await totals('b.yaml', 'warmup_epochs: 5\nsave-epochs: 6\nepochs: 1.5\nmax_steps: -1\n'),
      [null, null],
    );
    assert.deepEqual(await totals('b.yaml', 'first:\n  epochs: 5\nsecond:\n  epochs: 7\n'), [null, null]);
  });

  it('are found by options, assignments and Hydra’s words; the script is none', () => {
    assert.deepEqual(configFiles('python train.py config/gpt.py --config=a.yaml "b c.json"'), [
      'config/gpt.py',
      'a.yaml',
      'b c.json',
    ]);
    assert.deepEqual(configFiles('python train.py --config-path cfg --config-name big'), [
      path.join('cfg', 'big.yaml'),
    ]);
    assert.deepEqual(configFiles('python train.py --epochs 3'), []);
  });

  it('that are missing, folders or huge say nothing', async () => {
    write('huge.yaml', `epochs: 3\n${'x'.repeat(300_000)}`);
    mkdirSync(path.join(folder, 'folder.yaml'));
    for (const name of ['none.yaml', 'folder.yaml', 'huge.yaml', '/dev/zero.yaml'])
      assert.deepEqual(await totalsFromConfigs(`train ${name}`, folder), {});
  });
});
