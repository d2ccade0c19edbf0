import { monotonicSeconds } from './clock.ts';
import type { KeptStat } from './keptStat.ts';
import type { ProcessStat } from './processStat.ts';
import type { Procfs } from './procfs.ts';

/** Who sleeps is looked at again in one of so many looks. */
const PARTS = 16;

/** A process sleeps whose CPU time stood still at so many looks at it. */
const STILL_LOOKS_OF_MEMBER = 8;
const STILL_LOOKS_OF_OTHER = 1;

/**
 * As long as the processors did no more than what the waking did, sleepers sleep: no more, that is, than 5 % of it or of
 * one core, for the kernel works, too, and counts by other means than by process. Engineering judgement.
 */
const UNEXPLAINED_SHARE = 0.05;

/** So many descriptors are kept open at most; beyond that, a file is opened for each look. */
const MOST_KEPT = 512;

/** What is known of one process. */
interface Watched {
  kept: KeptStat | null;
  /** The look at which it was last listed, and that at which it was last read. */
  listedAt: number;
  readAt: number;
  stillLooks: number;
}

/**
 * All processes of the machine. So that a look costs little where there are many, only those that work are read each
 * time, and those that sleep are only in turn, unless the processors did more than those that were read.
 */
export class ProcessTable {
  readonly #procfs: Procfs;
  readonly #isMember: (pid: number) => boolean;
  readonly #watched = new Map<number, Watched>();
  readonly #stats = new Map<number, ProcessStat>();
  #pass = 0;
  #population: string | null = null;
  #last: { readonly atSeconds: number; readonly busySeconds: number } | null = null;
  #isSame = true;
  #hasLostMember = false;
  #explainedSeconds = 0;
  #keptCount = 0;

  /** @param isMember whether a process is of those that matter, who are looked at more closely */
  constructor(procfs: Procfs, isMember: (pid: number) => boolean) {
    this.#procfs = procfs;
    this.#isMember = isMember;
  }

  get stats(): ReadonlyMap<number, ProcessStat> {
    return this.#stats;
  }

  /**
   * Looks at /proc once.
   *
   * @param busySeconds CPU seconds of all processors since boot; null to read every member
   * @returns whether the same processes are there as at the last look, with the same parents
   */
  look(busySeconds: number | null): boolean {
    this.#pass += 1;
    this.#isSame = true;
    this.#hasLostMember = false;
    this.#explainedSeconds = 0;
    this.#list(busySeconds === null);
    for (const [pid, watched] of this.#watched) {
      const isTurn = pid % PARTS === this.#pass % PARTS;
      const isMember = this.#isMember(pid);
      if (isTurn || isAwake(watched, isMember) || (isMember && busySeconds === null))
        this.#read(pid, watched, isMember);
    }
    const isExplained = busySeconds === null || this.#isExplained(busySeconds);
    // what one that ended had used comes to who waited for it, however long that one slept
    if (!isExplained || this.#hasLostMember) this.#readSleepers();
    return this.#isSame;
  }

  /** Closes and forgets everything. */
  clear(): void {
    for (const pid of this.#watched.keys()) this.#forget(pid);
    this.#population = null;
    this.#last = null;
  }

  /** Finds who came and who went, unless it is plain that nobody did. */
  #list(isThorough: boolean): void {
    const population = this.#procfs.population();
    const isPlain = population !== null && population === this.#population;
    this.#population = population;
    if (isPlain && !isThorough) return;
    for (const pid of this.#procfs.pids()) {
      const watched = this.#watched.get(pid);
      if (watched) watched.listedAt = this.#pass;
      else this.#add(pid);
    }
    for (const [pid, { listedAt }] of this.#watched) if (listedAt !== this.#pass) this.#forget(pid);
  }

  #add(pid: number): void {
    const stat = this.#procfs.stat(pid);
    if (!stat) return;
    this.#watched.set(pid, { kept: null, listedAt: this.#pass, readAt: this.#pass, stillLooks: 0 });
    this.#stats.set(pid, stat);
    this.#explainedSeconds += stat.ownCpuSeconds;
    this.#isSame = false;
  }

  #readSleepers(): void {
    for (const [pid, watched] of this.#watched) if (this.#isMember(pid)) this.#read(pid, watched, true);
  }

  #read(pid: number, watched: Watched, isMember: boolean): void {
    if (watched.readAt === this.#pass) return;
    const before = this.#stats.get(pid);
    const stat = this.#statOf(pid, watched, isMember || isAwake(watched, isMember));
    if (!before || !stat) return this.#forget(pid);
    this.#isSame &&= isPlaceSame(before, stat);
    const seconds = stat.ownCpuSeconds - before.ownCpuSeconds;
    // what was done over several looks does not explain what the processors did in this one
    if (watched.readAt === this.#pass - 1) this.#explainedSeconds += Math.max(0, seconds);
    watched.readAt = this.#pass;
    watched.stillLooks = seconds === 0 ? watched.stillLooks + 1 : 0;
    if (stat !== before) this.#stats.set(pid, stat);
  }

  #statOf(pid: number, watched: Watched, keeps: boolean): ProcessStat | null {
    if (!keeps) this.#release(watched);
    else if (!watched.kept && this.#keptCount < MOST_KEPT) this.#keep(pid, watched);
    const stat = watched.kept?.read();
    if (stat) return stat;
    this.#release(watched);
    return this.#procfs.stat(pid);
  }

  #keep(pid: number, watched: Watched): void {
    watched.kept = this.#procfs.keepStat(pid);
    if (watched.kept) this.#keptCount += 1;
  }

  #release(watched: Watched): void {
    if (!watched.kept) return;
    watched.kept.close();
    watched.kept = null;
    this.#keptCount -= 1;
  }

  #forget(pid: number): void {
    this.#hasLostMember ||= this.#isMember(pid);
    const watched = this.#watched.get(pid);
    if (watched) this.#release(watched);
    this.#watched.delete(pid);
    this.#stats.delete(pid);
    this.#isSame = false;
  }

  /** Whether the processors did, since the last look, what the processes did that were read at both. */
  #isExplained(busySeconds: number): boolean {
    const last = this.#last;
    const now = { atSeconds: monotonicSeconds(), busySeconds };
    this.#last = now;
    if (!last) return false;
    const worked = busySeconds - last.busySeconds;
    const allowed = UNEXPLAINED_SHARE * Math.max(worked, now.atSeconds - last.atSeconds);
    return worked - this.#explainedSeconds <= allowed;
  }
}

function isAwake({ stillLooks }: Watched, isMember: boolean): boolean {
  return stillLooks < (isMember ? STILL_LOOKS_OF_MEMBER : STILL_LOOKS_OF_OTHER);
}

/** Whether two looks at one pid show one process, whose place among the others is the same. */
function isPlaceSame(before: ProcessStat, stat: ProcessStat): boolean {
  return (
    before.startSeconds === stat.startSeconds &&
    before.parentPid === stat.parentPid &&
    before.sessionId === stat.sessionId
  );
}
