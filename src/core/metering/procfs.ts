import { readdirSync, readFileSync } from 'node:fs';
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

/** CPU seconds of all processors since boot, and memory in use. */
export interface MachineLoad {
  readonly busySeconds: number;
  readonly usedMemoryBytes: number;
}

/** Reads a Linux /proc. What is not there reads as null or empty; nothing throws. */
export class Procfs {
  readonly #root: string;

  constructor(root = '/proc') {
    this.#root = root;
  }

  pids(): number[] {
    try {
      return readdirSync(this.#root).map(Number).filter(Number.isInteger);
    } catch {
      return [];
    }
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
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = cpuLine
      .split(/\s+/)
      .slice(1)
      .map(Number);
    const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(memory)?.[1] ?? 0);
    return {
      busySeconds: (user + nice + system + irq + softirq) / TICKS_PER_SECOND,
      usedMemoryBytes: (kilobytes('MemTotal') - kilobytes('MemAvailable')) * 1024,
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

  #read(file: string): string | null {
    try {
      return readFileSync(path.join(this.#root, file), 'latin1');
    } catch {
      return null;
    }
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
