import path from 'node:path';
import { findProgram } from '../native/findProgram.ts';

/** Where it may be without being on the PATH: Windows' Subsystem for Linux, and NixOS. */
const LINUX_FOLDERS = ['/usr/lib/wsl/lib', '/run/current-system/sw/bin'];

/** Finds the program `nvidia-smi`; null where there is none. */
export function findSmi(environment: NodeJS.ProcessEnv): string | null {
  const isWindows = process.platform === 'win32';
  const usual = isWindows ? windowsFolders(environment) : LINUX_FOLDERS;
  const PATH = [environment.PATH ?? environment.Path ?? '', ...usual].join(path.delimiter);
  return findProgram(isWindows ? 'nvidia-smi.exe' : 'nvidia-smi', { PATH });
}

/** The second is that of drivers before 2018. */
function windowsFolders({ SystemRoot, ProgramFiles }: NodeJS.ProcessEnv): readonly string[] {
  return [
    path.join(SystemRoot ?? 'C:\\Windows', 'System32'),
    path.join(ProgramFiles ?? 'C:\\Program Files', 'NVIDIA Corporation', 'NVSMI'),
  ];
}
