import { closeSync, readSync } from 'node:fs';
import { parseStat, type ProcessStat } from './processStat.ts';

/** Longer than any line of /proc/PID/stat: 52 numbers of at most 20 digits, and a name. */
const MOST_BYTES = 2048;
const buffer = Buffer.alloc(MOST_BYTES);

/**
 * /proc/PID/stat of one process, kept open: that takes half the time of opening it for each look, and what stands there
 * unchanged, as with every process that sleeps, is not taken apart again. It never shows another process that got
 * the pid: reading it fails with ESRCH.
 */
export class KeptStat {
  readonly #pid: number;
  readonly #descriptor: number;
  #bytes = Buffer.alloc(0);
  #stat: ProcessStat | null = null;

  constructor(pid: number, descriptor: number) {
    this.#pid = pid;
    this.#descriptor = descriptor;
  }

  /** The same object as long as nothing changes; null when the process is gone. */
  read(): ProcessStat | null {
    const length = readBytes(this.#descriptor);
    if (length === this.#bytes.length && this.#bytes.compare(buffer, 0, length) === 0) return this.#stat;
    this.#bytes = Buffer.from(buffer.subarray(0, length));
    this.#stat = parseStat(this.#pid, buffer, length);
    return this.#stat;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function readBytes(descriptor: number): number {
  try {
    return readSync(descriptor, buffer, 0, MOST_BYTES, 0);
  } catch {
    return 0;
  }
}
