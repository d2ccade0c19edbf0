/** Prints how heavy the extension is: its activation in a real VS Code, by VS Code's own clock, and its package. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CodeServer } from '../test/vscode/harness/codeServer.ts';
import { waitFor } from '../test/vscode/harness/wait.ts';
import { Window } from '../test/vscode/harness/window.ts';

const ID = 'training-footprint.training-footprint';
const NAME = 'Training Footprint';
const VSIX = path.join(import.meta.dirname, '..', 'dist', 'training-footprint.vsix');
const WINDOWS = 5;

const MOST_ACTIVATION_MILLIS = 50;
const MOST_PACKAGE_KILOBYTES = 1000;

async function activationMillis(server: CodeServer): Promise<number> {
  const window = await Window.open(server.url, () => server.activations(ID));
  try {
    await window.command('Developer: Show Running Extensions');
    const row = window.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: NAME }).first();
    return await waitFor('the activation time', async () => {
      const match = /Activation: ?(\d+) ?ms/.exec(await row.innerText({ timeout: 1000 }).catch(() => ''));
      return match && Number(match[1]);
    });
  } finally {
    await window.close();
  }
}

function report(what: string, value: number, most: number, unit: string): void {
  const ratio = (value / most).toFixed(2);
  console.log(
    `${what.padEnd(28)} ${value.toFixed(0).padStart(6)} ${unit}   ${ratio} of the ${most} ${unit} allowed`,
  );
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'training-footprint-bench-'));
const server = await CodeServer.start({ folder, vsix: [VSIX] });
const times: number[] = [];
for (let count = 0; count < WINDOWS; count++) times.push(await activationMillis(server));
await server.stop();
rmSync(folder, { recursive: true, force: true });

times.sort((a, b) => a - b);
console.log(`activations in a real VS Code: ${times.join(', ')} ms`);
report('activation, median', times[Math.floor(WINDOWS / 2)] ?? NaN, MOST_ACTIVATION_MILLIS, 'ms');
report('VSIX', statSync(VSIX).size / 1000, MOST_PACKAGE_KILOBYTES, 'kB');
process.exit();
