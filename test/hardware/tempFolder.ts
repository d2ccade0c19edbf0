import { accessSync, chmodSync, constants, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A new folder in memory where the machine has such a place, so that frequent writes cost no disk. */
export function tempFolder(prefix: string): string {
  const folder = mkdtempSync(path.join(isWritable('/dev/shm') ? '/dev/shm' : os.tmpdir(), `${prefix}-`));
  chmodSync(folder, 0o755); // so that a child that has dropped its rights can look inside
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
