import * as vscode from 'vscode';
import type { Recorder } from '../../core/runs/recorder.ts';
import { t } from '../../language.ts';
import type { GreenerAction, GreenerToHost, GreenerToWebview } from '../../protocol/greener.ts';
import type { Handlers, Message } from '../../protocol/messages.ts';
import type { Carbon } from '../carbon/carbon.ts';
import type { NetworkConsent } from '../carbon/consent.ts';
import { pageHtml } from '../panel/html.ts';
import type { Settings } from '../settings.ts';
import type { PlannedArgument } from './planned.ts';
import { choiceIn, subjectOf, type Choice, type Subject } from './subject.ts';
import { greenerView } from './view.ts';

const VIEW_TYPE = 'trainingFootprint.greener';
const TITLE = t('Greener Time');

/** A page that was drawn longer ago is drawn anew as the window gets the focus: forecasts change by the half hour. */
const OLD_MILLIS = 10 * 60_000;

const CHOICE_KEY = 'greenerChoice';

export interface GreenerPageParts {
  readonly extensionUri: vscode.Uri;
  readonly memory: vscode.Memento;
  readonly recorder: Recorder;
  readonly carbon: Carbon;
  readonly settings: Settings;
  readonly consent: NetworkConsent;
  readonly onError: (error: unknown) => void;
}

/** The page of *Find a Greener Time*: one a window, restored after a reload. It has no timer: it is drawn as it is looked at. */
export class GreenerPage implements vscode.Disposable {
  readonly #parts: GreenerPageParts;
  readonly #subscriptions: vscode.Disposable[];
  #panel: vscode.WebviewPanel | null = null;
  /** What is shown, for the buttons. */
  #shown: { readonly subject: Subject; readonly bestStartMillis: number | null } | null = null;
  #drawnAtMillis = Infinity;
  /** Only the latest drawing counts. */
  #drawing = 0;

  constructor(parts: GreenerPageParts) {
    this.#parts = parts;
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: (panel: vscode.WebviewPanel) => {
          this.#adopt(panel);
          return Promise.resolve();
        },
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('trainingFootprint')) this.#draw();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused && Date.now() - this.#drawnAtMillis > OLD_MILLIS) this.#draw();
      }),
    ];
  }

  async open(choice: Choice): Promise<void> {
    await this.#parts.memory.update(CHOICE_KEY, choice);
    if (this.#panel) {
      this.#panel.reveal();
      this.#draw();
    } else this.#adopt(vscode.window.createWebviewPanel(VIEW_TYPE, TITLE, vscode.ViewColumn.Active, {}));
    this.#parts.consent.askWhenBetter().catch(this.#parts.onError);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
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
    panel.onDidDispose(() => (this.#panel = null));
    // a hidden page is gone and asks anew when it is shown
    panel.webview.html = pageHtml(panel.webview, extensionUri, 'greener');
  }

  #receive(message: unknown): void {
    const handlers: Handlers<GreenerToHost> = {
      ready: () => this.#draw(),
      act: ({ action }) => void this.#act(action).then(undefined, this.#parts.onError),
    };
    const { type, body } = message as Message<GreenerToHost>;
    if (Object.hasOwn(handlers, type)) (handlers[type] as (body: unknown) => void)(body);
  }

  #draw(): void {
    if (!this.#panel?.visible) return;
    this.#drawAnew(++this.#drawing).catch(this.#parts.onError);
  }

  async #drawAnew(drawing: number): Promise<void> {
    const { recorder, carbon, settings, memory } = this.#parts;
    if (!this.#shown) await this.#post({ type: 'greener', body: null });
    const choice = choiceIn(memory.get(CHOICE_KEY));
    const subject = choice && (await subjectOf(choice, recorder));
    if (!subject) return this.#drawNothing();
    const service = await carbon.service();
    await service.refresh();
    if (drawing !== this.#drawing) return;
    const { source, allowNetwork } = settings.carbonSettings();
    const state = {
      ...{ source, allowNetwork, betterSource: service.betterSource, carbon: service.context() },
      ...{ forecast: service.forecast(), marginalForecast: service.forecast('marginal') },
      nowMillis: Date.now(),
    };
    const { view, bestStartMillis } = greenerView(subject, state, settings.minimumSavingShare());
    this.#shown = { subject, bestStartMillis };
    this.#drawnAtMillis = state.nowMillis;
    await this.#post({ type: 'greener', body: view });
  }

  async #drawNothing(): Promise<void> {
    const change = { action: 'changeLength', label: t('Another Run or Length…'), isPrimary: true } as const;
    this.#shown = null;
    await this.#post({
      type: 'greener',
      body: {
        ...{
          title: t('No run is chosen'),
          about: '',
          headline: t('No time can be recommended.'),
          kind: 'unknown',
        },
        details: [t('The run that was chosen is gone, or nothing tells its length yet.')],
        ...{ buttons: [change], chart: null, source: '' },
      },
    });
  }

  async #post(message: Message<GreenerToWebview>): Promise<void> {
    await this.#panel?.webview.postMessage(message);
  }

  async #act(action: GreenerAction): Promise<void> {
    const { subject = null, bestStartMillis = null } = this.#shown ?? {};
    const runId = subject?.runId ?? undefined;
    const planned: PlannedArgument = {
      command: subject?.command ?? null,
      atMillis: bestStartMillis,
      runId: null,
    };
    const command = (name: string, argument?: unknown) =>
      vscode.commands.executeCommand(`trainingFootprint.${name}`, argument);
    switch (action) {
      case 'runLater':
        return void (await command('runLater', planned));
      case 'pauseRun':
        return void (await command('runLater', { ...planned, runId }));
      case 'compareLocations':
        return void (await command('compareLocations', runId));
      case 'changeLength':
        return void (await command('findGreenerTime', { ask: true }));
      case 'allowNetwork':
        return this.#parts.consent.allow();
      case 'chooseSource':
        return void (await vscode.commands.executeCommand(
          'workbench.action.openSettings',
          'trainingFootprint.carbon.source',
        ));
      case 'setLocation':
        return void (await command('setLocation'));
      case 'refresh':
        return this.#draw();
    }
  }
}
