import assert from 'node:assert/strict';
import { ProcTree } from '../../hardware/procTree.ts';
import { Procfs } from '../../../src/core/metering/procfs.ts';
import { ProcessTrees, type TreeRoot, type TreeUsage } from '../../../src/core/metering/processTree.ts';

const ITSELF: TreeRoot = { pid: 50, startSeconds: 100, counts: 'itself', childrenSinceSeconds: 0 };
const SHELL: TreeRoot = { pid: 50, startSeconds: 100, counts: 'children', childrenSinceSeconds: 200 };

describe('Process trees', () => {
  let proc: ProcTree;
  let trees: ProcessTrees;

  beforeEach(() => {
    proc = new ProcTree();
    proc.process({ pid: 1, parent: 0, session: 1, startSeconds: 0 });
    proc.process({ pid: 50, parent: 1, session: 50, startSeconds: 100, cpuSeconds: 10, residentBytes: 4096 });
    trees = new ProcessTrees(new Procfs(proc.root));
  });

  afterEach(() => proc.remove());

  function scan(root: TreeRoot): TreeUsage {
    const usage = trees.scan().get(root);
    assert(usage);
    return usage;
  }

  /** CPU seconds that the tree is seen to use while `change` happens. */
  function cpuDuring(root: TreeRoot, change: () => void): number {
    const before = scan(root).cpuSeconds;
    change();
    return Math.round((scan(root).cpuSeconds - before) * 100) / 100;
  }

  function figures(root: TreeRoot) {
    const { members, ...rest } = scan(root);
    return { ...rest, pids: [...members.keys()].sort() };
  }

  it('counts a process and all that descend from it, not its siblings', () => {
    trees.add(ITSELF);
    proc.process({ pid: 60, parent: 50, startSeconds: 150, cpuSeconds: 5, residentBytes: 8192 });
    proc.process({ pid: 61, parent: 60, startSeconds: 151, cpuSeconds: 2 });
    proc.process({ pid: 70, parent: 1, startSeconds: 150, cpuSeconds: 99 });
    assert.deepEqual(figures(ITSELF), {
      cpuSeconds: 17,
      rawCpuSeconds: 17,
      residentBytes: 12_288,
      alive: 3,
      isStopped: false,
      pids: [50, 60, 61],
    });
  });

  it('counts of a shell only children that started in time, and not the shell', () => {
    trees.add(SHELL);
    proc.process({ pid: 60, parent: 50, startSeconds: 150, cpuSeconds: 77, residentBytes: 8192 });
    proc.process({ pid: 61, parent: 50, startSeconds: 200, cpuSeconds: 2, residentBytes: 4096 });
    assert.deepEqual(figures(SHELL), {
      cpuSeconds: 2,
      rawCpuSeconds: 2,
      residentBytes: 4096,
      alive: 1,
      isStopped: false,
      pids: [50, 61],
    });
  });

  it('finds children at the next look', () => {
    trees.add(ITSELF);
    assert.equal(
      cpuDuring(ITSELF, () => proc.process({ pid: 60, parent: 50, startSeconds: 150, cpuSeconds: 3 })),
      3,
    );
  });

  it('keeps a child that init adopted, and finds the children it has then', () => {
    trees.add(ITSELF);
    proc.process({ pid: 60, parent: 50, session: 60, startSeconds: 150, cpuSeconds: 1 });
    scan(ITSELF);
    proc.process({ pid: 60, parent: 1, session: 60, startSeconds: 150, cpuSeconds: 1 });
    proc.process({ pid: 61, parent: 60, session: 60, startSeconds: 160, cpuSeconds: 4 });
    assert.equal(scan(ITSELF).cpuSeconds, 15);
  });

  it('finds an orphan that was never seen with its parent by the session it was born in', () => {
    trees.add(SHELL);
    proc.process({ pid: 60, parent: 1, session: 50, startSeconds: 210, cpuSeconds: 4 });
    proc.process({ pid: 61, parent: 1, session: 50, startSeconds: 190, cpuSeconds: 50 });
    proc.process({ pid: 62, parent: 1, session: 62, startSeconds: 210, cpuSeconds: 50 });
    assert.equal(scan(SHELL).cpuSeconds, 4);
  });

  it('takes over children too short-lived to be seen from the one that waited for them', () => {
    trees.add(SHELL);
    proc.process({ pid: 60, parent: 50, startSeconds: 210, cpuSeconds: 1 });
    const used = cpuDuring(SHELL, () =>
      proc.process({ pid: 60, parent: 50, startSeconds: 210, cpuSeconds: 1, childrenCpuSeconds: 6 }),
    );
    assert.equal(used, 6);
  });

  it('neither loses nor doubles a child that ends and is waited for', () => {
    trees.add(ITSELF);
    proc.process({ pid: 60, parent: 50, startSeconds: 150, cpuSeconds: 5 });
    const used = cpuDuring(ITSELF, () => {
      proc.end(60);
      proc.process({
        pid: 50,
        parent: 1,
        session: 50,
        startSeconds: 100,
        cpuSeconds: 10,
        childrenCpuSeconds: 5.5,
      });
    });
    assert.equal(used, 0.5);
  });

  it('keeps what a child used that nobody waited for', () => {
    trees.add(ITSELF);
    proc.process({ pid: 60, parent: 50, startSeconds: 150, cpuSeconds: 5 });
    assert.equal(
      cpuDuring(ITSELF, () => proc.end(60)),
      0,
    );
  });

  it('does not double a training that ends together with the script that started it', () => {
    trees.add(SHELL);
    proc.process({ pid: 60, parent: 50, startSeconds: 210, cpuSeconds: 0.5 });
    proc.process({ pid: 61, parent: 60, startSeconds: 211, cpuSeconds: 3600 });
    const used = cpuDuring(SHELL, () => {
      proc.end(61);
      proc.end(60);
      proc.process({
        pid: 50,
        parent: 1,
        session: 50,
        startSeconds: 100,
        cpuSeconds: 10,
        childrenCpuSeconds: 3601,
      });
    });
    assert.equal(used, 0.5);
  });

  it('does not take a process for another that had its pid', () => {
    trees.add(ITSELF);
    proc.process({ pid: 60, parent: 50, startSeconds: 150, cpuSeconds: 5 });
    scan(ITSELF);
    proc.process({ pid: 60, parent: 1, session: 60, startSeconds: 300, cpuSeconds: 99 });
    assert.equal(scan(ITSELF).alive, 1);
    assert.equal(scan(ITSELF).cpuSeconds, 15);
  });

  it('ends with its root when another process has the root’s pid', () => {
    trees.add(ITSELF);
    scan(ITSELF);
    proc.process({ pid: 50, parent: 1, startSeconds: 300, cpuSeconds: 99 });
    proc.process({ pid: 60, parent: 50, startSeconds: 310, cpuSeconds: 99 });
    const usage = scan(ITSELF);
    assert.equal(usage.alive, 0);
    assert.equal(usage.cpuSeconds, 10);
  });

  it('does not count the dead as alive', () => {
    trees.add(SHELL);
    proc.process({ pid: 60, parent: 50, startSeconds: 210, state: 'Z', cpuSeconds: 5 });
    const usage = scan(SHELL);
    assert.equal(usage.alive, 0);
    assert.equal(usage.cpuSeconds, 5);
  });

  it('sees before long that a stranger’s pid is now a member’s', () => {
    trees.add(ITSELF);
    proc.process({ pid: 60, parent: 1, session: 1, startSeconds: 120, cpuSeconds: 9 });
    scan(ITSELF);
    proc.process({ pid: 60, parent: 50, session: 50, startSeconds: 150, cpuSeconds: 3 });
    for (let pass = 0; pass < 16; pass++) scan(ITSELF);
    assert.equal(scan(ITSELF).cpuSeconds, 13);
  });

  it('is not hung up by a loop of parents', () => {
    trees.add(ITSELF);
    proc.process({ pid: 60, parent: 61, session: 9, startSeconds: 150 });
    proc.process({ pid: 61, parent: 60, session: 9, startSeconds: 150 });
    assert.equal(scan(ITSELF).alive, 1);
  });
});
