import { close, open, read } from 'node:fs';

/** The longest text that one of these files holds: a number, a name, a line. */
const MOST_BYTES = 4096;

/**
 * The text of a file of sysfs or procfs, without white space at its ends. Not blocking: a RAPL counter waits for
 * another processor and for processors that come and go (cpus_read_lock in the kernel's intel_rapl_common.c). Opening,
 * reading and closing by hand takes less than half the processor time of `readFile`.
 *
 * @throws NodeJS.ErrnoException
 */
export function readSmallFile(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    open(file, 'r', (openError, descriptor) => {
      if (openError) return reject(openError);
      read(descriptor, Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0, (readError, length, buffer) => {
        close(descriptor, () => {
          if (readError) reject(readError);
          else resolve(buffer.toString('utf8', 0, length).trim());
        });
      });
    });
  });
}

/** The same, null where it cannot be read. */
export function readSmallFileOrNull(file: string): Promise<string | null> {
  return readSmallFile(file).catch(() => null);
}

/** A number from such a file, null where it holds none. */
export async function readNumberOrNull(file: string): Promise<number | null> {
  const text = await readSmallFileOrNull(file);
  return text !== null && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
