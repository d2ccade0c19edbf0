import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ProcTree } from '../../hardware/procTree.ts';
import { Procfs } from '../../../src/core/metering/procfs.ts';
import { ProcessTrees, type TreeRoot } from '../../../src/core/metering/processTree.ts';

type Step = { readonly what: 'fork' | 'work' | 'exit' | 'look'; readonly which: number };

interface Member {
  readonly pid: number;
  readonly parent: number;
  readonly startSeconds: number;
  ticks: number;
  childrenTicks: number;
}

/** Processes that fork, work and end, each waited for by its parent, as Linux would show them. */
class Life {
  readonly proc = new ProcTree();
  readonly members = new Map<number, Member>();
  workedTicks = 0;
  #nextPid = 11;

  constructor() {
    this.#show({ pid: 10, parent: 1, startSeconds: 100, ticks: 0, childrenTicks: 0 });
  }

  fork(parent: number): void {
    const pid = this.#nextPid++;
    this.#show({ pid, parent, startSeconds: 100 + pid, ticks: 0, childrenTicks: 0 });
  }

  work(pid: number, ticks: number): void {
    const member = this.#get(pid);
    member.ticks += ticks;
    this.workedTicks += ticks;
    this.#show(member);
  }

  /** Ends a process after its children, for which it waits. The root stays. */
  exit(pid: number): void {
    if (pid === 10) return;
    for (const child of [...this.members.values()]) if (child.parent === pid) this.exit(child.pid);
    const { parent, ticks, childrenTicks } = this.#get(pid);
    this.members.delete(pid);
    this.proc.end(pid);
    const waiting = this.#get(parent);
    waiting.childrenTicks += ticks + childrenTicks;
    this.#show(waiting);
  }

  #get(pid: number): Member {
    const member = this.members.get(pid);
    assert(member);
    return member;
  }

  #show(member: Member): void {
    const { pid, parent, startSeconds, ticks, childrenTicks } = member;
    this.members.set(pid, member);
    this.proc.process({
      pid,
      parent,
      session: 10,
      startSeconds,
      cpuSeconds: ticks / 100,
      childrenCpuSeconds: childrenTicks / 100,
    });
  }
}

describe('Process trees, by property', () => {
  it('count exactly what a tree worked, whatever its processes do and whenever one looks', () => {
    const what = fc.constantFrom<Step['what']>('fork', 'work', 'work', 'exit', 'look');
    const step: fc.Arbitrary<Step> = fc.record({ what, which: fc.nat(1000) });
    const counts = fc.constantFrom<TreeRoot['counts']>('itself', 'children');
    fc.assert(
      fc.property(counts, fc.array(step, { maxLength: 60 }), (kind, life) => {
        const { counted, worked } = live(kind, life);
        assert(Math.abs(counted - worked) < 0.001, `${counted} s counted, ${worked} s worked`);
      }),
      { numRuns: 1000 },
    );
  });
});

function live(counts: TreeRoot['counts'], steps: readonly Step[]): { counted: number; worked: number } {
  const life = new Life();
  const root: TreeRoot = { pid: 10, startSeconds: 100, counts, childrenSinceSeconds: 0 };
  const trees = new ProcessTrees(new Procfs(life.proc.root));
  trees.add(root);
  const look = () => trees.scan().get(root)?.cpuSeconds ?? NaN;
  const first = look();
  for (const { what, which } of steps) {
    const pids = [...life.members.keys()];
    const pid = pids[which % pids.length] ?? 10;
    if (what === 'fork') life.fork(pid);
    else if (what === 'exit') life.exit(pid);
    else if (what === 'look') look();
    else if (counts === 'itself' || pid !== 10) life.work(pid, (which % 50) + 1); // what a launcher does is not the run's
  }
  const counted = look() - first;
  life.proc.remove();
  return { counted, worked: life.workedTicks / 100 };
}
