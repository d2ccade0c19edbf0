import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './apt.ts';
import { onPath } from './chromium.ts';

const SOURCES = fileURLToPath(new URL('../hardware/nvml', import.meta.url));
const FLAGS = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror'];

/** The simulated NVML as the loader looks for it, and the simulated nvidia-smi. */
export const LIBRARY = 'libnvidia-ml.so.1';
export const PROGRAM = 'nvidia-smi';

/**
 * Builds both, unless that was done before from the same sources.
 *
 * @returns the folder they are in
 * @throws Error where they cannot be built
 */
export function buildNvmlSimulator(): string {
  const built = path.join(os.tmpdir(), `training-footprint-nvml-${hashOfSources()}`);
  if (existsSync(built)) return built;
  if (!onPath(['gcc'])) installPackages(['gcc', 'libc6-dev'], 'the tests build a simulated NVIDIA library');
  const folder = mkdtempSync(`${built}-`);
  compile(['-shared', '-fPIC', `-Wl,-soname,${LIBRARY}`, '-o', path.join(folder, LIBRARY)], 'nvml.c');
  compile(['-o', path.join(folder, PROGRAM)], 'smi.c');
  try {
    renameSync(folder, built);
  } catch (error) {
    if (!existsSync(built)) throw error; // else another process was first
  }
  return built;
}

function hashOfSources(): string {
  const hash = createHash('sha256').update(FLAGS.join(' '));
  for (const name of readdirSync(SOURCES).sort())
    if (/\.[ch]$/.test(name)) hash.update(readFileSync(path.join(SOURCES, name)));
  return hash.digest('hex').slice(0, 16);
}

function compile(target: readonly string[], main: string): void {
  const files = [main, 'machine.c'].map((name) => path.join(SOURCES, name));
  const args = [...FLAGS, ...target, ...files, '-lm', '-lpthread', '-ldl'];
  const { status, stderr } = spawnSync('gcc', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${main} was not compiled:\n${stderr}`);
}
