import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installPackages } from '../test/setup/apt.ts';
import { ensurePython } from '../test/setup/python.ts';

const REQUIREMENTS = path.join(import.meta.dirname, 'requirements.txt');

/** What the benchmarks keep between two runs, in the folder for such things (XDG Base Directory): npm empties its own. */
export const CACHE = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
  'training-footprint-bench',
);

const ENVIRONMENT = path.join(CACHE, 'python');
const STAMP = path.join(ENVIRONMENT, 'requirements.txt');

/** The Python that has the peers. */
export function python(): string {
  return path.join(ENVIRONMENT, 'bin', 'python');
}

/** A home without anybody's settings in it. */
export function homeFolder(): string {
  const folder = path.join(CACHE, 'home');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Installs the peers from PyPI, unless the same versions are there from before. */
export function ensurePeers(): void {
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  console.log('Installing the peers from PyPI into a Python of their own: about a minute.');
  rmSync(ENVIRONMENT, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  createEnvironment();
  call(python(), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
  writeFileSync(STAMP, wanted);
}

function createEnvironment(): void {
  ensurePython();
  if (spawnSync('python3', ['-m', 'venv', ENVIRONMENT]).status === 0) return;
  rmSync(ENVIRONMENT, { recursive: true, force: true });
  installPackages(['python3-venv'], 'the peers are installed into a Python of their own');
  call('python3', ['-m', 'venv', ENVIRONMENT]);
}

/** Version of Python, and of each peer as it is installed. */
export function peerVersions(): ReadonlyMap<string, string> {
  const names = ['carbontracker', 'codecarbon', 'zeus'];
  const script = `import sys, importlib.metadata as m\nprint("Python " + sys.version.split()[0])\n[print(n, m.version(n)) for n in sys.argv[1:]]`;
  const lines = call(python(), ['-c', script, ...names])
    .trim()
    .split('\n');
  return new Map(lines.map((line) => line.split(' ') as [string, string]));
}

function call(file: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed:\n${stdout}${stderr}`.slice(-4000));
  return stdout;
}
