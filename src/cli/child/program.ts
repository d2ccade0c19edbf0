import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

type Program = { readonly file: string } | { readonly problem: string; readonly exitCode: number };

/** Finds what a shell would run, with a shell's exit codes where it would not: 127 not found, 126 not executable. */
export function findProgram(name: string): Program {
  const candidates = name.includes(path.sep) ? [path.resolve(name)] : onPath(name);
  const files = candidates.filter(isFile);
  const file = files.find(isExecutable);
  if (file) return { file };
  if (files.length > 0)
    return { problem: `${name} may not be executed; try chmod +x ${name}`, exitCode: 126 };
  return { problem: `there is no program “${name}”; check its name, or install it`, exitCode: 127 };
}

function onPath(name: string): string[] {
  const endings =
    process.platform === 'win32' ? ['', ...(process.env.PATHEXT ?? '.EXE;.CMD').split(';')] : [''];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.flatMap((folder) => endings.map((ending) => path.join(folder, name + ending)));
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
