import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PythonEnvironment } from './environment.ts';

/** What is known of the process that runs Python. */
export interface Interpreter {
  readonly executable: string;
  readonly words: readonly string[];
  readonly cwd: string | null;
  readonly variables: ReadonlyMap<string, string>;
}

const MOST_CHARACTERS = 60;

/**
 * The environment of an interpreter. That of a virtual environment is a link to another one, so that it is known by
 * the name it was called by, beside whose folder `pyvenv.cfg` stands (docs.python.org/3/library/venv.html); a conda
 * environment has a folder `conda-meta` (docs.conda.io, Environments).
 */
export async function pythonEnvironment(interpreter: Interpreter): Promise<PythonEnvironment> {
  const executable = (await calledAs(interpreter)) ?? interpreter.executable;
  const prefix = path.dirname(path.dirname(executable));
  const config = await readFile(path.join(prefix, 'pyvenv.cfg'), 'utf8').catch(() => null);
  if (config !== null) {
    const version =
      /^version(?:_info)?\s*=\s*(\d+\.\d+(?:\.\d+)?)/m.exec(config)?.[1] ?? versionIn(interpreter);
    return { name: named(`venv ${path.basename(prefix)}`, version), version, executable };
  }
  const conda = await condaVersion(prefix);
  const version = conda ?? versionIn(interpreter);
  const isConda = conda !== null || prefix === interpreter.variables.get('CONDA_PREFIX');
  return { name: named(isConda ? `conda ${path.basename(prefix)}` : '', version), version, executable };
}

/** The path by which it was called: as written, or found on the PATH that it was started with. */
async function calledAs({ words, cwd, variables }: Interpreter): Promise<string | null> {
  const [word = ''] = words;
  if (word.includes('/')) return path.isAbsolute(word) ? word : cwd && path.resolve(cwd, word);
  for (const folder of (variables.get('PATH') ?? '').split(':')) {
    const file = path.join(folder, word);
    if (word && path.isAbsolute(folder) && (await isThere(file))) return file;
  }
  return null;
}

/** A conda environment lists its packages as `conda-meta/python-3.12.4-h99d1ba7_1.json`. */
async function condaVersion(prefix: string): Promise<string | null> {
  const names = await readdir(path.join(prefix, 'conda-meta')).catch(() => []);
  return names.map((name) => /^python-(\d+\.\d+\.\d+)-/.exec(name)?.[1]).find(Boolean) ?? null;
}

/** `3.12` of `/usr/bin/python3.12`. */
function versionIn({ executable }: Pick<Interpreter, 'executable'>): string | null {
  return /(\d+\.\d+)$/.exec(path.basename(executable))?.[1] ?? null;
}

function named(kind: string, version: string | null): string {
  const python = version === null ? 'Python' : `Python ${version}`;
  return kind === '' ? python : `${kind.slice(0, MOST_CHARACTERS)}, ${python}`;
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
