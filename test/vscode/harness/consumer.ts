import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { FootprintRun } from '../../../src/api.ts';
import type { Answers } from '../consumer/extension.ts';
import { waitFor } from './wait.ts';
import type { Window } from './window.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const SOURCE = path.join(ROOT, 'test', 'vscode', 'consumer');
const VSCE = path.join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');

/** The extension of `../consumer`, which uses ours, and what it has written down. */
export class Consumer {
  readonly folder: string;
  readonly vsix: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.vsix = path.join(folder, 'consumer.vsix');
  }

  /** @param folder an empty one */
  static async build(folder: string): Promise<Consumer> {
    const consumer = new Consumer(folder);
    copyFileSync(path.join(SOURCE, 'package.json'), path.join(folder, 'package.json'));
    await build({
      entryPoints: [path.join(SOURCE, 'extension.ts')],
      outfile: path.join(folder, 'extension.cjs'),
      ...{ bundle: true, platform: 'node', format: 'cjs', external: ['vscode'], logLevel: 'error' },
    });
    const args = [VSCE, 'package', '--no-dependencies', '--skip-license', '--allow-missing-repository'];
    const options = { cwd: folder, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...args, '--out', consumer.vsix],
      options,
    );
    if (status !== 0) throw new Error(`the consumer was not packed:\n${stdout}${stderr}`);
    return consumer;
  }

  /** What the event of the API told so far. */
  events(): readonly FootprintRun[] {
    const file = path.join(this.folder, 'events.jsonl');
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as FootprintRun);
  }

  /** Lets it ask for everything. */
  async ask(window: Window): Promise<Answers> {
    const file = path.join(this.folder, 'answers.json');
    rmSync(file, { force: true });
    await window.command('Consumer: Ask for Footprints');
    await waitFor('the consumer’s answers', () => existsSync(file));
    return JSON.parse(readFileSync(file, 'utf8')) as Answers;
  }
}
