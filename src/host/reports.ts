import * as vscode from 'vscode';
import type { BeyondWishes } from '../core/reports/beyond.ts';
import { markdownReport } from '../core/reports/markdown.ts';
import { findRun } from '../core/runs/find.ts';
import type { Recorder } from '../core/runs/recorder.ts';

const SCHEME = 'training-footprint';
const RUN_REPORT = 'Footprint Report.md';

/**
 * Reports as read-only files of a file system of their own, shown by VS Code's Markdown preview. Such files are found
 * again after a reload, since asking for one activates the extension.
 */
export class Reports implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #recorder: Recorder;
  readonly #beyond: () => BeyondWishes;
  readonly #registration: vscode.Disposable;
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(recorder: Recorder, beyond: () => BeyondWishes) {
    this.#recorder = recorder;
    this.#beyond = beyond;
    this.#registration = vscode.workspace.registerFileSystemProvider(SCHEME, this, { isReadonly: true });
  }

  async showRun(id: string): Promise<void> {
    await this.#show(`/${id}/${RUN_REPORT}`);
  }

  async showText(title: string, text: string): Promise<void> {
    this.#texts.set(`/${title}.md`, text);
    await this.#show(`/${title}.md`);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode(await this.#textOf(uri));
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { byteLength } = await this.readFile(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: Date.now(), size: byteLength };
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  async #textOf({ path }: vscode.Uri): Promise<string> {
    const [, id = '', name] = path.split('/');
    if (name !== RUN_REPORT) return this.#texts.get(path) ?? 'This report is gone; ask for it again.';
    const run = await findRun(this.#recorder, id);
    return run ? markdownReport(run, this.#beyond()) : 'This run is not in the history any more.';
  }

  async #show(path: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }
}
