import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { t } from '../../language.ts';
import { MIGRATIONS } from './migrations.ts';

/** Checking a whole database takes about a millisecond a megabyte: above this size only its head is looked at. */
const CHECKED_BYTES = 16e6;

/** The narrow rows of 100,000 runs, so that they are not read again with each letter of a search. */
const CACHE_KIBIBYTES = 24_000;

/** SQLite's result codes for a damaged file (sqlite.org/rescode.html): SQLITE_CORRUPT, SQLITE_NOTADB. */
const DAMAGED = new Set([11, 26]);

/** Another process makes, migrates or recovers the database just now: SQLITE_BUSY, of which the low byte tells. */
const BUSY = 5;

/** So often it is tried again, which takes several seconds on the slowest disk; the last failure is told. */
const MOST_TRIES = 50;
const RETRY_MILLIS = 100;

/** A database, and what there is to say about it: null when all is well. */
export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly problem: string | null;
}

/**
 * Opens the history at `file`, making it where there is none.
 *
 * A damaged file is set aside under another name. A file that cannot be written, or is a newer version's, is left
 * alone, and the database returned lives in memory. @throws Error when this Node has no `node:sqlite`.
 */
export async function openDatabase(file: string): Promise<OpenedDatabase> {
  const sqlite = await loadSqlite();
  const open = (name: string) => prepare(new sqlite.DatabaseSync(name), name);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    return { database: await patiently(() => open(file)), problem: null };
  } catch (error) {
    if (!isDamage(error)) return { database: open(':memory:'), problem: unwritable(file, error) };
    try {
      const aside = setAside(file);
      const problem = t('The run history was damaged. It is kept as {0}, and a new one was begun.', aside);
      return { database: open(file), problem };
    } catch (second) {
      return { database: open(':memory:'), problem: unwritable(file, second) };
    }
  }
}

/** Waits for other processes without holding up this one. @throws what `open` does */
async function patiently(open: () => DatabaseSync): Promise<DatabaseSync> {
  for (let tries = 1; ; tries++) {
    try {
      return open();
    } catch (error) {
      if (!isBusy(error) || tries === MOST_TRIES) throw error;
      await setTimeout(RETRY_MILLIS);
    }
  }
}

async function loadSqlite(): Promise<typeof import('node:sqlite')> {
  const { emitWarning } = process;
  // Node calls its SQLite experimental on stderr; whoever trains a model need not read that
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).includes('SQLite')) emitWarning.call(process, warning, ...(rest as []));
  };
  try {
    return await import('node:sqlite');
  } catch {
    throw new Error(
      t(
        'The run history needs Node 22.13 or newer, or VS Code 1.101 or newer; this is Node {0}.',
        process.versions.node,
      ),
    );
  } finally {
    process.emitWarning = emitWarning;
  }
}

function prepare(database: DatabaseSync, file: string): DatabaseSync {
  try {
    database.exec('PRAGMA busy_timeout = 250');
    versionOf(database); // before anything is changed
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
    database.exec(`PRAGMA cache_size = -${CACHE_KIBIBYTES}`);
    checkIntegrity(database, file);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function checkIntegrity(database: DatabaseSync, file: string): void {
  // DatabaseSync.location() would know the file, but came with Node 22.16, after VS Code 1.101
  if (file === ':memory:' || statSync(file).size > CHECKED_BYTES) return;
  const row = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  if (row.quick_check !== 'ok') throw Object.assign(new Error(row.quick_check), { errcode: 11 });
}

function migrate(database: DatabaseSync): void {
  // taking the write lock shows at once whether the file can be written
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(database);
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    if (version < MIGRATIONS.length) database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** @throws Error when the database is of a version that is not known yet */
function versionOf(database: DatabaseSync): number {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > MIGRATIONS.length)
    throw new Error(t('it was written by a newer version; update Training Footprint'));
  return version;
}

function isDamage(error: unknown): boolean {
  return DAMAGED.has((error as { errcode?: number }).errcode ?? 0);
}

function isBusy(error: unknown): boolean {
  return ((error as { errcode?: number }).errcode ?? 0) % 256 === BUSY;
}

function setAside(file: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const aside = file.replace(/\.db$/, '') + `.damaged-${stamp}.db`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}

function unwritable(file: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return t(
    'The run history {0} cannot be used: {1}. New runs are kept only until this window closes; mend the file or its permissions, then reload the window.',
    file,
    reason,
  );
}
