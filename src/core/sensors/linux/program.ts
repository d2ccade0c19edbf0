import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Finds a program on the PATH; a relative folder of it does not count, for there anyone may have put one. */
export function findProgram(name: string, { PATH = '' }: NodeJS.ProcessEnv): string | null {
  for (const folder of PATH.split(path.delimiter)) {
    const file = path.join(folder, name);
    if (path.isAbsolute(folder) && isProgram(file)) return file;
  }
  return null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
