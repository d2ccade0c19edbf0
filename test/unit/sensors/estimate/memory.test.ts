import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, tempFolder } from '../../../hardware/tempFolder.ts';
import { memoryPower, readModules } from '../../../../src/core/sensors/estimate/memory.ts';
import { NO_OVERRIDES } from '../../../../src/core/sensors/estimate/overrides.ts';

const LINUX = { platform: 'linux', arch: 'x64' } as const;

/** Lines as systemd's `dmi_memory_id` has udev keep them. */
function slot(index: number, bytes: number, type: string): string {
  if (bytes === 0) return `E:MEMORY_DEVICE_${index}_PRESENT=0\nE:MEMORY_DEVICE_${index}_TYPE=Unknown\n`;
  return `E:MEMORY_DEVICE_${index}_SIZE=${bytes}\nE:MEMORY_DEVICE_${index}_TYPE=${type}\nE:MEMORY_DEVICE_${index}_LOCATOR=DIMM ${index}\n`;
}

describe('Memory modules', () => {
  const folder = tempFolder('udev');
  const file = path.join(folder, '+dmi:id');

  after(() => removeFolder(folder));

  function modulesOf(text: string) {
    writeFileSync(file, `I:12345\n${text}E:MEMORY_ARRAY_NUM_DEVICES=4\nG:dmi\n`);
    return readModules(LINUX, file);
  }

  it('are those slots of the firmware’s table that are filled', async () => {
    const gigabytes = 16 * 2 ** 30;
    const text = slot(0, 0, '') + slot(1, gigabytes, 'DDR5') + slot(2, 0, '') + slot(10, gigabytes, 'DDR5');
    assert.deepEqual(await modulesOf(text), { count: 2, isLowPower: false });
  });

  it('are low-power ones where all are LPDDR', async () => {
    const soldered = slot(0, 2 ** 32, 'LPDDR5') + slot(1, 2 ** 32, 'LPDDR5');
    assert.deepEqual(await modulesOf(soldered), { count: 2, isLowPower: true });
    assert.deepEqual(await modulesOf(soldered + slot(2, 2 ** 33, 'DDR5')), { count: 3, isLowPower: false });
  });

  it('are unknown where nothing tells them', async () => {
    assert.equal(await modulesOf(''), null);
    assert.equal(await modulesOf('E:MEMORY_DEVICE_0_SIZE=lots\n'), null);
    assert.equal(await readModules(LINUX, path.join(folder, 'missing')), null);
    assert.equal(await readModules({ platform: 'freebsd', arch: 'x64' }), null);
  });

  it('are low-power ones on every Mac with a processor of Apple', async () => {
    assert.equal((await readModules({ platform: 'darwin', arch: 'arm64' }))?.isLowPower, true);
    assert.equal(await readModules({ platform: 'darwin', arch: 'x64' }), null);
  });
});

describe('Memory power', () => {
  it('goes by modules, else by size, and names the source', () => {
    const bySize = memoryPower(64, null, NO_OVERRIDES);
    assert.equal(bySize.watts, 64 * 0.3725);
    assert.match(bySize.basis, /64\.0 GB at 0\.3725 W\/GB \(Green Algorithms, 2021\)/);
    const byModules = memoryPower(64, { count: 2, isLowPower: false }, NO_OVERRIDES);
    assert.equal(byModules.watts, 10);
    assert.match(byModules.basis, /in 2 modules at 5 W each \(CodeCarbon\)/);
    const laptop = memoryPower(16, { count: 8, isLowPower: true }, NO_OVERRIDES);
    assert.equal(laptop.watts, 16 * 0.12);
    assert.match(laptop.basis, /LPDDR, our judgement/);
  });

  it('goes by the user’s setting before everything', () => {
    const told = { ...NO_OVERRIDES, dramWattsPerGigabyte: 0.2 };
    const { watts, uncertainty, basis } = memoryPower(64, { count: 2, isLowPower: false }, told);
    assert.deepEqual([watts, uncertainty], [12.8, 0.25]);
    assert.match(basis, /0\.2 W\/GB \(your setting\)/);
  });
});
