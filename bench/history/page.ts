import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { RunSnapshot } from '../../src/core/runs/snapshot.ts';
import type { Store } from '../../src/core/runs/store.ts';
import { HistoryPage } from '../../src/host/panel/historyPage.ts';
import { pageDocument } from '../../src/host/panel/pageDocument.ts';
import type { Runs } from '../../src/host/panel/view.ts';
import type { Message, ToHost, ToWebview } from '../../src/protocol/messages.ts';
import { ensureChromium } from '../../test/setup/chromium.ts';

const DIST = path.join(import.meta.dirname, '..', '..', 'dist');
const ORIGIN = 'http://history.test';
const NONCE = 'MTIzNDU2Nzg5MDEyMzQ1Ng==';
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

declare global {
  interface Window {
    toHost(message: unknown): void;
  }
}

/** The webview's real bundle in a real Chromium, with the history's real host and store behind it. */
export class HistoryInChromium {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #openStore: () => Promise<Store>;
  #store: Store | null = null;
  readonly #history: HistoryPage;
  /** How long the host was held up by each message, by its kind: milliseconds. */
  readonly heldUp: { type: string; millis: number }[] = [];

  private constructor(browser: Browser, page: Page, openStore: () => Promise<Store>) {
    this.#browser = browser;
    this.page = page;
    this.#openStore = openStore;
    const context = {
      update: () => this.#draw(),
      show: () => undefined,
      post: <Type extends keyof ToWebview>(type: Type, body: ToWebview[Type]) => this.#post(type, body),
    };
    this.#history = new HistoryPage(context, () => null);
  }

  /** @param openStore called at the page's first message, as in the editor */
  static async open(openStore: () => Promise<Store>, width = 1200): Promise<HistoryInChromium> {
    const browser = await chromium.launch({ executablePath: ensureChromium(), args: ARGUMENTS });
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const opened = new HistoryInChromium(browser, page, openStore);
    await opened.#load();
    return opened;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#store?.close();
  }

  async #load(): Promise<void> {
    const { page } = this;
    await page.exposeFunction('toHost', (message: Message<ToHost>) => this.#receive(message));
    await page.addInitScript(() => {
      const api = { postMessage: (message: unknown) => window.toHost(message), setState: () => undefined };
      Object.assign(window, { acquireVsCodeApi: () => api });
      const look = () => {
        if (!document.querySelector('.history-row[data-kind="run"]')) return void requestAnimationFrame(look);
        requestAnimationFrame(() => setTimeout(() => (window.rowsShownAt = performance.now())));
      };
      requestAnimationFrame(look);
    });
    await page.route(`${ORIGIN}/**`, (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === '') return route.fulfill({ contentType: 'text/html', body: html() });
      return route.fulfill({ path: path.join(DIST, path.basename(name)) });
    });
    await page.goto(`${ORIGIN}/`);
  }

  async #receive({ type, body }: Message<ToHost>): Promise<void> {
    const start = performance.now();
    this.#store ??= await this.#openStore();
    if (type === 'ready') this.#drawPage();
    const handlers: Readonly<Record<string, unknown>> = this.#history.handlers;
    (handlers[type] as ((body: unknown) => void) | undefined)?.(body);
    this.heldUp.push({ type, millis: performance.now() - start });
  }

  #drawPage(): void {
    const kept = { view: 'history', liveId: null, selectedId: null, comparedIds: [] } as const;
    this.#post('page', { view: 'history', isEmpty: false, warning: null, kept });
    this.#draw();
  }

  #draw(): void {
    const store = this.#store;
    if (!store) return;
    const runs: Runs = {
      ...{ store, live: [] as RunSnapshot[] },
      get: (id) => store.get(id),
      points: (id) => store.chartPoints(id),
    };
    this.#post('history', this.#history.draw(runs));
  }

  #post<Type extends keyof ToWebview>(type: Type, body: ToWebview[Type]): void {
    void this.page
      .evaluate((message) => window.postMessage(message, '*'), { type, body })
      .catch(() => undefined);
  }
}

function html(): string {
  const files = {
    source: ORIGIN,
    nonce: NONCE,
    script: `${ORIGIN}/webview.js`,
    style: `${ORIGIN}/webview.css`,
  };
  return pageDocument(files)
    .replace('<link', `<style nonce="${NONCE}">:root { ${variables()} }</style>\n<link`)
    .replace('<body>', '<body class="vscode-light">');
}

/** VS Code's light theme. */
function variables(): string {
  const file = path.join(import.meta.dirname, '..', '..', 'test', 'webview', 'themes.json');
  const { light } = JSON.parse(readFileSync(file, 'utf8')) as { light: Record<string, string> };
  return Object.entries(light)
    .map(([name, value]) => `${name}: ${value};`)
    .join(' ');
}
