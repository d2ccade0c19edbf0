import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './apt.ts';
import { ensureTorch } from './python.ts';

const STAMP = '.installed';

/** A Python that has PyTorch Lightning and Hugging Face Transformers. @throws Error where it cannot be made */
export function ensureTorchFrameworks(): string {
  return ensureEnvironment('torch', () => {
    const python = ensureTorch();
    if (!python) throw new Error('PyTorch Lightning and Transformers need PyTorch.');
    return [python, '-m', 'venv', '--system-site-packages'];
  });
}

/** A Python that has Keras 3. @throws Error where it cannot be made */
export function ensureKeras(): string {
  return ensureEnvironment('keras', () => ['/usr/bin/python3', '-m', 'venv']);
}

/**
 * Makes a virtual environment of Debian's Python, once for each content of its list of packages.
 *
 * @param venv the command that makes an empty one
 * @returns its Python
 */
function ensureEnvironment(name: string, venv: () => readonly string[]): string {
  const list = fileURLToPath(new URL(`frameworks/${name}.txt`, import.meta.url));
  const hash = createHash('sha256').update(readFileSync(list)).digest('hex').slice(0, 12);
  const folder = path.join(os.tmpdir(), `training-footprint-${name}-${hash}`);
  if (!existsSync(path.join(folder, STAMP))) {
    installPackages(['python3', 'python3-venv'], 'the tests train with frameworks from PyPI');
    console.log(`Installing the frameworks of ${path.relative('.', list)}: less than a minute.`);
    rmSync(folder, { recursive: true, force: true });
    run([...venv(), folder]);
    run([path.join(folder, 'bin', 'pip'), 'install', '--quiet', '--no-deps', '-r', list]);
    writeFileSync(path.join(folder, STAMP), '');
  }
  return path.join(folder, 'bin', 'python');
}

function run([file = '', ...args]: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  const said = `${stdout}${stderr}`.slice(-2000);
  if (status !== 0) throw new Error(`${[file, ...args].join(' ')} failed:\n${said}`);
}
