import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, tempFolder } from './tempFolder.ts';

const TICKS = 100;
const PAGE_BYTES = 4096;

/** A process of the simulated machine. Seconds are CPU seconds but for `startSeconds`, which are after boot. */
export interface SimulatedProcess {
  readonly pid: number;
  readonly parent?: number;
  readonly session?: number;
  readonly state?: string;
  readonly startSeconds?: number;
  readonly cpuSeconds?: number;
  /** Of its children that it waited for. */
  readonly childrenCpuSeconds?: number;
  readonly residentBytes?: number;
  readonly name?: string;
  readonly commandLine?: readonly string[];
}

export interface SimulatedMachine {
  readonly busySeconds: number;
  readonly idleSeconds?: number;
  readonly uptimeSeconds?: number;
  readonly totalMemoryBytes?: number;
  readonly usedMemoryBytes?: number;
}

/** A folder that looks like `/proc`, with just what one process does and what another sees. */
export class ProcTree {
  readonly root = tempFolder('proc');

  constructor(machine: SimulatedMachine = { busySeconds: 0 }) {
    this.machine(machine);
    this.write('self/stat', 'not a process of its own');
  }

  machine(machine: SimulatedMachine): void {
    const { busySeconds, idleSeconds = 1000, uptimeSeconds = 5000 } = machine;
    const { totalMemoryBytes = 16 * 2 ** 30, usedMemoryBytes = 4 * 2 ** 30 } = machine;
    // half user, a quarter nice, a quarter system; waiting for disks and time stolen by others are no work
    const ticks = Math.round(busySeconds * TICKS);
    const quarter = Math.floor(ticks / 4);
    const busy = `${ticks - 2 * quarter} ${quarter} ${quarter}`;
    this.write(
      'stat',
      `cpu  ${busy} ${Math.round(idleSeconds * TICKS)} 777 0 0 555 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 1\n`,
    );
    const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} kB`;
    const available = kilobytes(totalMemoryBytes - usedMemoryBytes);
    this.write(
      'meminfo',
      `MemTotal:       ${kilobytes(totalMemoryBytes)}\nMemFree:  1 kB\nMemAvailable:   ${available}\n`,
    );
    this.write('uptime', `${uptimeSeconds.toFixed(2)} ${idleSeconds.toFixed(2)}\n`);
  }

  /** Adds a process or changes what it shows. */
  process(shown: SimulatedProcess): void {
    this.write(`${shown.pid}/stat`, statLine(shown));
    this.write(
      `${shown.pid}/cmdline`,
      (shown.commandLine ?? [shown.name ?? 'python']).map((word) => `${word}\0`).join(''),
    );
  }

  end(pid: number): void {
    rmSync(path.join(this.root, String(pid)), { recursive: true, force: true });
  }

  write(file: string, text: string): void {
    const full = path.join(this.root, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
  }

  remove(): void {
    removeFolder(this.root);
  }
}

/** All 52 fields of man 5 proc_pid_stat, those that nobody reads as a number that would be noticed. */
function statLine(shown: SimulatedProcess): string {
  const { pid, parent = 1, session = parent, state = 'S', startSeconds = 100, name = 'python' } = shown;
  const fields: (string | number)[] = new Array<number>(52).fill(987654321);
  const set = (field: number, value: string | number) => (fields[field - 1] = value);
  set(1, pid);
  set(2, `(${name})`);
  set(3, state);
  set(4, parent);
  set(5, pid);
  set(6, session);
  setTicks(set, 14, shown.cpuSeconds ?? 0);
  setTicks(set, 16, shown.childrenCpuSeconds ?? 0);
  set(22, Math.round(startSeconds * TICKS));
  set(24, Math.round((shown.residentBytes ?? 0) / PAGE_BYTES));
  return `${fields.join(' ')}\n`;
}

/** User and system ticks in two fields that follow each other. */
function setTicks(set: (field: number, value: number) => void, field: number, seconds: number): void {
  const ticks = Math.round(seconds * TICKS);
  const system = Math.floor(ticks / 3);
  set(field, ticks - system);
  set(field + 1, system);
}
