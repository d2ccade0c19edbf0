/** Opens a real VS Code with the extension on a copy of the example, whose training starts with it. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onPath } from '../setup/chromium.ts';
import { ensurePython } from '../setup/python.ts';
import { CodeServer } from './harness/codeServer.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const VSIX = path.join(ROOT, 'dist', 'training-footprint.vsix');

const home = mkdtempSync(path.join(os.tmpdir(), 'training-footprint-example-'));
const folder = path.join(home, 'two-moons');
cpSync(path.join(ROOT, 'test', 'workspace'), folder, { recursive: true });

try {
  ensurePython();
  const code = onPath(['code', 'code.cmd']);
  await (code ? openDesktop(code) : openServer());
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** The user's own VS Code, with folders of its own so that theirs stay as they are. */
async function openDesktop(code: string): Promise<void> {
  const own = ['--user-data-dir', path.join(home, 'user'), '--extensions-dir', path.join(home, 'extensions')];
  const args = [
    ...own,
    '--disable-workspace-trust',
    '--new-window',
    '--wait',
    `--extensionDevelopmentPath=${ROOT}`,
    folder,
  ];
  console.log(
    'Opening VS Code. Allow the automatic task when it asks; close the window or press Ctrl-C to end.',
  );
  const child = spawn(code, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  await Promise.race([new Promise((resolve) => child.once('close', resolve)), interrupted()]);
  child.kill();
}

async function openServer(): Promise<void> {
  if (!existsSync(VSIX)) throw new Error('The extension is not packaged. Type: npm run package');
  const server = await CodeServer.start({ folder, vsix: [VSIX] });
  console.log(`\nTraining Footprint runs at ${server.url}`);
  console.log('Open it in a browser: a training starts at once. Ctrl-C ends it all.');
  await interrupted();
  await server.stop();
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
