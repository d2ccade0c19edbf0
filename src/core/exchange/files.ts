import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { t } from '../../language.ts';

/** An export of 100,000 runs is about so large. What is larger is no such file. Engineering judgement. */
const MOST_BYTES = 400e6;

/** How deep and how far a folder is searched. Engineering judgement. */
const MOST_DEPTH = 5;
const MOST_FOLDERS = 5000;

const NOT_SEARCHED = new Set(['node_modules', '.git', '.venv', 'venv', '__pycache__']);

/** What was found below a folder. */
export interface Found {
  readonly files: readonly string[];
  /** Why there may be more; null where all was searched. */
  readonly limit: string | null;
}

/** The files of a folder and those below it that have such a name, in order; links are not followed. */
export async function filesBelow(folder: string, hasName: (name: string) => boolean): Promise<Found> {
  const found: string[] = [];
  let folders = [folder];
  let searched = 0;
  for (let depth = 0; depth <= MOST_DEPTH && folders.length > 0; depth++) {
    const below: string[] = [];
    for (const each of folders.slice(0, Math.max(0, MOST_FOLDERS - searched))) {
      searched += 1;
      for (const entry of await readdir(each, { withFileTypes: true }).catch(() => [])) {
        const full = path.join(each, entry.name);
        if (entry.isDirectory() && !NOT_SEARCHED.has(entry.name)) below.push(full);
        if (entry.isFile() && hasName(entry.name)) found.push(full);
      }
    }
    folders = below;
  }
  const isAll = folders.length === 0 && searched < MOST_FOLDERS;
  const limit = t('only {0} levels and {1} folders below it were searched', MOST_DEPTH, MOST_FOLDERS);
  return { files: found.sort(), limit: isAll ? null : limit };
}

export async function isFolder(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isDirectory() ?? false;
}

export async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isFile() ?? false;
}

/**
 * The text of a file: UTF-8, or UTF-16 where its first bytes say so, as spreadsheets write it.
 *
 * @throws Error with what is wrong, in words that go on from the file's name
 */
export async function readText(file: string, mostBytes = MOST_BYTES): Promise<string> {
  const bytes = await readBytes(file, mostBytes);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) throw new Error(t('it is no text'));
  return text;
}

async function readBytes(file: string, mostBytes: number): Promise<Uint8Array> {
  try {
    const status = await stat(file);
    if (!status.isFile()) throw new Error(t('it is no file'));
    if (status.size > mostBytes)
      throw new Error(t('it is larger than {0} MB; split it', Math.round(mostBytes / 1e6)));
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const reason = code === 'ENOENT' ? t('there is no such file') : t('it cannot be read ({0})', code);
    throw new Error(reason, { cause: error });
  }
}
