import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** Linux counts CPU time and start times in ticks of 1/100 s, on every architecture that Node runs on (man 5 proc). */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** One process as /proc/PID/stat tells it (man 5 proc_pid_stat). */
export interface ProcessStat {
  readonly pid: number;
  readonly parentPid: number;
  readonly sessionId: number;
  readonly state: string;
  /** Seconds after boot. With the pid this names a process for ever. */
  readonly startSeconds: number;
  /** CPU seconds of the process itself. */
  readonly ownCpuSeconds: number;
  /** CPU seconds of its children that ended and were waited for. */
  readonly childrenCpuSeconds: number;
  readonly residentBytes: number;
}

/** CPU seconds of all processors since boot, and memory. */
export interface MachineLoad {
  readonly busySeconds: number;
  /** Busy and idle. */
  readonly capacitySeconds: number;
  readonly usedMemoryBytes: number;
  readonly totalMemoryBytes: number;
}

/** Reads a Linux /proc. What is not there reads as null or empty; nothing throws. */
export class Procfs {
  readonly #root: string;

  constructor(root = '/proc') {
    this.#root = root;
  }

  pids(): number[] {
    return list(this.#root).map(Number).filter(Number.isInteger);
  }

  stat(pid: number): ProcessStat | null {
    const text = this.#read(path.join(String(pid), 'stat'));
    return text === null ? null : parseStat(pid, text);
  }

  /** Seconds since boot, on the scale of `ProcessStat.startSeconds`; null where there is no /proc. */
  uptimeSeconds(): number | null {
    const text = this.#read('uptime');
    return text === null ? null : Number.parseFloat(text);
  }

  load(): MachineLoad | null {
    const cpuLine = this.#read('stat')?.split('\n', 1)[0];
    const memory = this.#read('meminfo');
    if (!cpuLine || memory === null) return null;
    // user nice system idle iowait irq softirq: what counts is what processes and the kernel did
    const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0] = cpuLine
      .split(/\s+/)
      .slice(1)
      .map(Number);
    const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(memory)?.[1] ?? 0);
    const busy = user + nice + system + irq + softirq;
    return {
      busySeconds: busy / TICKS_PER_SECOND,
      capacitySeconds: (busy + idle + iowait) / TICKS_PER_SECOND,
      usedMemoryBytes: (kilobytes('MemTotal') - kilobytes('MemAvailable')) * 1024,
      totalMemoryBytes: kilobytes('MemTotal') * 1024,
    };
  }

  /** Arguments of a process, null when it is gone. */
  commandLine(pid: number): string[] | null {
    return (
      this.#read(path.join(String(pid), 'cmdline'))
        ?.split('\0')
        .slice(0, -1) ?? null
    );
  }

  /** Pids of a process's children (man 5 proc_pid_task). */
  children(pid: number): number[] {
    const text = this.#read(path.join(String(pid), 'task', String(pid), 'children'));
    return text?.trim().split(/\s+/).filter(Boolean).map(Number) ?? [];
  }

  /** A variable of the environment that a process was started with; null when it has none of that name. */
  environment(pid: number, name: string): string | null {
    const entries = this.#read(path.join(String(pid), 'environ'))?.split('\0') ?? [];
    return entries.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
  }

  /** What a process holds open, by descriptor; empty where it is gone or another user's. */
  openFiles(pid: number): ReadonlyMap<string, string> {
    const folder = path.join(this.#root, String(pid), 'fd');
    const files = new Map<string, string>();
    for (const descriptor of list(folder)) {
      const target = linkTarget(path.join(folder, descriptor));
      if (target !== null) files.set(descriptor, target);
    }
    return files;
  }

  /** What the kernel tells about an open file of a process (man 5 proc_pid_fdinfo). */
  fileInfo(pid: number, descriptor: string): string | null {
    return this.#read(path.join(String(pid), 'fdinfo', descriptor));
  }

  #read(file: string): string | null {
    try {
      return readFileSync(path.join(this.#root, file), 'latin1');
    } catch {
      return null;
    }
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkTarget(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null;
  }
}

function parseStat(pid: number, text: string): ProcessStat | null {
  // the second field, the name, stands in parentheses and may hold spaces and parentheses itself
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const seconds = (index: number) => Number(fields[index]) / TICKS_PER_SECOND;
  const stat = {
    pid,
    state: fields[0] ?? '',
    parentPid: Number(fields[1]),
    sessionId: Number(fields[3]),
    ownCpuSeconds: seconds(11) + seconds(12),
    childrenCpuSeconds: seconds(13) + seconds(14),
    startSeconds: seconds(19),
    residentBytes: Number(fields[21]) * PAGE_BYTES,
  };
  return Number.isNaN(stat.startSeconds) ? null : stat;
}
