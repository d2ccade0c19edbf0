import { closeSync, openSync, read, readFileSync } from 'node:fs';

/** A kernel file that has not answered by then counts as silent: 1 s. Healthy drivers answer within some ms. */
const DEADLINE_MILLIS = 1000;

/** Of one sensor's reads so many may hang: what hangs is its device, and the others are not to wait for it. */
const MOST_OF_SENSOR = 2;

/** A hanging read keeps a thread of Node's pool of four; one is left, lest the rest of Node stands still. */
const MOST_OF_ALL = 3;

/** Longer than any single value of sysfs that is read here. */
const MOST_BYTES = 1024;

interface Job {
  readonly owner: KernelFiles;
  readonly start: () => void;
}

/** Reads that run, by sensor, and those that wait, of all sensors. */
const running = new Map<KernelFiles, number>();
const waiting = new Set<Job>();

/**
 * Reads small files of sysfs whose drivers may take their time: a GPU that sleeps or hangs, an I²C or ACPI device, a
 * RAPL counter, which waits for another processor and for processors that come and go (cpus_read_lock in the kernel's
 * intel_rapl_common.c). Only `read` calls the driver (kernel documentation, filesystems/sysfs.rst), so only that is
 * left to a thread: this takes a third of the processor time of opening, reading and closing by threads. Descriptors
 * that are kept open would save another quarter, but go on showing a file that has been replaced.
 * A file that has not answered is not asked again before its answer is there.
 */
export class KernelFiles {
  readonly #asked = new Map<string, Promise<string>>();

  /** The file's trimmed text. @throws Error with the system's code, `ETIMEDOUT` where it stays silent */
  text(file: string): Promise<string> {
    const asked = this.#asked.get(file);
    if (asked) return asked;
    const answer = this.#ask(file);
    this.#asked.set(file, answer);
    return answer;
  }

  /** A whole number, in the file's own unit. @throws Error where there is none */
  async number(file: string): Promise<number> {
    return wholeNumber(await this.text(file));
  }

  #ask(file: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        this.#asked.delete(file);
        leave(this);
      };
      const job = { owner: this, start: () => void readOnce(file).then(resolve, reject).finally(done) };
      const timer = setTimeout(() => {
        if (waiting.delete(job)) this.#asked.delete(file); // it never began, so that it may be asked anew
        reject(failure('ETIMEDOUT', file));
      }, DEADLINE_MILLIS);
      waiting.add(job);
      startWaiting();
    });
  }
}

function leave(owner: KernelFiles): void {
  const left = (running.get(owner) ?? 1) - 1;
  if (left > 0) running.set(owner, left);
  else running.delete(owner);
  startWaiting();
}

function startWaiting(): void {
  let all = [...running.values()].reduce((sum, count) => sum + count, 0);
  for (const job of waiting) {
    const ofSensor = running.get(job.owner) ?? 0;
    if (all >= MOST_OF_ALL) return;
    if (ofSensor >= MOST_OF_SENSOR) continue;
    all++;
    running.set(job.owner, ofSensor + 1);
    waiting.delete(job);
    job.start();
  }
}

/** Text of a file that the kernel answers from memory at once; null where there is none. */
export function quickText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/** @throws Error with code `EBADMSG` where the text is no whole number that a double holds exactly */
export function wholeNumber(text: string): number {
  const value = /^-?\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value)) throw failure('EBADMSG', text.slice(0, 40));
  return value;
}

/** The system's code of an error, `EACCES`, or its message where it has none. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
}

/** Whether a file failed since the device is not there (any more). */
export function isGone(code: string): boolean {
  return code === 'ENOENT' || code === 'ENODEV' || code === 'ENXIO';
}

export function isDenied(code: string): boolean {
  return code === 'EACCES' || code === 'EPERM';
}

export function failure(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}

function readOnce(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const descriptor = openSync(file, 'r');
    const buffer = Buffer.allocUnsafe(MOST_BYTES);
    read(descriptor, buffer, 0, MOST_BYTES, null, (error, bytes) => {
      closeSync(descriptor);
      if (error) reject(error);
      else resolve(buffer.toString('utf8', 0, bytes).trim());
    });
  });
}
