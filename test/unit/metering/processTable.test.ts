import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import fc from 'fast-check';
import { ProcTree } from '../../hardware/procTree.ts';
import { Procfs, type ProcessStat } from '../../../src/core/metering/procfs.ts';
import { ProcessTrees, type TreeRoot } from '../../../src/core/metering/processTree.ts';

const ROOT: TreeRoot = { pid: 50, startSeconds: 100, counts: 'itself', childrenSinceSeconds: 0 };
const SLEEPER = 61;

/** Looks enough for everyone who stands still to be taken for asleep. */
const MANY_LOOKS = 40;

/** So many looks at most until a sleeper is looked at in turn. */
const LOOKS_TO_A_TURN = 16;

describe('Process trees of many that sleep', () => {
  let proc: ProcTree;
  let trees: ProcessTrees;
  let busySeconds: number;

  beforeEach(() => {
    proc = new ProcTree();
    proc.process({ pid: 50, parent: 1, session: 50, startSeconds: 100 });
    trees = new ProcessTrees(new Procfs(proc.root));
    trees.add(ROOT);
    busySeconds = 1000;
  });

  afterEach(() => {
    trees.remove(ROOT);
    proc.remove();
  });

  function show(pid: number, cpuSeconds: number, parent = 50): void {
    proc.process({ pid, parent, session: 50, startSeconds: 150, cpuSeconds });
  }

  /** CPU seconds of the tree after the processors worked for so long. */
  function scan(workedSeconds: number): number {
    busySeconds += workedSeconds;
    return trees.scan(busySeconds).get(ROOT)?.cpuSeconds ?? NaN;
  }

  /** One works a second at each look, the other has nothing to do. */
  function fallAsleep(): number {
    let cpuSeconds = 0;
    show(SLEEPER, 0);
    for (let look = 0; look < MANY_LOOKS; look++) {
      show(60, cpuSeconds++);
      scan(1);
    }
    return cpuSeconds - 1;
  }

  it('see at once that a sleeper works, by what the processors did besides', () => {
    const worked = fallAsleep();
    show(60, worked + 1);
    show(SLEEPER, 1);
    assert.equal(scan(2), worked + 2);
  });

  it('see it at once, too, when it is the only one that works', () => {
    const worked = fallAsleep();
    show(SLEEPER, 1);
    assert.equal(scan(1), worked + 1);
  });

  it('lose nothing of what is too little to be seen at once', () => {
    const worked = fallAsleep();
    show(SLEEPER, 0.03);
    let seen = 0;
    for (let look = 0; look < LOOKS_TO_A_TURN; look++) seen = scan(0.03);
    assert.equal(Math.round((seen - worked) * 1000), 30);
  });

  it('see everything at a look that is told to', () => {
    const worked = fallAsleep();
    show(SLEEPER, 0.03);
    assert.equal(trees.scan().get(ROOT)?.cpuSeconds, worked + 0.03);
  });

  it('see at once that a sleeper is gone, and that another has its pid', () => {
    fallAsleep();
    proc.end(SLEEPER);
    scan(0);
    assert.equal(trees.scan(busySeconds).get(ROOT)?.alive, 2);
    proc.process({ pid: SLEEPER, parent: 1, session: 1, startSeconds: 900, cpuSeconds: 77 });
    assert.equal(trees.scan(busySeconds).get(ROOT)?.alive, 2);
  });

  it('neither lose nor double a child that ends, though the parent that waited for it slept', () => {
    const worked = fallAsleep();
    proc.end(60);
    const parent = { pid: 50, parent: 1, session: 50, startSeconds: 100 };
    proc.process({ ...parent, childrenCpuSeconds: worked });
    const seen = Array.from({ length: LOOKS_TO_A_TURN }, () => scan(0));
    assert.deepEqual([...new Set(seen)], [worked]);
  });

  it('do not read a sleeper at each look', () => {
    let reads = 0;
    class Counting extends Procfs {
      override stat(pid: number): ProcessStat | null {
        if (pid === SLEEPER) reads += 1;
        return super.stat(pid);
      }
      override keepStat(): null {
        return null;
      }
    }
    trees = new ProcessTrees(new Counting(proc.root));
    trees.add(ROOT);
    fallAsleep();
    reads = 0;
    for (let look = 0; look < LOOKS_TO_A_TURN * 3; look++) scan(0);
    assert.equal(reads, 3);
  });

  it('hold no file open once they are no longer followed', () => {
    if (process.platform !== 'linux') return;
    fallAsleep();
    assert.notEqual(openFilesIn(proc.root), 0);
    trees.remove(ROOT);
    assert.equal(openFilesIn(proc.root), 0);
  });

  it('count in the end exactly what was worked, whoever worked when, beside whatever strangers', () => {
    const look = fc.record({
      which: fc.integer({ min: 60, max: 69 }),
      ticks: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(300)),
      strangerTicks: fc.oneof(fc.constant(0), fc.nat(200)),
    });
    fc.assert(
      fc.property(fc.array(look, { maxLength: 60 }), (looks) => {
        const own = new Map(Array.from({ length: 10 }, (_, index) => [60 + index, 0]));
        for (const [pid] of own) show(pid, 0);
        const first = trees.scan().get(ROOT)?.cpuSeconds ?? NaN;
        for (const { which, ticks, strangerTicks } of looks) {
          own.set(which, (own.get(which) ?? 0) + ticks / 100);
          show(which, own.get(which) ?? 0);
          scan((ticks + strangerTicks) / 100);
        }
        const counted = (trees.scan().get(ROOT)?.cpuSeconds ?? NaN) - first;
        const worked = [...own.values()].reduce((sum, seconds) => sum + seconds, 0);
        for (const [pid] of own) proc.end(pid);
        trees.remove(ROOT);
        trees.add(ROOT);
        assert(Math.abs(counted - worked) < 0.001, `${counted} s counted, ${worked} s worked`);
      }),
      { numRuns: 200 },
    );
  });
});

function openFilesIn(folder: string): number {
  const targets = readdirSync('/proc/self/fd').map((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`);
    } catch {
      return ''; // the folder's own descriptor
    }
  });
  return targets.filter((target) => target.startsWith(folder)).length;
}
