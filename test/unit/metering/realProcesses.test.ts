import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDriver, stopChild, type Driver } from '../../hardware/driverProcess.ts';
import { Procfs, type MachineLoad } from '../../../src/core/metering/procfs.ts';
import type { TreeRoot } from '../../../src/core/metering/processTree.ts';
import { joulesOf, ManualSampler, type Recorded } from './manualSampler.ts';
import { assertClose } from './readings.ts';

/** Works in a child of its own, as trainings with data loaders do, besides working itself. */
const BUSY = `
  const { spawn } = require('node:child_process');
  if (process.argv[1] === 'parent') spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  for (;;);`;

/** A machine on which nothing but the given processes works, whatever else really does. */
class NothingElse extends Procfs {
  pidsThatWork: readonly number[] = [];

  override load(): MachineLoad | null {
    const load = super.load();
    const busySeconds = this.pidsThatWork.reduce((sum, pid) => sum + (this.stat(pid)?.ownCpuSeconds ?? 0), 0);
    return load && { ...load, busySeconds };
  }
}

function rootOf(child: ChildProcess): TreeRoot {
  const pid = child.pid ?? 0;
  const startSeconds = new Procfs().stat(pid)?.startSeconds ?? 0;
  return { pid, startSeconds, counts: 'itself', childrenSinceSeconds: 0 };
}

describe('Two real trainings at once, on a simulated sensor', function () {
  let driver: Driver;
  let children: ChildProcess[];
  let roots: TreeRoot[];
  let workers: number[];
  const procfs = new NothingElse();

  before(async function () {
    if (process.platform !== 'linux') return this.skip();
    driver = await startDriver('steady');
    children = ['parent', 'single'].map((kind) =>
      spawn(process.execPath, ['-e', BUSY, kind], { stdio: 'ignore', detached: true }),
    );
    roots = children.map(rootOf);
    while (childrenOf(children[0]?.pid).length === 0) await sleep(20);
    workers = [...children.map((child) => child.pid ?? 0), ...childrenOf(children[0]?.pid)];
    procfs.pidsThatWork = workers;
  });

  after(async () => {
    for (const pid of workers ?? []) process.kill(pid, 'SIGKILL');
    for (const child of children ?? []) await stopChild(child);
    await driver?.stop();
  });

  function childrenOf(parent: number | undefined): number[] {
    return procfs.pids().filter((pid) => procfs.stat(pid)?.parentPid === parent);
  }

  async function record(seen: Procfs): Promise<Recorded[]> {
    const manual = new ManualSampler(driver.root, '/proc', { procfs: seen });
    const recorded = [];
    for (const root of roots) recorded.push(await manual.attach(root));
    for (let look = 0; look < 4; look++) {
      await sleep(400);
      await manual.look();
    }
    for (const root of roots) await manual.sampler.detach(root, root === roots[0]);
    return recorded;
  }

  it('add up to all of the dynamic energy when they are all the load', async () => {
    const [a, b] = await record(procfs);
    assert(a && b);
    const machine = joulesOf(a, 'machine', 'cpu');
    const sum = joulesOf(a, 'run', 'cpu') + joulesOf(b, 'run', 'cpu');
    assert(sum <= joulesOf(a, 'machine', 'cpu') * 1.000001, `${sum} J of ${machine} J`);
    assert(sum >= joulesOf(b, 'machine', 'cpu') * 0.95, `${sum} J of ${machine} J`);
    assert(joulesOf(a, 'run', 'cpu') > 0 && joulesOf(b, 'run', 'cpu') > 0);
  });

  it('never add up to more than the machine used, and get what their CPU time is of all', async () => {
    const real = new Procfs();
    const used = () => workers.reduce((sum, pid) => sum + (real.stat(pid)?.ownCpuSeconds ?? 0), 0);
    const before = { used: used(), busy: real.load()?.busySeconds ?? 0 };
    const [a, b] = await record(real);
    const share = (used() - before.used) / ((real.load()?.busySeconds ?? 0) - before.busy);
    assert(a && b);
    const machine = joulesOf(a, 'machine', 'cpu');
    const sum = joulesOf(a, 'run', 'cpu') + joulesOf(b, 'run', 'cpu');
    assert(sum <= machine * 1.000001, `${sum} J of ${machine} J`);
    assertClose(sum, machine * Math.min(1, share), 0.1, 'their share');
  });
});
