import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { field, isRecord, numberOrNull, textOrNull } from './guards.ts';
import type { Validators } from './http.ts';

/** So many answers are kept, the latest used; each is an address of a source. */
const MOST_ENTRIES = 40;

const MOST_BYTES = 1_000_000;

/** Whoever asks holds a lock; one that is older was left by a process that was killed. */
const LOCK_SECONDS = 30;

/** An answer, or the failures since the last one. Plain data: no address, header or key is in it. */
export interface CacheEntry extends Validators {
  /** JSON; null where there has been no answer yet. */
  readonly text: string | null;
  /** Of the address that was asked, so that validators are sent to no other. */
  readonly urlHash: string;
  readonly fetchedAtMillis: number;
  readonly failures: number;
  /** Nobody asks before then. */
  readonly nextTryAtMillis: number;
}

/**
 * Answers on disk, one small file each, shared by all windows and the command line of a user. Files are written
 * beside and renamed, so that none is ever half there. What cannot be read or written is as if it were not there.
 */
export class CarbonCache {
  readonly #folder: string;

  /** @param folder made when something is kept for the first time */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(key: string): Promise<CacheEntry | null> {
    try {
      const file = this.#file(key);
      if ((await stat(file)).size > MOST_BYTES * 2) return null;
      return entryOf(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      return null;
    }
  }

  async write(key: string, entry: CacheEntry): Promise<void> {
    if ((entry.text?.length ?? 0) > MOST_BYTES) return;
    try {
      await mkdir(this.#folder, { recursive: true });
      const beside = path.join(this.#folder, `${randomUUID()}.part`);
      await writeFile(beside, JSON.stringify(entry), { mode: 0o600 });
      await rename(beside, this.#file(key));
      await this.#prune();
    } catch {
      // without a cache each process asks for itself
    }
  }

  /**
   * Lets one process at a time do `work`.
   *
   * @returns null where another one is at it
   */
  async alone<T>(key: string, work: () => Promise<T>): Promise<T | null> {
    const lock = `${this.#file(key)}.lock`;
    if (!(await this.#lock(lock))) return null;
    try {
      return await work();
    } finally {
      await rm(lock, { force: true }).catch(() => undefined);
    }
  }

  async #lock(file: string, isSecondTry = false): Promise<boolean> {
    // without a folder there is nobody to agree with
    if (
      !(await mkdir(this.#folder, { recursive: true }).then(
        () => true,
        () => false,
      ))
    )
      return true;
    try {
      await (await open(file, 'wx')).close();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return true;
      const ageMillis = await stat(file).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (isSecondTry || ageMillis < LOCK_SECONDS * 1000) return false;
      await rm(file, { force: true }).catch(() => undefined);
      return this.#lock(file, true);
    }
  }

  async #prune(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => /\.(json|part)$/.test(name));
    if (names.length <= MOST_ENTRIES) return;
    const files = names.map((name) => path.join(this.#folder, name));
    const ages = await Promise.all(files.map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
    const old = ages.sort((a, b) => b.at - a.at).slice(MOST_ENTRIES);
    await Promise.all(old.map(({ file }) => rm(file, { force: true })));
  }

  /** By a hash: a key holds what no file name may. */
  #file(key: string): string {
    return path.join(this.#folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
  }
}

function entryOf(value: unknown): CacheEntry | null {
  if (!isRecord(value)) return null;
  const fetchedAtMillis = numberOrNull(field(value, 'fetchedAtMillis'));
  const nextTryAtMillis = numberOrNull(field(value, 'nextTryAtMillis'));
  if (fetchedAtMillis === null || nextTryAtMillis === null) return null;
  return {
    text: textOrNull(field(value, 'text')),
    urlHash: textOrNull(field(value, 'urlHash')) ?? '',
    etag: textOrNull(field(value, 'etag')),
    lastModified: textOrNull(field(value, 'lastModified')),
    failures: numberOrNull(field(value, 'failures')) ?? 0,
    ...{ fetchedAtMillis, nextTryAtMillis },
  };
}
