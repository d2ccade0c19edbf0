import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Procfs } from '../../../src/core/metering/procfs.ts';
import { ensureCodeServer } from '../../setup/codeServer.ts';
import { waitFor } from './wait.ts';

const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'task.allowAutomaticTasks': 'on',
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.initialHint': false,
  'terminal.integrated.suggest.enabled': false,
};

export interface CodeServerOptions {
  /** Folder to open. */
  readonly folder: string;
  /** Extensions to install, as VSIX files. */
  readonly vsix: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What it speaks, as with a language pack: `de`. English where it is left out. */
  readonly language?: string;
}

/** A real VS Code server with folders of its own. */
export class CodeServer {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #home: string;

  private constructor(url: string, process: ChildProcess, home: string) {
    this.url = url;
    this.#process = process;
    this.#home = home;
  }

  static async start({ folder, vsix, env, settings, language }: CodeServerOptions): Promise<CodeServer> {
    const entry = ensureCodeServer();
    const home = mkdtempSync(path.join(os.tmpdir(), 'training-footprint-vscode-'));
    const folders = [
      '--user-data-dir',
      path.join(home, 'user'),
      '--extensions-dir',
      path.join(home, 'extensions'),
    ];
    writeSettings(home, { ...SETTINGS, ...settings });
    if (language) writeLanguage(home, language);
    for (const file of vsix) install(entry, folders, file);
    const port = await freePort();
    const args = [
      '--auth',
      'none',
      '--bind-addr',
      `127.0.0.1:${port}`,
      '--disable-telemetry',
      '--disable-update-check',
      ...(language ? ['--locale', language] : []),
    ];
    const child = spawn(process.execPath, [entry, ...folders, ...args, '--disable-workspace-trust', folder], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    process.once('exit', () => kill(-(child.pid ?? 0)));
    const said = collect(child);
    await waitFor('code-server to answer', () => answers(port, child, said));
    return new CodeServer(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`, child, home);
  }

  /** Changes the user's settings, as by hand. */
  configure(settings: Readonly<Record<string, unknown>>): void {
    writeSettings(this.#home, { ...SETTINGS, ...settings });
  }

  /** What stands in the settings of the machine. */
  machineSettings(): Record<string, unknown> {
    const file = path.join(this.#home, 'user', 'Machine', 'settings.json');
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  }

  /** Pids of the processes that extensions run in, one a window. */
  extensionHosts(): number[] {
    const procfs = new Procfs();
    const isHost = (pid: number) =>
      procfs.commandLine(pid)?.some((word) => word === '--type=extensionHost') ?? false;
    return this.#descendants(procfs).filter(isHost);
  }

  /** How often an extension was activated so far. */
  activations(extension: string): number {
    return this.logs().split(`_doActivateExtension ${extension},`).length - 1;
  }

  /** What extension hosts wrote to their logs. */
  logs(): string {
    const folder = path.join(this.#home, 'user', 'logs');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => /exthost[^/]*\.log$/.test(name));
    return files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('\n');
  }

  /** Ends the server and all that it started. */
  async stop(): Promise<void> {
    const pids = this.#descendants(new Procfs());
    const ended = new Promise((resolve) => this.#process.once('close', resolve));
    for (const pid of [...pids, this.#process.pid ?? 0]) kill(pid);
    await ended;
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  #descendants(procfs: Procfs): number[] {
    const below = (pid: number): number[] =>
      procfs.children(pid).flatMap((child) => [child, ...below(child)]);
    return below(this.#process.pid ?? -1);
  }
}

/** Settings of the machine (its country) count only in the machine's own file, all others in the user's. */
function writeSettings(home: string, settings: object): void {
  for (const name of ['User', 'Machine']) {
    const folder = path.join(home, 'user', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
  }
}

/** A language pack that is installed, and has no text of the workbench itself: tests find that in English. */
function writeLanguage(home: string, language: string): void {
  const texts = path.join(home, 'texts.json');
  writeFileSync(texts, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: `test.language-pack-${language}` }, version: '1.0.0' }];
  const packs = {
    [language]: { hash: language, label: language, extensions, translations: { vscode: texts } },
  };
  writeFileSync(path.join(home, 'user', 'languagepacks.json'), JSON.stringify(packs));
}

function install(entry: string, folders: readonly string[], vsix: string): void {
  const args = [entry, ...folders, '--install-extension', vsix];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${vsix} was not installed:\n${stdout}${stderr}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function collect(child: ChildProcess): string[] {
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => said.push(String(data)));
  return said;
}

async function answers(port: number, child: ChildProcess, said: readonly string[]): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`code-server ended:\n${said.join('').slice(-2000)}`);
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    (response) => response.ok,
    () => false,
  );
}

function kill(pid: number): void {
  try {
    if (pid !== 0) process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}
