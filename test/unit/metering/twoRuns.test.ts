import assert from 'node:assert/strict';
import { ProcTree } from '../../hardware/procTree.ts';
import { RaplTree } from '../../hardware/raplTree.ts';
import { TRACES } from '../../hardware/trace.ts';
import type { TreeRoot } from '../../../src/core/metering/processTree.ts';
import { joulesOf, ManualSampler } from './manualSampler.ts';
import { assertClose } from './readings.ts';

const A: TreeRoot = { pid: 50, startSeconds: 100, counts: 'itself', childrenSinceSeconds: 0 };
const B: TreeRoot = { pid: 60, startSeconds: 110, counts: 'itself', childrenSinceSeconds: 0 };
const GIGABYTE = 2 ** 30;

describe('Two runs at once, on simulated /sys and /proc', () => {
  let tree: RaplTree;
  let proc: ProcTree;
  let manual: ManualSampler;

  beforeEach(() => {
    tree = new RaplTree({ trace: TRACES.steps });
    proc = new ProcTree();
    manual = new ManualSampler(tree.root, proc.root);
  });

  afterEach(() => {
    manual.sampler.dispose();
    tree.remove();
    proc.remove();
  });

  /** Shows the machine at a second, when A, B and others have used so much CPU. */
  function show(second: number, a: number, b: number, others: number): void {
    tree.set(second);
    proc.machine({ busySeconds: 1000 + a + b + others, usedMemoryBytes: 8 * GIGABYTE });
    proc.process({
      pid: 50,
      parent: 1,
      session: 50,
      startSeconds: 100,
      cpuSeconds: a,
      residentBytes: 2 * GIGABYTE,
    });
    proc.process({
      pid: 60,
      parent: 1,
      session: 60,
      startSeconds: 110,
      cpuSeconds: b,
      residentBytes: GIGABYTE,
    });
  }

  async function record(rates: { a: number; b: number; others: number }) {
    show(0, 0, 0, 0);
    const a = await manual.attach(A);
    const b = await manual.attach(B);
    for (let second = 1; second <= 20; second++) {
      show(second, rates.a * second, rates.b * second, rates.others * second);
      await manual.look();
    }
    await manual.sampler.detach(A);
    await manual.sampler.detach(B);
    return { a, b };
  }

  it('get all of the processor’s energy, each by its CPU time, when they are all the load', async () => {
    const { a, b } = await record({ a: 3, b: 1, others: 0 });
    const truth = tree.joulesBetween(0, 20, 'package');
    assertClose(joulesOf(a, 'run', 'cpu'), truth * 0.75, 1e-6);
    assertClose(joulesOf(b, 'run', 'cpu'), truth * 0.25, 1e-6);
    const sum = joulesOf(a, 'run', 'cpu') + joulesOf(b, 'run', 'cpu');
    assert(sum <= truth * (1 + 1e-9) && sum >= truth * 0.95);
  });

  it('leave to others what others use', async () => {
    const { a, b } = await record({ a: 1, b: 1, others: 2 });
    const truth = tree.joulesBetween(0, 20, 'package');
    assertClose(joulesOf(a, 'run', 'cpu'), truth * 0.25, 1e-6);
    assertClose(joulesOf(b, 'run', 'cpu'), truth * 0.25, 1e-6);
  });

  it('get of the memory’s energy what they hold of it', async () => {
    const { a, b } = await record({ a: 1, b: 1, others: 1 });
    const truth = tree.joulesBetween(0, 20, 'dram');
    assertClose(joulesOf(a, 'run', 'dram'), truth / 4, 1e-6);
    assertClose(joulesOf(b, 'run', 'dram'), truth / 8, 1e-6);
  });

  it('are never given more than the machine used, though their ticks say more than the machine’s', async () => {
    const { a, b } = await record({ a: 2, b: 2, others: -1 });
    const truth = tree.joulesBetween(0, 20, 'package');
    assertClose(joulesOf(a, 'run', 'cpu') + joulesOf(b, 'run', 'cpu'), truth, 1e-6);
  });

  it('are told the whole machine’s energy beside their own', async () => {
    const { a } = await record({ a: 1, b: 1, others: 0 });
    assertClose(joulesOf(a, 'machine'), tree.joulesBetween(0, 20), 1e-6);
  });
});
