import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SysfsTree } from '../../../hardware/sysfsTree.ts';
import { codeOf, KernelFiles } from '../../../../src/core/sensors/linux/kernelFile.ts';

describe('Kernel files', () => {
  let tree: SysfsTree;

  beforeEach(() => (tree = new SysfsTree()));
  afterEach(() => tree.remove());

  function file(name: string, text: string | null = null): string {
    if (text === null) tree.fail(name, 'hang');
    else tree.write(name, text);
    return path.join(tree.root, name);
  }

  function outcome(files: KernelFiles, name: string): Promise<number | string> {
    return files.number(name).catch(codeOf);
  }

  it('tells whole numbers, and nothing else', async () => {
    const files = new KernelFiles();
    for (const [text, expected] of [
      ['12345678901234', 12345678901234],
      ['-5', -5],
      ['0', 0],
      ['', 'EBADMSG'],
      ['NaN', 'EBADMSG'],
      ['N/A', 'EBADMSG'],
      ['1.5', 'EBADMSG'],
      ['0x10', 'EBADMSG'],
      ['1e3', 'EBADMSG'],
      ['12 34', 'EBADMSG'],
      ['99999999999999999999', 'EBADMSG'],
    ] as const)
      assert.equal(await outcome(files, file('value', text)), expected, text);
    assert.equal(await outcome(files, path.join(tree.root, 'missing')), 'ENOENT');
    assert.equal(await outcome(files, tree.root), 'EISDIR');
  });

  it('sees each new value of a file, also of one that was replaced', async () => {
    const files = new KernelFiles();
    for (const value of [1, 22, 333]) assert.equal(await files.number(file('value', String(value))), value);
  });

  it('gives a driver up that does not answer, does not ask it again meanwhile, and reads it when it is well', async () => {
    const files = new KernelFiles();
    const hanging = file('hanging');
    assert.equal(await outcome(files, hanging), 'ETIMEDOUT');
    assert.equal(await outcome(files, hanging), 'ETIMEDOUT', 'at once: the first question is still open');
    tree.answer('hanging', '7');
    tree.mend('hanging');
    const healthy = file('hanging', '9');
    await until(async () => (await outcome(files, healthy)) === 9);
  });

  it('reads on beside a driver that hangs', async () => {
    const files = new KernelFiles();
    const hanging = outcome(files, file('hanging'));
    assert.equal(await outcome(files, file('healthy', '5')), 5);
    assert.equal(await hanging, 'ETIMEDOUT');
  });

  it('leaves a thread to the rest of Node, however many drivers hang, and goes on when they answer', async () => {
    const sensors = Array.from({ length: 4 }, () => new KernelFiles());
    const names = sensors.flatMap((_, sensor) => [0, 1, 2].map((number) => `hanging-${sensor}-${number}`));
    const asked = sensors.map((files, sensor) =>
      Promise.all([0, 1, 2].map((number) => outcome(files, file(`hanging-${sensor}-${number}`)))),
    );
    // opening, reading and closing here are each done by a thread
    assert.equal(await readFile(file('other', '6'), 'utf8'), '6\n');
    assert.deepEqual(
      (await Promise.all(asked)).flat(),
      names.map(() => 'ETIMEDOUT'),
    );
    for (const name of names) tree.mend(name);
    const healthy = file('healthy', '4');
    await until(async () => (await outcome(new KernelFiles(), healthy)) === 4);
  });
});

/** Waits until it is so; what is waited for comes by itself. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}
