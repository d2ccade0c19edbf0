import { readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { TreeRoot } from '../../metering/processTree.ts';
import type { Procfs } from '../../metering/procfs.ts';
import { isAlive } from '../owner.ts';

/** A process of a run that runs Python, as /proc tells it (man 5 proc). */
export interface PythonProcess {
  readonly pid: number;
  /** The interpreter's own file, behind all links. */
  readonly executable: string;
  readonly words: readonly string[];
  readonly cwd: string | null;
  readonly variables: ReadonlyMap<string, string>;
  /** Files that it has mapped, such as libraries. */
  readonly mapped: readonly string[];
}

/**
 * A training with more processes starts them from its first ones, and looking at one takes about a millisecond of the
 * processor. Engineering judgement.
 */
const MOST_LOOKED_AT = 8;

/** Files of a process are some megabytes at most, told by the kernel: a larger one is not what it should be. */
const MOST_BYTES = 16e6;

/** The processes of a run that run Python, the first of them first; empty where they cannot be seen. */
export async function pythonProcesses(root: TreeRoot, procfs: Procfs): Promise<readonly PythonProcess[]> {
  if (root.startSeconds === null || !isAlive(root)) return [];
  const found = await Promise.all(members(root, procfs).map(lookAt));
  return found.filter((each) => each !== null);
}

/** Pids of a run's processes, parents first. */
function members(root: TreeRoot, procfs: Procfs): readonly number[] {
  const isOurs = (pid: number) => (procfs.stat(pid)?.startSeconds ?? -1) >= root.childrenSinceSeconds;
  const first = root.counts === 'itself' ? [root.pid] : procfs.children(root.pid).filter(isOurs);
  const pids = [...first];
  for (let index = 0; index < pids.length && pids.length < MOST_LOOKED_AT; index++)
    pids.push(...procfs.children(pids[index] ?? 0));
  return pids.slice(0, MOST_LOOKED_AT);
}

async function lookAt(pid: number): Promise<PythonProcess | null> {
  const folder = `/proc/${pid}`;
  const executable = await link(`${folder}/exe`);
  if (!executable || !/^(python|pypy)[\d.]*$/.test(path.basename(executable))) return null;
  const [words, environ, maps, cwd] = await Promise.all([
    read(`${folder}/cmdline`),
    read(`${folder}/environ`),
    read(`${folder}/maps`),
    link(`${folder}/cwd`),
  ]);
  const variables = environ.split('\0').map((entry) => {
    const at = entry.indexOf('=');
    return [entry.slice(0, at), entry.slice(at + 1)] as const;
  });
  return {
    ...{ pid, executable, cwd },
    words: words.split('\0').slice(0, -1),
    variables: new Map(variables),
    mapped: mappedFiles(maps),
  };
}

/** The sixth field of each line, from the first slash on. */
function mappedFiles(maps: string): readonly string[] {
  const files = new Set<string>();
  for (const line of maps.split('\n')) {
    const at = line.indexOf('/');
    if (at > 0) files.add(line.slice(at));
  }
  return [...files];
}

async function link(file: string): Promise<string | null> {
  return readlink(file).catch(() => null);
}

async function read(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.length > MOST_BYTES ? '' : text;
}
