import { readFileSync } from 'node:fs';
import os from 'node:os';

/**
 * Monotonic seconds. On Linux this is CLOCK_MONOTONIC: it counts from boot, is the same for every process and
 * stands still while the machine is suspended, so that readings of two processes in one boot compare.
 */
export function monotonicSeconds(): number {
  return Number(process.hrtime.bigint()) / 1e9;
}

let thisBoot: string | null = null;

/** Names this boot of the machine: counters and monotonic times compare only within one. */
export function bootId(): string {
  thisBoot ??= readBootId();
  return thisBoot;
}

function readBootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    const bootedAtMinutes = Math.round((Date.now() / 1000 - os.uptime()) / 60);
    return `booted-${bootedAtMinutes}`;
  }
}
