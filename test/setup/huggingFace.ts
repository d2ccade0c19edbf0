import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installPackages } from './apt.ts';

/** Its metadata loader is what model cards have to please. */
const PACKAGE = 'huggingface_hub==2.4.0';

/** A Python that has `huggingface_hub` from PyPI, made once. @throws Error where it cannot be made */
export function ensureHuggingFace(): string {
  const folder = path.join(os.tmpdir(), `training-footprint-${PACKAGE.replace('==', '-')}`);
  const stamp = path.join(folder, '.installed');
  const python = path.join(folder, 'bin', 'python');
  if (existsSync(stamp)) return python;
  console.log(`Installing ${PACKAGE} from PyPI: less than a minute.`);
  rmSync(folder, { recursive: true, force: true });
  if (spawnSync('python3', ['-m', 'venv', folder]).status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    installPackages(['python3', 'python3-venv'], 'model cards are read by huggingface_hub');
    call('python3', ['-m', 'venv', folder]);
  }
  call(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', PACKAGE]);
  writeFileSync(stamp, '');
  return python;
}

function call(file: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed:\n${stdout}${stderr}`.slice(-2000));
}
