import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { removeFolder, tempFolder } from './tempFolder.ts';
import { joulesBetween, joulesUntil, type Channel } from './trace.ts';

/**
 * How a kernel file may fail: it is gone, an error for root, too (EISDIR), forbidden, or its driver never answers. Other
 * faults are texts: `N/A`, `-5`.
 */
export type FileFault = 'vanish' | 'refuse' | 'deny' | 'hang';

/** Text of a file at a second of a trace. */
export type Shown = (seconds: number) => string;

/** Short enough that a trace is straight in it, long enough for exact figures. */
const MOMENT_SECONDS = 1e-4;

/** Power at a second of a trace, as a file of microwatts, or of another unit, shows it. */
export function powerOf(channel: Channel, unitsPerWatt = 1e6): Shown {
  return (seconds) => {
    const watts = joulesBetween(channel, seconds, seconds + MOMENT_SECONDS) / MOMENT_SECONDS;
    return String(Math.round(watts * unitsPerWatt));
  };
}

/** Energy since second 0, as a file of microjoules shows it. */
export function energyOf(channel: Channel, firstJoules = 0): Shown {
  return (seconds) => String(Math.floor((firstJoules + joulesUntil(channel, seconds)) * 1e6));
}

/** A folder that looks like `/sys`: files that follow traces, links, and faults on order. */
export class SysfsTree {
  readonly root = tempFolder('sysfs');
  readonly #shown = new Map<string, Shown>();
  readonly #broken = new Set<string>();
  /** Both ends of each pipe that stands for a driver without an answer. */
  readonly #pipes = new Map<string, number>();
  readonly #texts = new Map<string, string>();
  #seconds = 0;

  /** Writes a file, or lets it follow a trace. A reader sees the old text or the new, never half of one. */
  write(file: string, text: string | number | Shown): void {
    const shown = typeof text === 'function' ? text : () => String(text);
    this.#shown.set(file, shown);
    if (!this.#broken.has(file)) this.#replace(file, shown(this.#seconds));
  }

  link(name: string, target: string): void {
    const from = path.join(this.root, name);
    mkdirSync(path.dirname(from), { recursive: true });
    symlinkSync(path.relative(path.dirname(from), path.join(this.root, target)), from);
  }

  folder(name: string): void {
    mkdirSync(path.join(this.root, name), { recursive: true });
  }

  /** Brings every file that follows a trace, and works, to that second. */
  set(seconds: number): void {
    this.#seconds = seconds;
    for (const [file, shown] of this.#shown) {
      const text = shown(seconds);
      if (!this.#broken.has(file) && this.#texts.get(file) !== text) this.#replace(file, text);
    }
  }

  fail(file: string, fault: FileFault): void {
    const full = path.join(this.root, file);
    this.#broken.add(file);
    if (fault === 'deny') return chmodSync(full, 0o000);
    rmSync(full, { recursive: true, force: true });
    if (fault === 'refuse') mkdirSync(full);
    if (fault === 'hang') this.#pipe(file);
  }

  /** Lets a hanging file give its answer to whoever waits for it, or else to the next who asks. */
  answer(file: string, text: string): void {
    writeSync(this.#pipes.get(file) ?? -1, `${text}\n`);
  }

  /** Whether what was laid there by `answer` is still there: nobody has read it. */
  isUnread(file: string): boolean {
    try {
      return readSync(this.#pipes.get(file) ?? -1, Buffer.alloc(100)) > 0;
    } catch {
      return false;
    }
  }

  /** Ends the fault; whoever hangs gets an empty answer. */
  mend(file: string): void {
    this.#closePipe(file);
    rmSync(path.join(this.root, file), { recursive: true, force: true });
    this.#broken.delete(file);
    const shown = this.#shown.get(file);
    if (shown) this.#replace(file, shown(this.#seconds));
  }

  /** Takes away a link or a folder with all that is in it. */
  takeAway(name: string): void {
    for (const file of [...this.#shown.keys()]) if (file.startsWith(`${name}/`)) this.#shown.delete(file);
    rmSync(path.join(this.root, name), { recursive: true, force: true });
  }

  remove(): void {
    for (const file of [...this.#pipes.keys()]) this.#closePipe(file);
    removeFolder(this.root);
  }

  #replace(file: string, text: string): void {
    const full = path.join(this.root, file);
    this.#texts.set(file, text);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(`${full}.next`, `${text}\n`);
    renameSync(`${full}.next`, full);
  }

  #pipe(file: string): void {
    const full = path.join(this.root, file);
    execFileSync('mkfifo', [full]);
    this.#pipes.set(file, openSync(full, constants.O_RDWR | constants.O_NONBLOCK));
  }

  #closePipe(file: string): void {
    const descriptor = this.#pipes.get(file);
    if (descriptor !== undefined) closeSync(descriptor);
    this.#pipes.delete(file);
  }
}
