import * as vscode from 'vscode';
import type { Recorder } from '../../core/runs/recorder.ts';
import type { Price } from '../../core/runs/budget.ts';
import { lastRun } from '../../core/runs/find.ts';
import type { RunSnapshot, SamplePoint } from '../../core/runs/snapshot.ts';
import type { HistoryQuery } from '../../core/runs/store.ts';
import type {
  Handlers,
  HistoryColumn,
  Message,
  PanelState,
  ToHost,
  ToWebview,
} from '../../protocol/messages.ts';
import type { TrackedRuns } from '../tracking/trackedRuns.ts';
import { historyView } from './historyView.ts';
import { pageHtml } from './html.ts';
import { runView } from './runView.ts';

const VIEW_TYPE = 'trainingFootprint.panel';

/** Changes closer together than this are drawn together. */
const REDRAW_MILLIS = 250;

/** What the page asks of the rest of the extension. */
export type PanelActions = Omit<Handlers<ToHost>, 'ready' | 'selectRun' | 'sortHistory'>;

export interface PanelParts {
  readonly extensionUri: vscode.Uri;
  readonly recorder: Recorder;
  readonly runs: TrackedRuns;
  readonly actions: PanelActions;
  readonly price: () => Price | null;
  /** One sentence on a greener time for a run; null where there is none. */
  readonly offerOf: (run: RunSnapshot) => string | null;
  readonly onError: (error: unknown) => void;
}

/** The footprint panel: one a window, restored after a reload. Draws while it is visible only. */
export class Panel implements vscode.Disposable {
  readonly #parts: PanelParts;
  readonly #registration: vscode.Disposable;
  #panel: vscode.WebviewPanel | null = null;
  #timer: NodeJS.Timeout | null = null;
  #selectedId: string | null = null;
  #sort: Required<Pick<HistoryQuery, 'order' | 'descending'>> = { order: 'started', descending: true };

  constructor(parts: PanelParts) {
    this.#parts = parts;
    this.#registration = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: (panel: vscode.WebviewPanel, state: unknown) => {
        this.#selectedId = selectedIn(state);
        this.#adopt(panel);
        return Promise.resolve();
      },
    });
  }

  /** @param runId to show; null for the newest */
  open(runId: string | null = null): void {
    this.#selectedId = runId;
    if (this.#panel) {
      this.#panel.reveal();
      return this.update();
    }
    const title = 'Training Footprint';
    this.#adopt(vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active, {}));
  }

  /** Draws anew, soon. */
  update(): void {
    if (!this.#panel?.visible || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#draw().catch(this.#parts.onError);
    }, REDRAW_MILLIS);
  }

  dispose(): void {
    this.#registration.dispose();
    if (this.#timer) clearTimeout(this.#timer);
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const { extensionUri } = this.#parts;
    this.#panel = panel;
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `flame-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')],
    };
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    panel.onDidChangeViewState(() => this.update());
    panel.onDidDispose(() => (this.#panel = null));
    panel.webview.html = pageHtml(panel.webview, extensionUri);
  }

  #receive(message: unknown): void {
    const handlers: Handlers<ToHost> = {
      ...this.#parts.actions,
      ready: () => this.update(),
      selectRun: ({ runId }) => {
        this.#selectedId = runId;
        this.update();
      },
      sortHistory: ({ column }) => this.#sortBy(column),
    };
    const { type, body } = message as Message<ToHost>;
    if (Object.hasOwn(handlers, type)) (handlers[type] as (body: unknown) => void)(body);
  }

  #sortBy(column: HistoryColumn): void {
    const { order, descending } = this.#sort;
    this.#sort = { order: column, descending: order === column ? !descending : column !== 'name' };
    this.update();
  }

  async #draw(): Promise<void> {
    const message: Message<ToWebview> = { type: 'state', body: await this.#state() };
    await this.#panel?.webview.postMessage(message);
  }

  async #state(): Promise<PanelState> {
    const store = await this.#parts.recorder.store();
    const live = this.#parts.runs.shown.map(({ run }) => run.snapshot());
    const selected = await this.#selected(live);
    return {
      live: live.map(({ id, label }) => ({ id, title: label })),
      selected: selected && {
        ...runView(selected, this.#points(selected.id, store), this.#parts.price()),
        greenerOffer: this.#parts.offerOf(selected),
      },
      history: historyView(store?.list(this.#sort) ?? [], live, this.#sort),
      warning: store ? store.problem : 'There is no run history here: it needs VS Code 1.101 or newer.',
    };
  }

  async #selected(live: readonly RunSnapshot[]): Promise<RunSnapshot | null> {
    const store = await this.#parts.recorder.store();
    const chosen = live.find(({ id }) => id === this.#selectedId);
    const inHistory = this.#selectedId === null ? null : (store?.get(this.#selectedId) ?? null);
    return chosen ?? inHistory ?? live.at(-1) ?? (await lastRun(this.#parts.recorder));
  }

  #points(id: string, store: Awaited<ReturnType<Recorder['store']>>): readonly SamplePoint[] {
    const running = this.#parts.recorder.running.find((run) => run.identity.id === id);
    return running ? running.points() : (store?.points(id) ?? []);
  }
}

/** What the webview kept of itself is checked like anything from outside. */
function selectedIn(state: unknown): string | null {
  const id = (state as { runId?: unknown } | undefined)?.runId;
  return typeof id === 'string' ? id : null;
}
