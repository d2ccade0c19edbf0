import * as vscode from 'vscode';
import type { Period } from '../core/reports/project/period.ts';
import { t } from '../language.ts';
import { loadReports } from './reporting/loadReports.ts';
import type { Subjects } from './reporting/subjects.ts';

const SCHEME = 'training-footprint';

/** What a file tells of, the first folder of its path; the name is for people, in their language. */
type Kind = 'run' | 'comparison' | 'project';

/**
 * Reports as read-only files of a file system of their own, shown by VS Code's Markdown preview. Such files are found
 * again after a reload, since asking for one activates the extension.
 */
export class Reports implements vscode.FileSystemProvider, vscode.Disposable {
  readonly subjects: Subjects;
  readonly #registration: vscode.Disposable;
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(subjects: Subjects) {
    this.subjects = subjects;
    this.#registration = vscode.workspace.registerFileSystemProvider(SCHEME, this, { isReadonly: true });
  }

  async showRun(id: string): Promise<void> {
    await this.#show(pathOf('run', id, t('Footprint Report')));
  }

  async showComparison(ids: readonly string[]): Promise<void> {
    await this.#show(pathOf('comparison', ids.join(','), t('Footprint Comparison')));
  }

  /** @param project null for all */
  async showProject(project: string | null, { fromMillis, toMillis }: Period): Promise<void> {
    const query = JSON.stringify([project, fromMillis, toMillis]);
    await this.#show(pathOf('project', encodeURIComponent(query), t('Project Footprint')));
  }

  async showText(title: string, text: string): Promise<void> {
    await this.#show(this.hold(`/${title}.md`, text).path);
  }

  /** Keeps a text as a file, to be opened beside another. */
  hold(path: string, text: string): vscode.Uri {
    this.#texts.set(path, text);
    const uri = vscode.Uri.from({ scheme: SCHEME, path });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    return uri;
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
    const [, kind = '', about = ''] = path.split('/');
    const held = this.#texts.get(path);
    if (held !== undefined) return held;
    try {
      return (await this.#markdown(kind, about)) ?? t('This report is gone; ask for it again.');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return t('There is no such report: {0}', reason);
    }
  }

  /** @returns null for a file that no report has. @throws Error where its subject is gone */
  async #markdown(kind: string, about: string): Promise<string | null> {
    const { comparisonMarkdown, markdownReport, projectMarkdown } = await loadReports();
    switch (kind) {
      case 'run': {
        const { run, beyond } = await this.subjects.run(about);
        return markdownReport(run, beyond);
      }
      case 'comparison':
        return comparisonMarkdown(await this.subjects.comparison(about.split(',')));
      case 'project': {
        const [project, fromMillis, toMillis] = JSON.parse(decodeURIComponent(about)) as [
          string | null,
          number | null,
          number | null,
        ];
        return projectMarkdown(await this.subjects.projectTotal(project, { fromMillis, toMillis }));
      }
      default:
        return null;
    }
  }

  async #show(path: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }
}

function pathOf(kind: Kind, about: string, title: string): string {
  return `/${kind}/${about}/${title}.md`;
}
