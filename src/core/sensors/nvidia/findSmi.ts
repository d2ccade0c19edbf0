import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Where it may be without being on the PATH: Windows' Subsystem for Linux, and NixOS. */
const LINUX_FOLDERS = ['/usr/lib/wsl/lib', '/run/current-system/sw/bin'];

/** Finds the program `nvidia-smi`; null where there is none. */
export function findSmi(environment: NodeJS.ProcessEnv): string | null {
  const isWindows = process.platform === 'win32';
  const name = isWindows ? 'nvidia-smi.exe' : 'nvidia-smi';
  const usual = isWindows ? windowsFolders(environment) : LINUX_FOLDERS;
  const onPath = (environment.PATH ?? environment.Path ?? '').split(path.delimiter);
  for (const folder of [...onPath, ...usual]) {
    const file = path.join(folder, name);
    if (path.isAbsolute(folder) && isProgram(file)) return file;
  }
  return null;
}

/** The second is that of drivers before 2018. */
function windowsFolders({ SystemRoot, ProgramFiles }: NodeJS.ProcessEnv): readonly string[] {
  return [
    path.join(SystemRoot ?? 'C:\\Windows', 'System32'),
    path.join(ProgramFiles ?? 'C:\\Program Files', 'NVIDIA Corporation', 'NVSMI'),
  ];
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
