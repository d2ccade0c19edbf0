import * as vscode from 'vscode';
import type { Price } from '../../core/runs/budget.ts';
import type { Grid } from '../../core/runs/emissions.ts';
import type { Recorder } from '../../core/runs/recorder.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import type { Store } from '../../core/runs/store.ts';
import { t } from '../../language.ts';
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
import { NowPage } from './nowPage.ts';
import type { Runs, ViewContext } from './view.ts';

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
  /** One sentence on a greener time for a run; null where there is none. */
  readonly offerOf: (run: RunSnapshot) => string | null;
  readonly grid: Pick<Grid, 'over'>;
  readonly pickRuns: PickRuns;
  readonly onError: (error: unknown) => void;
}

/** Where a page is shown: a tab of the editor or a view beside it. */
export interface Surface {
  readonly webview: vscode.Webview;
  readonly visible: boolean;
}

/** One page with its three views. Draws what is looked at only. */
export class PageSession implements vscode.Disposable {
  readonly #parts: PanelParts;
  readonly #surface: Surface;
  readonly #now: NowPage;
  readonly #history: HistoryPage;
  readonly #compare: ComparePage;
  readonly #handlers: Handlers<ToHost>;
  readonly #receiving: vscode.Disposable;
  #timer: NodeJS.Timeout | null = null;
  #view: ViewId;

  /** @param kept what an earlier page of this kind showed */
  constructor(parts: PanelParts, surface: Surface, kept: KeptState) {
    this.#parts = parts;
    this.#surface = surface;
    const context: ViewContext = {
      update: () => this.update(),
      show: (view) => this.#show(view),
      post: (type, body) => this.#post(type, body),
    };
    this.#now = new NowPage(context, parts.price, parts.grid, parts.offerOf);
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
    this.#view = kept.view;
    this.#now.selectedId = kept.liveId;
    this.#history.selectedId = kept.selectedId;
    this.#compare.restore(kept);
    const { webview } = surface;
    webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(parts.extensionUri, 'dist')],
    };
    this.#receiving = webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    webview.html = pageHtml(webview, parts.extensionUri);
  }

  /** @param runId to show; null for what trains now */
  open(runId: string | null): void {
    const isLive = this.#parts.runs.shown.some(({ run }) => run.identity.id === runId);
    this.#view = runId === null || isLive ? 'now' : 'history';
    if (isLive) this.#now.selectedId = runId;
    else if (runId !== null) this.#history.selectedId = runId;
    this.update();
  }

  /** Lets the person choose runs, and shows them beside each other. */
  compare(): Promise<void> {
    return this.#compare.pick();
  }

  /** Draws anew, soon. */
  update(): void {
    if (!this.#surface.visible || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#drawNow();
    }, REDRAW_MILLIS);
  }

  dispose(): void {
    this.#receiving.dispose();
    if (this.#timer) clearTimeout(this.#timer);
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
      warning: store ? store.problem : t('There is no run history here: it needs VS Code 1.101 or newer.'),
      kept: this.#kept(),
    });
    if (this.#view === 'now') this.#post('now', this.#now.draw(runs));
    else if (this.#view === 'history') this.#post('history', this.#history.draw(runs));
    else this.#post('compare', this.#compare.draw(runs));
  }

  #post<Type extends keyof ToWebview>(type: Type, body: ToWebview[Type]): void {
    void this.#surface.webview.postMessage({ type, body });
  }

  #runs(store: Store | null): Runs {
    const snapshots = this.#parts.runs.shown.map(({ run }) => run.snapshot());
    const live = store ? snapshots.map((run) => store.edits.of(run)) : snapshots;
    const running = (id: string) => this.#parts.recorder.running.find((run) => run.identity.id === id);
    return {
      store,
      live,
      get: (id) => live.find((run) => run.id === id) ?? store?.get(id) ?? null,
      points: (id) => running(id)?.points() ?? store?.chartPoints(id) ?? [],
    };
  }

  #kept(): KeptState {
    return {
      view: this.#view,
      liveId: this.#now.selectedId,
      selectedId: this.#history.selectedId,
      comparedIds: this.#compare.runIds,
      comparedBy: this.#compare.by,
    };
  }
}
