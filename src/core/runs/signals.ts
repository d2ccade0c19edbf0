import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '../../language.ts';
import type { Procfs, ProcessStat } from '../metering/procfs.ts';
import { ProcessTrees, type TreeRoot } from '../metering/processTree.ts';

/** A process may start another one while its siblings are stopped: so often it is looked again. */
const MOST_LOOKS = 100;
const BETWEEN_MILLIS = 5;

/** State of a stopped process (man 5 proc_pid_stat). */
const STOPPED = 'T';

/**
 * Stops a run's processes where they stand (SIGSTOP), until `resumeTree`. The shell that launched them is stopped
 * before them: it would take a stopped job for one that Ctrl-Z sent away, and go on without it.
 *
 * @throws Error where processes cannot be seen, or belong to somebody else
 */
export async function pauseTree(root: TreeRoot, procfs: Procfs): Promise<void> {
  members(root, procfs);
  send(root.pid, 'SIGSTOP');
  // a shell that is still on its way to stand still would hear of its children first
  for (let look = 0; look < MOST_LOOKS && !isPaused(root, procfs); look++) await sleep(BETWEEN_MILLIS);
  for (let look = 0; look < MOST_LOOKS; look++) {
    const running = members(root, procfs).filter(({ state }) => state !== STOPPED && state !== 'Z');
    if (running.length === 0) return;
    for (const { pid } of running) send(pid, 'SIGSTOP');
    await sleep(BETWEEN_MILLIS);
  }
}

/** Lets them go on (SIGCONT), the launching shell last, so that it never sees them stopped. @throws as `pauseTree` */
export function resumeTree(root: TreeRoot, procfs: Procfs): void {
  for (const { pid } of members(root, procfs)) if (pid !== root.pid) send(pid, 'SIGCONT');
  send(root.pid, 'SIGCONT');
}

/** What Ctrl-C does: SIGINT to every process of the run, paused ones go on to hear it. @throws as `pauseTree` */
export function interruptTree(root: TreeRoot, procfs: Procfs): void {
  const all = members(root, procfs);
  const isLauncher = ({ pid }: ProcessStat) => root.counts === 'children' && pid === root.pid;
  for (const stat of all) if (!isLauncher(stat)) send(stat.pid, 'SIGINT');
  if (all.some(({ state }) => state === STOPPED)) resumeTree(root, procfs);
}

/** Whether the run's processes are stopped. */
export function isPaused(root: TreeRoot, procfs: Procfs): boolean {
  return procfs.stat(root.pid)?.state === STOPPED;
}

function members(root: TreeRoot, procfs: Procfs): readonly ProcessStat[] {
  const trees = new ProcessTrees(procfs);
  trees.add(root);
  const found = [...(trees.scan().get(root)?.members.values() ?? [])];
  if (found.length === 0) throw new Error(t('the processes of this run cannot be seen.'));
  return found;
}

/** One that has ended meanwhile needs no signal. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
