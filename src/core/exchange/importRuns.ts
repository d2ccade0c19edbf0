import path from 'node:path';
import { t } from '../../language.ts';
import type { Owner } from '../runs/owner.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import type { ImportCounts, Store } from '../runs/store.ts';
import { filesBelow, isFile, isFolder, readText } from './files.ts';
import { importFormats } from './formats.ts';
import type { ReadRuns, Skipped } from './importing.ts';

/** What came of an import. */
export interface ImportResult extends ImportCounts {
  /** Ids of the runs that the files hold, whether they were here already or not. */
  readonly runIds: readonly string[];
  readonly skipped: readonly SkippedIn[];
}

/** What was not imported, and where it stands. */
export interface SkippedIn extends Skipped {
  readonly file: string;
}

/**
 * Imports runs from files, and from the files in folders that have the name of a known format, in one transaction.
 * What cannot be used is told and hinders nothing else.
 *
 * @throws Error when the history cannot be written; nothing is imported then
 */
export async function importRuns(
  paths: readonly string[],
  store: Pick<Store, 'importRuns'>,
  owner: Owner,
): Promise<ImportResult> {
  const runs = new Map<string, RunSnapshot>();
  const skipped: SkippedIn[] = [];
  for (const file of await filesIn(paths, skipped)) {
    const read = await readFile(file);
    for (const run of read.runs) if (tellsMore(run, runs.get(run.id))) runs.set(run.id, run);
    skipped.push(...read.skipped.map((each) => ({ file, ...each })));
  }
  const counts = runs.size > 0 ? store.importRuns([...runs.values()], owner) : NONE;
  return { ...counts, runIds: [...runs.keys()], skipped };
}

/** Two files may hold one run, of which one may not name its parts. */
function tellsMore(run: RunSnapshot, before: RunSnapshot | undefined): boolean {
  return before === undefined || run.components.length > before.components.length;
}

const NONE: ImportCounts = { added: 0, updated: 0, known: 0 };

async function filesIn(paths: readonly string[], skipped: SkippedIn[]): Promise<readonly string[]> {
  const files = new Set<string>();
  for (const given of paths) {
    const file = path.resolve(given);
    const below = (await isFolder(file))
      ? await filesBelow(file, hasKnownName)
      : { files: [file], limit: null };
    for (const each of below.files) files.add(await mainFile(each));
    const reason = below.files.length === 0 ? t('it holds none of {0}', known()) : below.limit;
    if (reason !== null) skipped.push({ file, line: null, reason });
  }
  return [...files];
}

function hasKnownName(name: string): boolean {
  return importFormats.some((format) => format.isNamedSo(name));
}

function known(): string {
  return importFormats.map(({ name }) => name()).join(', ');
}

/** Files that belong together are read once. */
async function mainFile(file: string): Promise<string> {
  const name = path.basename(file);
  const format = importFormats.find((each) => each.isNamedSo(name));
  const main = path.join(path.dirname(file), format?.mainName?.(name) ?? name);
  return (await isFile(main)) ? main : file;
}

async function readFile(file: string): Promise<ReadRuns> {
  try {
    const name = path.basename(file);
    const text = await readText(file);
    const beside = (other: string) => textOf(path.join(path.dirname(file), path.basename(other)));
    for (const format of importFormats) {
      const read = await format.read({ name, text, beside });
      if (read) return read;
    }
    return skipAll(t('it is none of {0}', known()));
  } catch (error) {
    return skipAll(error instanceof Error ? error.message : String(error));
  }
}

function skipAll(reason: string): ReadRuns {
  return { runs: [], skipped: [{ line: null, reason }] };
}

async function textOf(file: string): Promise<string | null> {
  return readText(file).catch(() => null);
}
