import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { GreenerToWebview } from '../../src/protocol/greener.ts';
import type { Message, ToHost, ToWebview } from '../../src/protocol/messages.ts';
import { pageDocument, type PageFiles } from '../../src/host/panel/pageDocument.ts';
import { ensureChromium } from '../setup/chromium.ts';

const DIST = path.join(import.meta.dirname, '..', '..', 'dist');
const THEMES = JSON.parse(readFileSync(path.join(import.meta.dirname, 'themes.json'), 'utf8')) as Record<
  Theme,
  Record<string, string>
>;
const ORIGIN = 'http://webview.test';
const NONCE = 'MTIzNDU2Nzg5MDEyMzQ1Ng==';
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

export type Theme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

const KINDS: Readonly<Record<Theme, string>> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast-light vscode-high-contrast',
};

/** Of all pages. */
type Posted = ToWebview & GreenerToWebview;

declare global {
  interface Window {
    /** What the page sent to its host. */
    sent: { type: string; body: unknown }[];
    kept: unknown;
  }
}

/** The webview's real bundle in a Chromium, without VS Code around it: the test is its host. */
export class WebviewPage {
  static #browser: Promise<Browser> | null = null;
  readonly page: Page;
  /** What the browser complained of: errors, and rules of the content security policy that were broken. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  static async open(
    theme: Theme = 'light',
    width = 1000,
    page: PageFiles['page'] = 'panel',
  ): Promise<WebviewPage> {
    WebviewPage.#browser ??= chromium.launch({ executablePath: ensureChromium(), args: ARGUMENTS });
    const browser = await WebviewPage.#browser;
    const webview = new WebviewPage(await browser.newPage({ viewport: { width, height: 900 } }));
    await webview.#load(theme, page);
    return webview;
  }

  static async closeAll(): Promise<void> {
    await (await WebviewPage.#browser)?.close();
    WebviewPage.#browser = null;
  }

  async post<Type extends keyof Posted>(type: Type, body: Posted[Type]): Promise<void> {
    const data = { type, body };
    await this.page.evaluate((message) => window.postMessage(message, '*'), data);
    // the browser handles the message, then draws
    await this.page.evaluate(() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn))));
  }

  /** All that was sent of one kind. */
  async sent<Type extends keyof ToHost>(type: Type): Promise<ToHost[Type][]> {
    const all = (await this.page.evaluate(() => window.sent)) as Message<ToHost>[];
    return all.filter((message) => message.type === type).map(({ body }) => body as ToHost[Type]);
  }

  close(): Promise<void> {
    return this.page.close();
  }

  async #load(theme: Theme, kind: PageFiles['page']): Promise<void> {
    const { page } = this;
    await page.addInitScript(() => {
      window.sent = [];
      Object.assign(window, {
        acquireVsCodeApi: () => ({
          postMessage: (message: never) => window.sent.push(message),
          setState: (state: unknown) => (window.kept = state),
        }),
      });
    });
    await page.route(`${ORIGIN}/**`, (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === '') return route.fulfill({ contentType: 'text/html', body: html(theme, kind) });
      return route.fulfill({ path: path.join(DIST, path.basename(name)) });
    });
    await page.goto(`${ORIGIN}/`);
    await page.waitForFunction(() => window.sent.some(({ type }) => type === 'ready'));
  }
}

/** The host's page, with what VS Code adds: variables of the theme and classes of the body. */
function html(theme: Theme, page: PageFiles['page']): string {
  const files = {
    source: ORIGIN,
    nonce: NONCE,
    script: `${ORIGIN}/webview.js`,
    style: `${ORIGIN}/webview.css`,
    page,
  };
  const variables = Object.entries(THEMES[theme]).map(([name, value]) => `${name}: ${value};`);
  return pageDocument(files)
    .replace('<link', `<style nonce="${NONCE}">:root { ${variables.join(' ')} }</style>\n<link`)
    .replace('<body', `<body class="${KINDS[theme]}"`);
}
