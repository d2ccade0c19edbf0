import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from '../setup/apt.ts';
import { tempFolder } from './tempFolder.ts';

/**
 * Compiles one of the stand-ins of `libraries/` and returns the shared library's file; the folder that it lies in is
 * the caller's to remove.
 *
 * @throws Error where it does not compile
 */
export function buildLibrary(name: string): string {
  if (!existsSync('/usr/bin/cc')) installPackages(['gcc', 'libc6-dev'], 'to compile stand-ins of libraries');
  const source = fileURLToPath(new URL(`libraries/${name}.c`, import.meta.url));
  const library = path.join(tempFolder(name), `${name}.so`);
  const args = ['-shared', '-fPIC', '-O1', '-Wall', '-Werror', '-o', library, source];
  const { status, stderr } = spawnSync('cc', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name}.c does not compile: ${stderr}`);
  return library;
}
