import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { findProgram } from '../../sensors/native/findProgram.ts';
import type { GitState } from './environment.ts';

/** A large repository on a slow disk: what takes longer would only disturb the training. Engineering judgement. */
const DEADLINE_MILLIS = 5000;
const MOST_BYTES = 1_000_000;
const MOST_FOLDERS_UP = 64;

/**
 * The state of the repository that a folder belongs to, by one call of git without its locks; null where there is none.
 * Where git is not there, refuses or is late, the commit is read from its files. Never throws.
 */
export async function gitState(folder: string, environment: NodeJS.ProcessEnv): Promise<GitState | null> {
  if (folder === '') return null;
  const gitFolder = await findGitFolder(folder);
  if (gitFolder === null) return null;
  const told = await status(folder, environment);
  return told === null ? await fromFiles(gitFolder) : parseStatus(told);
}

/** Reads `git status --porcelain=v2 --branch` (git-scm.com/docs/git-status, Porcelain Format Version 2). */
export function parseStatus(text: string): GitState {
  const lines = text.split('\n');
  const header = (name: string) =>
    lines.find((line) => line.startsWith(`# ${name} `))?.slice(name.length + 3);
  const commit = header('branch.oid');
  const branch = header('branch.head');
  return {
    commit: commit !== undefined && isObjectName(commit) ? commit : null,
    branch: branch === undefined || branch === '(detached)' ? null : branch,
    isDirty: lines.some((line) => line !== '' && !line.startsWith('#')),
  };
}

/** Neither waits for locks, nor starts a file watcher that the repository names. */
function status(cwd: string, environment: NodeJS.ProcessEnv): Promise<string | null> {
  const git = findProgram(process.platform === 'win32' ? 'git.exe' : 'git', environment);
  if (git === null) return Promise.resolve(null);
  const args = ['-c', 'core.fsmonitor=false', 'status', '--porcelain=v2', '--branch', '--untracked-files=no'];
  const options = {
    ...{ cwd, timeout: DEADLINE_MILLIS, maxBuffer: MOST_BYTES, windowsHide: true },
    killSignal: 'SIGKILL',
    encoding: 'utf8',
    env: { ...environment, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
  } as const;
  return new Promise((resolve) => {
    try {
      execFile(git, args, options, (error, stdout) => resolve(error ? null : stdout));
    } catch {
      resolve(null); // the folder has gone
    }
  });
}

/** HEAD and what it points to (git-scm.com/docs/gitrepository-layout). */
async function fromFiles(gitFolder: string): Promise<GitState> {
  const head = (await read(path.join(gitFolder, 'HEAD')))?.trim() ?? '';
  if (isObjectName(head)) return { commit: head, branch: null, isDirty: null };
  const ref = /^ref: (refs\/[\w./@+-]+)$/.exec(head)?.[1];
  if (!ref || ref.includes('..')) return { commit: null, branch: null, isDirty: null };
  const common = (await read(path.join(gitFolder, 'commondir')))?.trim();
  const folders = common ? [gitFolder, path.resolve(gitFolder, common)] : [gitFolder];
  for (const folder of folders) {
    const loose = (await read(path.join(folder, ref)))?.trim();
    const packed = new RegExp(`^([0-9a-f]{40,64}) ${ref.replaceAll(/[.+]/g, '\\$&')}$`, 'm');
    const commit = loose ?? packed.exec((await read(path.join(folder, 'packed-refs'))) ?? '')?.[1];
    if (commit && isObjectName(commit)) return { commit, branch: branchOf(ref), isDirty: null };
  }
  return { commit: null, branch: branchOf(ref), isDirty: null };
}

function branchOf(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
}

/** The folder `.git` above or in a folder, or what a file of that name points to (a worktree). */
async function findGitFolder(folder: string): Promise<string | null> {
  let current = path.resolve(folder);
  for (let count = 0; count < MOST_FOLDERS_UP; count++) {
    const candidate = path.join(current, '.git');
    const found = await stat(candidate).catch(() => null);
    if (found?.isDirectory()) return candidate;
    const pointed = found?.isFile() ? /^gitdir: (.+)$/m.exec((await read(candidate)) ?? '')?.[1] : undefined;
    if (pointed) return path.resolve(current, pointed);
    if (path.dirname(current) === current) return null;
    current = path.dirname(current);
  }
  return null;
}

async function read(file: string): Promise<string | null> {
  try {
    const { size } = await stat(file);
    return size > MOST_BYTES ? null : await readFile(file, 'utf8');
  } catch {
    return null;
  }
}

/** SHA-1 or SHA-256. */
function isObjectName(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
