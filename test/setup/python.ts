import { spawnSync } from 'node:child_process';
import { installPackages } from './apt.ts';
import { onPath } from './chromium.ts';

/** Makes sure of a python3. */
export function ensurePython(): void {
  if (!onPath(['python3'])) installPackages(['python3'], 'trainings are Python scripts');
}

/**
 * The Python that has PyTorch: Debian's own, since other Pythons on PATH do not see Debian's packages.
 *
 * @returns null where PyTorch cannot be had; the tests train in plain Python then
 */
export function ensureTorch(): string | null {
  if (hasTorch('/usr/bin/python3')) return '/usr/bin/python3';
  try {
    installPackages(['python3', 'python3-torch', 'python3-numpy'], 'the tests train a real PyTorch network');
  } catch (error) {
    console.log(`${(error as Error).message} The tests train in plain Python instead.`);
  }
  return hasTorch('/usr/bin/python3') ? '/usr/bin/python3' : null;
}

function hasTorch(python: string): boolean {
  return spawnSync(python, ['-c', 'import torch']).status === 0;
}
