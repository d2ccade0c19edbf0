import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DrmTree, type CardFiles } from '../../../hardware/drmTree.ts';
import { GpuEstimateSensor } from '../../../../src/core/sensors/estimate/gpuEstimate.ts';
import { amdBoardWatts, GPU_IDLE_SHARE, gpuWatts } from '../../../../src/core/sensors/estimate/gpuModel.ts';
import { NO_OVERRIDES } from '../../../../src/core/sensors/estimate/overrides.ts';
import { AmdGpuSensor } from '../../../../src/core/sensors/linux/amdGpu.ts';

const ADDRESS = '0000:03:00.0';

/** Radeon RX 6800 XT without a power value. */
const CARD: CardFiles = { vendor: '0x1002', device: '0x73bf', revision: '0xc1', gpu_busy_percent: '40' };

describe('Estimate of GPUs from their load', () => {
  let tree: DrmTree;

  beforeEach(() => {
    tree = new DrmTree();
  });

  afterEach(() => tree.remove());

  function sensor(gpuFullWatts: number | null = null): GpuEstimateSensor {
    const overrides = () => ({ ...NO_OVERRIDES, gpuFullWatts });
    return new GpuEstimateSensor({ sysfs: tree.root, procfs: '/proc', overrides });
  }

  it('goes by the board power of the model', async () => {
    const device = tree.add(ADDRESS, CARD);
    const gpus = sensor();
    const { state, components, uncertainty, assumptions } = await gpus.probe();
    assert.deepEqual([state, components, uncertainty], ['ready', ['gpu'], 0.5]);
    assert.match(
      assumptions[0]?.text ?? '',
      /300 W at full load \(board power of its model, AMD\); 11 % of it idle/,
    );
    for (const busy of [40, 0, 100]) {
      writeFileSync(path.join(device, 'gpu_busy_percent'), `${busy}\n`);
      const [reading] = await gpus.read();
      assert(reading);
      assert.equal(reading.powerWatts, 300 * (0.11 + (0.89 * busy) / 100));
      assert.deepEqual(
        [reading.quality, reading.use?.busyShare, reading.use?.drmDevice],
        ['estimated', busy / 100, ADDRESS],
      );
    }
  });

  it('goes by the card’s own limit before that, and by the user’s setting before everything', async () => {
    tree.add(ADDRESS, { ...CARD, hwmon: { power1_cap: '255000000' } });
    assert.match(
      (await sensor().probe()).assumptions[0]?.text ?? '',
      /255 W at full load \(its power limit\)/,
    );
    const told = sensor(200);
    assert.match((await told.probe()).assumptions[0]?.text ?? '', /200 W at full load \(your setting\)/);
    assert.equal((await told.read())[0]?.powerWatts, gpuWatts(200, 0.4));
  });

  it('invents no power for an unknown model, and says what would help', async () => {
    tree.add(ADDRESS, { ...CARD, device: '0x9999' });
    const { state, message, fix } = await sensor().probe();
    assert.equal(state, 'refused');
    assert.match(message, /AMD GPU 9999 tells its load, but neither its power/);
    assert.match(fix ?? '', /trainingFootprint\.hardware\.gpuFullWatts/);
    assert.deepEqual(await sensor().read(), []);
    assert.equal((await sensor(180).probe()).state, 'ready');
  });

  it('leaves out other vendors, GPUs inside a processor, and cards that tell no load', async () => {
    tree.add('0000:01:00.0', { ...CARD, vendor: '0x10de' });
    tree.add('0000:05:00.0', { ...CARD, hwmon: { in1_input: '900', power1_cap: '15000000' } });
    tree.add('0000:06:00.0', { ...CARD, gpu_busy_percent: undefined });
    assert.equal((await sensor(200).probe()).state, 'absent');
  });

  it('does not wake a sleeping card', async () => {
    tree.add(ADDRESS, { ...CARD, runtimeStatus: 'suspended' });
    const gpus = sensor();
    assert.equal((await gpus.probe()).state, 'ready');
    assert.deepEqual(await gpus.read(), []);
  });

  it('gives no figure for a load that is none', async () => {
    const device = tree.add(ADDRESS, CARD);
    const gpus = sensor();
    await gpus.probe();
    for (const text of ['101', '-1', 'busy', '']) {
      writeFileSync(path.join(device, 'gpu_busy_percent'), text);
      assert.deepEqual(await gpus.read(), [], text);
    }
    assert.equal((await gpus.probe()).state, 'refused');
    rmSync(path.join(device, 'gpu_busy_percent'));
    assert.equal((await gpus.probe()).state, 'absent');
  });

  it('names a card as the sensor of its power does, whose place it takes', async () => {
    tree.add(ADDRESS, { ...CARD, hwmon: { power1_average: '123000000', power1_cap: '255000000' } });
    const measured = new AmdGpuSensor({ sysfs: tree.root, procfs: '/proc' });
    const estimated = sensor();
    await Promise.all([measured.probe(), estimated.probe()]);
    const [[a], [b]] = [await measured.read(), await estimated.read()];
    assert(a && b);
    assert.equal(b.device, a.device);
    assert.equal(estimated.gpuFamily, measured.gpuFamily);
  });
});

describe('Model of a GPU', () => {
  it('is linear between idle and full power', () => {
    assert.equal(gpuWatts(300, 1), 300);
    assert.equal(gpuWatts(300, 0), 300 * GPU_IDLE_SHARE);
    assert(Math.abs(gpuWatts(300, 0.5) - 166.5) < 1e-9);
  });

  it('knows cards by device and revision, and does not guess', () => {
    assert.equal(amdBoardWatts('0x744c', '0xC8'), 355);
    assert.equal(amdBoardWatts('0x744c', '0x00'), null);
    assert.equal(amdBoardWatts('', ''), null);
    assert.equal(amdBoardWatts('constructor', ''), null);
  });
});
