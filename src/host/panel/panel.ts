import * as vscode from 'vscode';
import type { Price } from '../../core/runs/budget.ts';
import type { Grid } from '../../core/runs/emissions.ts';
import type { Recorder } from '../../core/runs/recorder.ts';
import type { Store } from '../../core/runs/store.ts';
import type {
  Handlers,
  KeptState,
  Message,
  RunToHost,
  ToHost,
  ToWebview,
  ViewId,
} from '../../protocol/messages.ts';
import type { TrackedRuns } from '../tracking/trackedRuns.ts';
import { ComparePage, type PickRuns } from './comparePage.ts';
import { HistoryPage } from './historyPage.ts';
import { pageHtml } from './html.ts';
import { keptIn } from './keptState.ts';
import { NowPage } from './nowPage.ts';
import type { Runs, ViewContext } from './view.ts';

const VIEW_TYPE = 'trainingFootprint.panel';

/** Changes closer together than this are drawn together. */
const REDRAW_MILLIS = 250;

/** What the page asks of the rest of the extension. */
export type PanelActions = Pick<
  Handlers<ToHost>,
  keyof RunToHost | 'runTraining' | 'exportRuns' | 'checkSensors'
>;

export interface PanelParts {
  readonly extensionUri: vscode.Uri;
  readonly recorder: Recorder;
  readonly runs: TrackedRuns;
  readonly actions: PanelActions;
  readonly price: () => Price | null;
  readonly grid: Pick<Grid, 'over'>;
  readonly pickRuns: PickRuns;
  readonly onError: (error: unknown) => void;
}

/** The footprint panel: one a window, restored after a reload. Draws what is looked at only. */
export class Panel implements vscode.Disposable {
  readonly #parts: PanelParts;
  readonly #registration: vscode.Disposable;
  readonly #now: NowPage;
  readonly #history: HistoryPage;
  readonly #compare: ComparePage;
  readonly #handlers: Handlers<ToHost>;
  #panel: vscode.WebviewPanel | null = null;
  #timer: NodeJS.Timeout | null = null;
  #view: ViewId = 'now';

  constructor(parts: PanelParts) {
    this.#parts = parts;
    const context: ViewContext = {
      update: () => this.update(),
      show: (view) => this.#show(view),
      post: (type, body) => this.#post(type, body),
    };
    this.#now = new NowPage(context, parts.price, parts.grid);
    this.#history = new HistoryPage(context, parts.price);
    this.#compare = new ComparePage(context, parts.pickRuns);
    this.#handlers = {
      ...parts.actions,
      ...this.#now.handlers,
      ...this.#history.handlers,
      ...this.#compare.handlers,
      ready: () => this.#drawNow(),
      showView: ({ view }) => this.#show(view),
    };
    this.#registration = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: (panel: vscode.WebviewPanel, state: unknown) => {
        this.#restore(keptIn(state));
        this.#adopt(panel);
        return Promise.resolve();
      },
    });
  }

  /** @param runId to show; null for what trains now */
  open(runId: string | null = null): void {
    const isLive = this.#parts.runs.shown.some(({ run }) => run.identity.id === runId);
    this.#view = runId === null || isLive ? 'now' : 'history';
    if (isLive) this.#now.selectedId = runId;
    else if (runId !== null) this.#history.selectedId = runId;
    if (this.#panel) {
      this.#panel.reveal();
      return this.update();
    }
    const title = 'Training Footprint';
    this.#adopt(vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active, {}));
  }

  /** Lets the person choose runs, and shows them beside each other. */
  async compare(): Promise<void> {
    if (!this.#panel) this.open();
    await this.#compare.pick();
    this.#panel?.reveal();
  }

  /** Draws anew, soon. */
  update(): void {
    if (!this.#panel?.visible || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#drawNow();
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
    const { type, body } = message as Message<ToHost>;
    if (Object.hasOwn(this.#handlers, type)) (this.#handlers[type] as (body: unknown) => void)(body);
  }

  #show(view: ViewId): void {
    this.#view = view;
    this.#drawNow();
  }

  #drawNow(): void {
    this.#draw().catch(this.#parts.onError);
  }

  async #draw(): Promise<void> {
    const store = await this.#parts.recorder.store();
    const runs = this.#runs(store);
    this.#post('page', {
      view: this.#view,
      isEmpty: runs.live.length === 0 && !store?.list({ limit: 1 }).length,
      warning: store ? store.problem : 'There is no run history here: it needs VS Code 1.101 or newer.',
      kept: this.#kept(),
    });
    if (this.#view === 'now') this.#post('now', this.#now.draw(runs));
    else if (this.#view === 'history') this.#post('history', this.#history.draw(runs));
    else this.#post('compare', this.#compare.draw(runs));
  }

  #post<Type extends keyof ToWebview>(type: Type, body: ToWebview[Type]): void {
    void this.#panel?.webview.postMessage({ type, body });
  }

  #runs(store: Store | null): Runs {
    const live = this.#parts.runs.shown.map(({ run }) => run.snapshot());
    const running = (id: string) => this.#parts.recorder.running.find((run) => run.identity.id === id);
    return {
      store,
      live,
      get: (id) => live.find((run) => run.id === id) ?? store?.get(id) ?? null,
      points: (id) => running(id)?.points() ?? store?.points(id) ?? [],
    };
  }

  #kept(): KeptState {
    return {
      view: this.#view,
      liveId: this.#now.selectedId,
      selectedId: this.#history.selectedId,
      comparedIds: this.#compare.runIds,
    };
  }

  #restore({ view, liveId, selectedId, comparedIds }: KeptState): void {
    this.#view = view;
    this.#now.selectedId = liveId;
    this.#history.selectedId = selectedId;
    this.#compare.runIds = comparedIds;
  }
}
