/** How heavy the extension is: its activation in a real VS Code, by VS Code's own clock, and its package. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CodeServer } from '../test/vscode/harness/codeServer.ts';
import { waitFor } from '../test/vscode/harness/wait.ts';
import { Window } from '../test/vscode/harness/window.ts';
import { median, type Report, type Section } from './report.ts';

const ID = 'training-footprint.training-footprint';
const NAME = 'Training Footprint';
const VSIX = path.join(import.meta.dirname, '..', 'dist', 'training-footprint.vsix');
const WINDOWS = 5;

const MOST_ACTIVATION_MILLIS = 50;
const MOST_PACKAGE_KILOBYTES = 1000;

export const editor: Section = {
  name: 'editor',
  title: 'How heavy the extension is',
  async run(): Promise<Report> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'training-footprint-bench-'));
    const server = await CodeServer.start({ folder, vsix: [VSIX] });
    const times: number[] = [];
    for (let count = 0; count < WINDOWS; count++) times.push(await activationMillis(server));
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    const limits = [
      limit(`activation, median of ${WINDOWS}`, median(times), MOST_ACTIVATION_MILLIS, 'ms'),
      limit('package (VSIX)', statSync(VSIX).size / 1000, MOST_PACKAGE_KILOBYTES, 'kB'),
    ];
    return {
      tables: [{ title: 'Limits', head: ['', 'measured', 'allowed'], rows: limits.map(({ row }) => row) }],
      remarks: [`Activation in a real VS Code, by VS Code’s own clock: ${times.join(', ')} ms.`],
      missed: limits.flatMap(({ missed }) => missed),
    };
  },
};

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

function limit(what: string, value: number, most: number, unit: string) {
  const row = [what, `${value.toFixed(0)} ${unit}`, `${most} ${unit}`];
  return { row, missed: value <= most ? [] : [`${what}: ${value.toFixed(0)} ${unit}, ${most} allowed`] };
}
