import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { onPath } from './chromium.ts';

const VERSION = '1.1.0';

const FOLDER = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
  `training-footprint-tests/impact-framework-${VERSION}`,
);

/** The Green Software Foundation's Impact Framework, and the reader of YAML that it comes with. */
export interface ImpactFramework {
  /** The script of `if-run`. */
  readonly run: string;
  readonly parseYaml: (text: string) => unknown;
}

/** Installs it from npm, 31 MB, unless that was done before. @throws Error where it cannot be installed */
export function ensureImpactFramework(): ImpactFramework {
  const run = path.join(FOLDER, 'node_modules', '.bin', 'if-run');
  if (!existsSync(run)) install();
  const { load } = createRequire(path.join(FOLDER, 'package.json'))('js-yaml') as {
    load: (text: string) => unknown;
  };
  return { run, parseYaml: load };
}

function install(): void {
  console.log('Installing the Impact Framework, whose if-run computes our manifests: some seconds.');
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, 'package.json'), '{ "private": true }\n');
  const npm = process.env.npm_execpath ?? onPath(['npm']);
  if (!npm) throw new Error('npm is not on PATH.');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `@grnsft/if@${VERSION}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, [realpathSync(npm), ...args], {
    cwd: FOLDER,
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`The Impact Framework could not be installed:\n${stdout}${stderr}`.slice(-4000));
}
