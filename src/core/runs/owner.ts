import { Procfs } from '../metering/procfs.ts';

/** The process that samples a run. Plain data. */
export interface Owner {
  readonly pid: number;
  /** Seconds after boot, null where that cannot be seen. */
  readonly startSeconds: number | null;
}

const procfs = new Procfs();

/** A process by pid, with its start so that a reused pid is not mistaken for it. */
export function processIdentity(pid: number): Owner {
  return { pid, startSeconds: procfs.stat(pid)?.startSeconds ?? null };
}

/** Whether that very process is alive. */
export function isAlive(owner: Owner): boolean {
  if (owner.startSeconds !== null) {
    const stat = procfs.stat(owner.pid);
    return stat !== null && stat.state !== 'Z' && stat.startSeconds === owner.startSeconds;
  }
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
