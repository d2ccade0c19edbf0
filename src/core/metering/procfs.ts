import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import path from 'node:path';
import { KeptStat } from './keptStat.ts';
import { parseStat, TICKS_PER_SECOND, type ProcessStat } from './processStat.ts';

export type { ProcessStat } from './processStat.ts';

/** Longer than what is read of the files of which only the beginning is. */
const MOST_BYTES = 4096;
const buffer = Buffer.alloc(MOST_BYTES);

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
    const length = this.#readHead(`${pid}/stat`);
    return length === null ? null : parseStat(pid, buffer, length);
  }

  /** The same, kept open for many looks, until it is closed; null when the process is gone. */
  keepStat(pid: number): KeptStat | null {
    try {
      return new KeptStat(pid, openSync(`${this.#root}/${pid}/stat`, 'r'));
    } catch {
      return null;
    }
  }

  /**
   * How many processes and threads there are, and the newest's number: as long as this stays the same, none has come or
   * gone (man 5 proc_loadavg). Null where that is not told, or told of this container while /proc is the host's.
   */
  population(): string | null {
    if (this.#root !== '/proc') return null;
    const text = this.#head('loadavg');
    return text === null ? null : text.slice(text.indexOf('/'));
  }

  /** Seconds since boot, on the scale of `ProcessStat.startSeconds`; null where there is no /proc. */
  uptimeSeconds(): number | null {
    const text = this.#read('uptime');
    return text === null ? null : Number.parseFloat(text);
  }

  load(): MachineLoad | null {
    const cpuLine = this.#head('stat')?.split('\n', 1)[0];
    const memory = this.#head('meminfo');
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

  #head(file: string): string | null {
    const length = this.#readHead(file);
    return length === null ? null : buffer.toString('latin1', 0, length);
  }

  /** Reads the beginning of a file into `buffer`. @returns how many bytes, null where it cannot be read */
  #readHead(file: string): number | null {
    try {
      const descriptor = openSync(`${this.#root}/${file}`, 'r');
      try {
        return readSync(descriptor, buffer, 0, MOST_BYTES, 0);
      } finally {
        closeSync(descriptor);
      }
    } catch {
      return null;
    }
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
