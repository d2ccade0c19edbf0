import { existsSync } from 'node:fs';
import path from 'node:path';
import { installPackages } from './apt.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A Chromium to drive: the one that CHROMIUM names, one on PATH, else Debian's. */
export function ensureChromium(): string {
  const found = process.env.CHROMIUM || onPath(NAMES);
  if (found) return found;
  installPackages(['chromium', 'fonts-dejavu-core'], 'the tests look at VS Code through it');
  const installed = onPath(NAMES);
  if (!installed) throw new Error('chromium was installed but is not on PATH. Set CHROMIUM to its path.');
  return installed;
}

/** The first of these programs that is on PATH; null where none is. */
export function onPath(names: readonly string[]): string | null {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  for (const name of names) {
    const folder = folders.find((candidate) => existsSync(path.join(candidate, name)));
    if (folder) return path.join(folder, name);
  }
  return null;
}
