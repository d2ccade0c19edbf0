import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Frame, type Locator, type Page } from 'playwright-core';
import { ensureChromium } from '../../setup/chromium.ts';
import { pause, waitFor } from './wait.ts';

const ARTIFACTS = path.join(import.meta.dirname, '..', 'artifacts');

const ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

const SIZE: Size = { width: 1300, height: 850 };

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A window of VS Code, driven as a user drives it. */
export class Window {
  readonly #browser: Browser;
  readonly #activations: () => number;
  readonly #url: string;
  readonly page: Page;

  private constructor(browser: Browser, page: Page, url: string, activations: () => number) {
    this.#url = url;
    this.#browser = browser;
    this.#activations = activations;
    this.page = page;
  }

  /** @param activations how often the extension was activated so far: what it contributes is there from then on */
  static async open(url: string, activations: () => number, viewport = SIZE): Promise<Window> {
    const before = activations();
    const browser = await chromium.launch({ executablePath: ensureChromium(), args: ARGUMENTS });
    const window = new Window(browser, await browser.newPage({ viewport }), url, activations);
    await window.page.goto(url);
    await window.#ready(before);
    return window;
  }

  /** Runs a command of the palette by its full title. */
  async command(title: string): Promise<void> {
    await this.#openPalette(`>${title}`);
    await this.#choose(title);
  }

  /** What opens meanwhile may take the focus, which closes the palette: then it is opened again. */
  async #openPalette(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input:visible');
    for (let tries = 1; ; tries++) {
      await this.page.keyboard.press('F1');
      try {
        await input.fill(text, { timeout: 5000 });
        return;
      } catch (error) {
        if (tries === 4) throw error;
      }
    }
  }

  /** Chooses from the list that a command shows. */
  async pick(text: string): Promise<void> {
    await this.#rows(text).first().waitFor();
    const input = this.page.locator('.quick-input-widget input.input:visible');
    await input.waitFor();
    await input.fill(text);
    await this.#choose(text);
  }

  /** Chooses what a list has once it is typed. */
  async pickTyped(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input:visible');
    await input.waitFor();
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await input.fill(text);
    await this.#choose(text);
  }

  /** Chooses all of a list of which several may be chosen. */
  async pickAll(): Promise<void> {
    const rows = this.page.locator('.quick-input-widget .monaco-list-row:visible');
    await rows.first().waitFor();
    for (const row of await rows.all()) await row.click();
    await this.page.locator('.quick-input-widget input.input:visible').press('Enter');
  }

  /** Accepts what a file dialog shows, which heeds no key while it looks at the disk. */
  async acceptFile(): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input:visible');
    for (let tries = 1; ; tries++) {
      await input.press('Enter');
      try {
        return await input.waitFor({ state: 'hidden', timeout: 3000 });
      } catch (error) {
        if (tries === 5) throw error;
      }
    }
  }

  /** Types a path into a file dialog, and accepts it. */
  async typeFile(file: string): Promise<void> {
    await this.page.locator('.quick-input-widget input.input:visible').fill(file);
    await this.acceptFile();
  }

  /** Fills in the box that a command shows. */
  async fillIn(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input:visible');
    await input.waitFor();
    await input.fill(text);
    await input.press('Enter');
  }

  /** A new terminal of a profile, ready for typing. */
  async newTerminal(profile: string): Promise<void> {
    await this.command('Create New Terminal (With Profile)');
    if (!(await this.#isListed(profile))) {
      // on a slow start VS Code has no profiles of extensions in its list until a terminal is made
      await this.page.keyboard.press('Escape');
      await this.command('Terminal: Create New Terminal');
      await pause(3000);
      await this.command('Create New Terminal (With Profile)');
    }
    await this.pick(profile);
    await pause(1000);
    await this.#orPicture(`the prompt of a ${profile} terminal`, () => this.#hasPrompt().catch(() => false));
    await this.page.locator('.terminal-wrapper.active .xterm-helper-textarea').first().focus();
  }

  /** Types into what has the focus, and Enter. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 5 });
    await this.page.keyboard.press('Enter');
  }

  /** Our status-bar item's text; null while there is none. */
  async status(): Promise<string | null> {
    const item = this.#statusItem();
    if ((await item.count()) === 0) return null;
    const text = await item
      .first()
      .innerText({ timeout: 1000 })
      .catch(() => null); // it has gone meanwhile
    return text && text.trim();
  }

  waitForStatus(pattern: RegExp, seconds = 30): Promise<string> {
    return this.#orPicture(
      `status ${pattern}`,
      async () => {
        const text = await this.status();
        return text && pattern.test(text) ? text : null;
      },
      seconds,
    );
  }

  /** Points at our status-bar item and returns what its tooltip says. */
  async tooltip(): Promise<string> {
    await this.#statusItem().first().hover();
    const hover = this.page.locator('.monaco-hover:visible');
    await hover.waitFor();
    return hover.innerText();
  }

  async clickStatus(): Promise<void> {
    await this.#statusItem().first().click();
  }

  /** Texts of the messages that are shown. */
  async messages(): Promise<string[]> {
    return this.page.locator('.notification-list-item-message:visible').allInnerTexts();
  }

  waitForMessage(pattern: RegExp): Promise<string> {
    return this.#orPicture(`message ${pattern}`, async () =>
      (await this.messages()).find((text) => pattern.test(text)),
    );
  }

  /** Presses a button of the newest message. */
  async pressInMessage(button: string): Promise<void> {
    await this.page
      .locator('.notification-list-item .monaco-button:visible', { hasText: button })
      .first()
      .click();
  }

  /** Presses a button of a modal dialog. */
  async answer(button: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box .monaco-button', { hasText: button }).first().click();
  }

  /** The inside of the webview whose text matches. */
  webview(pattern: RegExp, seconds = 30): Promise<Frame> {
    return this.#orPicture(
      `webview ${pattern}`,
      async () => {
        for (const frame of this.page
          .frames()
          .filter(
            (candidate) => candidate.name() === 'active-frame' || candidate.parentFrame()?.parentFrame(),
          )) {
          const text = await frame
            .locator('body')
            .innerText({ timeout: 1000 })
            .catch(() => '');
          if (pattern.test(text)) return frame;
        }
        return null;
      },
      seconds,
    );
  }

  async tabs(): Promise<string[]> {
    return this.page.locator('.tabs-container .tab .label-name').allInnerTexts();
  }

  async reload(): Promise<void> {
    const before = this.#activations();
    await this.page.evaluate(() => document.body.classList.add('before-reload'));
    await this.command('Developer: Reload Window');
    await waitFor('the window to reload', () =>
      this.page.evaluate(() => !document.body.classList.contains('before-reload')).catch(() => false),
    );
    await this.#ready(before);
  }

  /** Closes the window, as one closes a tab of a browser. */
  async leave(): Promise<void> {
    await this.page.goto('about:blank');
  }

  /** Opens it again. */
  async comeBack(): Promise<void> {
    const before = this.#activations();
    await this.page.goto(this.#url);
    await this.#ready(before);
  }

  /** Keeps a picture as an artefact of the tests. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(ARTIFACTS, { recursive: true });
    await this.page.screenshot({ path: path.join(ARTIFACTS, `${name}.png`) });
  }

  async resize(size: Size): Promise<void> {
    await this.page.setViewportSize(size);
    await pause(500);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #ready(activationsBefore: number): Promise<void> {
    await this.page.waitForSelector('.monaco-workbench .statusbar-item', { timeout: 60_000 });
    await waitFor('the extension to be activated', () => this.#activations() > activationsBefore, 60);
    await pause(1000);
  }

  #isListed(text: string): Promise<boolean> {
    const row = this.#rows(text).first();
    return row.waitFor({ timeout: 2000 }).then(
      () => true,
      () => false,
    );
  }

  #rows(text: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
  }

  #statusItem(): Locator {
    return this.page.locator(
      '.statusbar-item[id="training-footprint.training-footprint.trainingFootprint.run"]',
    );
  }

  async #choose(text: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row.focused');
    const typed = await this.page.locator('.quick-input-widget input.input:visible').inputValue();
    await this.#orPicture(`“${text}” in the list`, async () => {
      const label = await row
        .first()
        .getAttribute('aria-label', { timeout: 1000 })
        .catch(() => null);
      return label?.includes(text);
    });
    await this.page.keyboard.press('Enter');
    const input = this.page.locator('.quick-input-widget input.input:visible');
    await waitFor('the list to go', async () => {
      if (await input.isHidden()) return true;
      return typed !== (await input.inputValue({ timeout: 200 }).catch(() => typed));
    });
  }

  async #hasPrompt(): Promise<boolean> {
    const text = await this.page.locator('.terminal-wrapper.active .xterm-rows').innerText({ timeout: 1000 });
    return /[$#%>]\s*$/.test(text);
  }

  async #orPicture<T>(
    what: string,
    ask: () => Promise<T | null | undefined | false>,
    seconds = 30,
  ): Promise<T> {
    try {
      return await waitFor(what, ask, seconds);
    } catch (error) {
      await this.screenshot(`failed-${what.replace(/[^a-z0-9]+/gi, '-').slice(0, 40)}`);
      throw error;
    }
  }
}
