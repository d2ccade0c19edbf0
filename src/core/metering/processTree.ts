import type { ProcessStat } from './processStat.ts';
import { ProcessTable } from './processTable.ts';
import type { Procfs } from './procfs.ts';

/** Which processes are a run's. Plain data, kept in the store: a run is found again by it after a restart. */
export interface TreeRoot {
  readonly pid: number;
  /** Start of the root process in seconds after boot; null where processes cannot be seen. */
  readonly startSeconds: number | null;
  /**
   * `itself`: the root is the training. `children`: the root (a shell, our own command line tool) only launches it,
   * and of its children only those count that started at `childrenSinceSeconds` (seconds after boot) or later.
   */
  readonly counts: 'itself' | 'children';
  readonly childrenSinceSeconds: number;
}

/** What a tree has used. */
export interface TreeUsage {
  /** CPU seconds of the tree's processes, those that ended included, on a scale of its own: only differences count. */
  readonly cpuSeconds: number;
  /** The same by what /proc tells at this moment alone, so that it compares across a restart of the meter. */
  readonly rawCpuSeconds: number;
  readonly residentBytes: number;
  /** How many processes of the run are alive, the launching root not counted. */
  readonly alive: number;
  /** Whether all of these are stopped (SIGSTOP), so that the run stands still. */
  readonly isStopped: boolean;
  /** All of them, the root too. It changes with the next look. */
  readonly members: ReadonlyMap<number, ProcessStat>;
}

/** Follows process trees by one look at all processes a sample. */
export class ProcessTrees {
  readonly #table: ProcessTable;
  readonly #trees = new Map<TreeRoot, Tree>();

  constructor(procfs: Procfs) {
    this.#table = new ProcessTable(procfs, (pid) => this.#isMember(pid));
  }

  add(root: TreeRoot): void {
    this.#trees.set(root, new Tree(root));
  }

  remove(root: TreeRoot): void {
    this.#trees.delete(root);
    if (this.#trees.size === 0) this.#table.clear();
  }

  /**
   * Looks at /proc once and returns what each tree has used.
   *
   * @param busySeconds CPU seconds of all processors since boot, by which it is seen that processes that slept do so
   *   still; without it, each member is read
   */
  scan(busySeconds: number | null = null): ReadonlyMap<TreeRoot, TreeUsage> {
    const isFamilySame = this.#table.look(busySeconds);
    const usages = new Map<TreeRoot, TreeUsage>();
    for (const [root, tree] of this.#trees) usages.set(root, tree.update(this.#table.stats, isFamilySame));
    return usages;
  }

  #isMember(pid: number): boolean {
    for (const tree of this.#trees.values()) if (tree.members.has(pid)) return true;
    return false;
  }
}

class Tree {
  readonly root: TreeRoot;
  readonly members = new Map<number, ProcessStat>();
  /** CPU seconds of members that ended without a member that waited for them. */
  #lostCpuSeconds = 0;
  #isFound = false;

  constructor(root: TreeRoot) {
    this.root = root;
  }

  /** @param isFamilySame whether all that has changed since the last update is what processes have used */
  update(known: ReadonlyMap<number, ProcessStat>, isFamilySame: boolean): TreeUsage {
    if (isFamilySame && this.#isFound) this.#follow(known);
    else this.#find(known);
    return this.#usage();
  }

  #follow(known: ReadonlyMap<number, ProcessStat>): void {
    for (const pid of this.members.keys()) {
      const stat = known.get(pid);
      if (stat) this.members.set(pid, stat);
    }
  }

  #find(known: ReadonlyMap<number, ProcessStat>): void {
    const now = this.#findMembers(known);
    this.#lostCpuSeconds += lostCpuSeconds(this.members, now);
    this.members.clear();
    for (const [pid, stat] of now) this.members.set(pid, stat);
    this.#isFound = true;
  }

  #usage(): TreeUsage {
    let rawCpuSeconds = 0;
    let residentBytes = 0;
    let alive = 0;
    let stopped = 0;
    for (const stat of this.members.values()) {
      rawCpuSeconds += stat.childrenCpuSeconds;
      if (this.#isLauncher(stat)) continue;
      rawCpuSeconds += stat.ownCpuSeconds;
      residentBytes += stat.residentBytes;
      if (stat.state !== 'Z') alive += 1;
      if (stat.state === 'T') stopped += 1;
    }
    const cpuSeconds = rawCpuSeconds + this.#lostCpuSeconds;
    return {
      cpuSeconds,
      rawCpuSeconds,
      residentBytes,
      alive,
      isStopped: alive > 0 && stopped === alive,
      members: this.members,
    };
  }

  #isLauncher(stat: ProcessStat): boolean {
    return this.root.counts === 'children' && stat.pid === this.root.pid;
  }

  #findMembers(known: ReadonlyMap<number, ProcessStat>): Map<number, ProcessStat> {
    const decided = new Map<number, boolean>();
    const members = new Map<number, ProcessStat>();
    for (const stat of known.values()) if (this.#belongs(stat, known, decided)) members.set(stat.pid, stat);
    return members;
  }

  #belongs(
    stat: ProcessStat,
    known: ReadonlyMap<number, ProcessStat>,
    decided: Map<number, boolean>,
  ): boolean {
    const already = decided.get(stat.pid);
    if (already !== undefined) return already;
    decided.set(stat.pid, false); // a loop of parents, which a torn read can show, ends here
    const belongs = this.#isRoot(stat) || this.#wasMember(stat) || this.#descends(stat, known, decided);
    decided.set(stat.pid, belongs);
    return belongs;
  }

  #isRoot(stat: ProcessStat): boolean {
    return stat.pid === this.root.pid && stat.startSeconds === this.root.startSeconds;
  }

  #wasMember(stat: ProcessStat): boolean {
    return this.members.get(stat.pid)?.startSeconds === stat.startSeconds;
  }

  #descends(
    stat: ProcessStat,
    known: ReadonlyMap<number, ProcessStat>,
    decided: Map<number, boolean>,
  ): boolean {
    if (stat.startSeconds < (this.root.startSeconds ?? 0)) return false;
    const parent = known.get(stat.parentPid);
    if (parent && this.#isRoot(parent)) return this.#startedInTime(stat);
    if (parent && this.#belongs(parent, known, decided)) return true;
    // an orphan, adopted by init or a subreaper, still carries the session it was born in
    const root = known.get(this.root.pid);
    return !!root && this.#isRoot(root) && stat.sessionId === root.sessionId && this.#startedInTime(stat)
      ? !parent || parent.sessionId !== stat.sessionId
      : false;
  }

  #startedInTime(stat: ProcessStat): boolean {
    return this.root.counts === 'itself' || stat.startSeconds >= this.root.childrenSinceSeconds;
  }
}

/** What members that ended since `before` had used and no surviving member took over by waiting for them. */
function lostCpuSeconds(
  before: ReadonlyMap<number, ProcessStat>,
  now: ReadonlyMap<number, ProcessStat>,
): number {
  const endedByHeir = new Map<number, number>();
  for (const stat of before.values()) {
    if (livesOn(stat, now)) continue;
    const heir = heirOf(stat, before, now);
    const used = stat.ownCpuSeconds + stat.childrenCpuSeconds;
    endedByHeir.set(heir, (endedByHeir.get(heir) ?? 0) + used);
  }
  let lost = 0;
  for (const [heir, used] of endedByHeir) {
    const takenOver = (now.get(heir)?.childrenCpuSeconds ?? 0) - (before.get(heir)?.childrenCpuSeconds ?? 0);
    lost += Math.max(0, used - Math.max(0, takenOver));
  }
  return lost;
}

/** The nearest ancestor that lives on: what one waited for that ended too comes to it with that one. */
function heirOf(
  stat: ProcessStat,
  before: ReadonlyMap<number, ProcessStat>,
  now: ReadonlyMap<number, ProcessStat>,
): number {
  let heir = stat.parentPid;
  for (let hops = 0; hops < before.size; hops++) {
    const parent = before.get(heir);
    if (!parent || livesOn(parent, now)) break;
    heir = parent.parentPid;
  }
  return heir;
}

function livesOn(stat: ProcessStat, now: ReadonlyMap<number, ProcessStat>): boolean {
  return now.get(stat.pid)?.startSeconds === stat.startSeconds;
}
