import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installPackages } from './apt.ts';
import { onPath } from './chromium.ts';

const FOLDER = path.join(import.meta.dirname, '..', 'vscode');
const MODULES = path.join(FOLDER, 'node_modules');
const STAMP = path.join(MODULES, '.installed');

/** What code-server's native modules are built with. */
const BUILD_PACKAGES = [
  ...['python3', 'make', 'g++', 'pkg-config', 'ca-certificates', 'git', 'procps'],
  ...['libkrb5-dev', 'libx11-dev', 'libxkbfile-dev', 'libsecret-1-dev'],
];

let failure: Error | undefined;

/** @returns code-server's entry script, installed when it is missing or another version is wanted */
export function ensureCodeServer(): string {
  if (failure) throw failure;
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(FOLDER, 'package-lock.json')))
    .digest('hex');
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) install(wanted);
  return path.join(MODULES, 'code-server', 'out', 'node', 'entry.js');
}

function install(stamp: string): void {
  installPackages(BUILD_PACKAGES, 'code-server, the real VS Code of the tests, is built with them');
  console.log('Installing code-server, a real VS Code that runs without a desktop: about two minutes.');
  if (npmInstall() || npmInstall()) return writeFileSync(STAMP, stamp);
  failure = new Error(
    `code-server could not be installed. To see why, type: cd ${path.relative('.', FOLDER)} && npm ci`,
  );
  throw failure;
}

/**
 * Runs npm on our Node, for code-server refuses to be installed by another one than it will run on.
 * It asks the user agent, which an npm around this one would hand down.
 */
function npmInstall(): boolean {
  rmSync(MODULES, { recursive: true, force: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [npmScript(), 'ci'], {
    cwd: FOLDER,
    env: {
      ...process.env,
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`,
      npm_config_user_agent: undefined,
    },
    encoding: 'utf8',
  });
  if (status !== 0) console.log(`${stdout}${stderr}`.slice(-4000));
  return status === 0;
}

function npmScript(): string {
  const npm = process.env.npm_execpath ?? onPath(['npm']);
  if (!npm) throw new Error('npm is not on PATH.');
  return realpathSync(npm);
}
