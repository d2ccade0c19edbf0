import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ of every Linux architecture in use. */
const TICKS_PER_SECOND = 100;

/** What a tool has used: its process and its helpers, without the training. */
export interface Used {
  readonly cpuSeconds: number;
  /** The most memory that each process has had resident (VmHWM of proc_pid_status(5)), added up. */
  readonly peakBytes: number;
}

interface Process {
  readonly parent: number;
  readonly tickSeconds: number;
  readonly endedChildrenSeconds: number;
}

/** @param training part of the training's command line */
export function used(pid: number, training: string): Used {
  const processes = allProcesses();
  let cpuSeconds = 0;
  let peakBytes = 0;
  const add = (root: number): void => {
    if (root !== pid && scriptOf(root).includes(training)) return;
    const process = processes.get(root);
    if (!process) return;
    cpuSeconds += Math.max(process.tickSeconds, threadSeconds(root)) + process.endedChildrenSeconds;
    peakBytes += peakBytesOf(root);
    for (const [child, { parent }] of processes) if (parent === root) add(child);
  };
  add(pid);
  return { cpuSeconds, peakBytes };
}

function allProcesses(): ReadonlyMap<number, Process> {
  const processes = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? processOf(name) : null;
    if (found) processes.set(Number(name), found);
  }
  return processes;
}

/** Of proc_pid_stat(5): ppid, utime and stime, cutime and cstime. */
function processOf(pid: string): Process | null {
  const text = read(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 15) return null;
  const seconds = (index: number) => Number(fields[index]) / TICKS_PER_SECOND;
  return {
    parent: Number(fields[1]),
    tickSeconds: seconds(11) + seconds(12),
    endedChildrenSeconds: seconds(13) + seconds(14),
  };
}

/**
 * The same to the nanosecond, but only of threads that have not ended (schedstat of each, kernel documentation,
 * scheduler/sched-stats.rst), so that the larger of the two is right.
 */
function threadSeconds(pid: number): number {
  const files = threadsOf(pid).map((thread) => `/proc/${pid}/task/${thread}/schedstat`);
  return files.reduce((sum, file) => sum + Number.parseInt(read(file) || '0', 10), 0) / 1e9;
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function peakBytesOf(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

/** The tool itself has the training's command among its own arguments, so that only its program is compared. */
function scriptOf(pid: number): string {
  const [, script = ''] = read(`/proc/${pid}/cmdline`).split('\0');
  return script;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
