import * as vscode from 'vscode';
import type { Recorder } from '../core/runs/recorder.ts';
import { findRun } from '../core/runs/find.ts';
import { markdownReport } from '../core/reports/markdown.ts';

const SCHEME = 'training-footprint';

/** Reports as documents that are never saved, shown by VS Code's own Markdown preview. */
export class Reports implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #recorder: Recorder;
  readonly #registration: vscode.Disposable;
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  async showRun(id: string): Promise<void> {
    await this.#show(vscode.Uri.from({ scheme: SCHEME, path: `/Footprint Report.md`, query: id }));
  }

  async showText(title: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}.md` });
    this.#texts.set(uri.path, text);
    await this.#show(uri);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    if (!uri.query) return this.#texts.get(uri.path) ?? 'This report is gone; ask for it again.';
    const run = await findRun(this.#recorder, uri.query);
    return run ? markdownReport(run) : 'This run is not in the history any more.';
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  async #show(uri: vscode.Uri): Promise<void> {
    this.#changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }
}
