import assert from 'node:assert/strict';
import { ProcTree } from '../../hardware/procTree.ts';
import { Procfs } from '../../../src/core/metering/procfs.ts';

describe('Procfs', () => {
  let tree: ProcTree;
  let procfs: Procfs;

  beforeEach(() => {
    tree = new ProcTree({
      busySeconds: 400,
      uptimeSeconds: 5000,
      totalMemoryBytes: 2 ** 34,
      usedMemoryBytes: 2 ** 32,
    });
    procfs = new Procfs(tree.root);
  });

  afterEach(() => tree.remove());

  it('reads a process', () => {
    const shown = {
      parent: 7,
      session: 5,
      state: 'R',
      startSeconds: 12.34,
      cpuSeconds: 5.67,
      childrenCpuSeconds: 8.9,
      residentBytes: 40_960_000,
    };
    tree.process({ pid: 42, ...shown });
    assert.deepEqual(procfs.stat(42), {
      pid: 42,
      parentPid: 7,
      sessionId: 5,
      state: 'R',
      startSeconds: 12.34,
      ownCpuSeconds: 5.67,
      childrenCpuSeconds: 8.9,
      residentBytes: 40_960_000,
    });
  });

  for (const name of ['a b', 'x) R 1 2 3', ')(', ') (', 'pt_main_thread)']) {
    it(`is not misled by a process named ${name}`, () => {
      tree.process({ pid: 42, parent: 7, name, startSeconds: 12 });
      const stat = procfs.stat(42);
      assert.equal(stat?.parentPid, 7);
      assert.equal(stat.startSeconds, 12);
    });
  }

  it('lists processes only', () => {
    tree.process({ pid: 1 });
    tree.process({ pid: 42 });
    assert.deepEqual(procfs.pids().sort(), [1, 42]);
  });

  it('counts as busy what processes and the kernel did, not waiting nor stolen time', () => {
    assert.deepEqual(procfs.load(), {
      ...{ busySeconds: 400, capacitySeconds: 400 + 1000 + 7.77 },
      ...{ usedMemoryBytes: 2 ** 32, totalMemoryBytes: 2 ** 34 },
    });
  });

  it('reads uptime and command lines', () => {
    tree.process({ pid: 42, commandLine: ['python', 'train me.py', ''] });
    assert.equal(procfs.uptimeSeconds(), 5000);
    assert.deepEqual(procfs.commandLine(42), ['python', 'train me.py', '']);
  });

  it('reads nothing, and throws nothing, where there is nothing', () => {
    const nowhere = new Procfs('/nowhere/proc');
    assert.deepEqual(nowhere.pids(), []);
    assert.equal(nowhere.stat(1), null);
    assert.equal(nowhere.load(), null);
    assert.equal(nowhere.uptimeSeconds(), null);
    assert.equal(nowhere.commandLine(1), null);
    tree.write('43/stat', '43 (half');
    assert.equal(procfs.stat(43), null);
  });

  it('reads this very process', function () {
    if (process.platform !== 'linux') return this.skip();
    const stat = new Procfs().stat(process.pid);
    assert.equal(stat?.parentPid, process.ppid);
    assert(stat.residentBytes > 1e7 && stat.residentBytes < 1e11);
    assert(
      Math.abs(stat.ownCpuSeconds - process.cpuUsage().user / 1e6 - process.cpuUsage().system / 1e6) < 0.5,
    );
  });
});
