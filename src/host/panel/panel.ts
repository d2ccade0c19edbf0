import * as vscode from 'vscode';
import { keptIn } from './keptState.ts';
import { PageSession, type PanelParts } from './pageSession.ts';

const PANEL_TYPE = 'trainingFootprint.panel';
const VIEW_ID = 'trainingFootprint.view';

/** The page in the editor. */
interface Tab {
  readonly panel: vscode.WebviewPanel;
  readonly session: PageSession;
}

/**
 * The footprint's pages: a tab of the editor, one a window and restored after a reload, and the view in the activity
 * bar's own container.
 */
export class Panel implements vscode.Disposable {
  readonly #parts: PanelParts;
  readonly #registrations: vscode.Disposable;
  #tab: Tab | null = null;
  #view: PageSession | null = null;

  constructor(parts: PanelParts) {
    this.#parts = parts;
    this.#registrations = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
        deserializeWebviewPanel: (panel: vscode.WebviewPanel, state: unknown) => {
          this.#adopt(panel, state);
          return Promise.resolve();
        },
      }),
      vscode.window.registerWebviewViewProvider(VIEW_ID, {
        resolveWebviewView: (view, { state }) => this.#adoptView(view, state),
      }),
    );
  }

  /** @param runId to show; null for what trains now */
  open(runId: string | null = null): void {
    const { panel, session } = this.#opened();
    panel.reveal();
    session.open(runId);
  }

  /** Lets the person choose runs, and shows them beside each other. */
  async compare(): Promise<void> {
    const { panel, session } = this.#opened();
    await session.compare();
    panel.reveal();
  }

  /** Draws anew, soon. */
  update(): void {
    this.#tab?.session.update();
    this.#view?.update();
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#tab?.session.dispose();
    this.#view?.dispose();
  }

  #opened(): Tab {
    const title = 'Training Footprint';
    return (
      this.#tab ??
      this.#adopt(vscode.window.createWebviewPanel(PANEL_TYPE, title, vscode.ViewColumn.Active, {}))
    );
  }

  #adopt(panel: vscode.WebviewPanel, state?: unknown): Tab {
    const icon = (theme: string) =>
      vscode.Uri.joinPath(this.#parts.extensionUri, 'media', `flame-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const session = new PageSession(this.#parts, panel, keptIn(state));
    panel.onDidChangeViewState(() => session.update());
    panel.onDidDispose(() => {
      session.dispose();
      this.#tab = null;
    });
    this.#tab = { panel, session };
    return this.#tab;
  }

  #adoptView(view: vscode.WebviewView, state: unknown): void {
    const session = new PageSession(this.#parts, view, keptIn(state));
    view.onDidChangeVisibility(() => session.update());
    view.onDidDispose(() => {
      session.dispose();
      this.#view = null;
    });
    this.#view = session;
  }
}
