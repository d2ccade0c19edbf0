import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { Session } from './harness/session.ts';
import { waitFor } from './harness/wait.ts';
import { pause } from './harness/wait.ts';

const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
};

const WIDTHS = { narrow: 400, wide: 1300 };

/** Keeps pictures of the panel, and checks what a picture cannot show. */
describe('The panel', function () {
  this.timeout(200_000);
  let session: Session;
  let panel: Frame;
  const errors: string[] = [];

  before(async () => {
    session = await Session.start();
    const { window } = session;
    window.page.on('console', (message) => {
      if (/Content Security Policy|training-footprint/i.test(message.text())) errors.push(message.text());
    });
    await window.newTerminal('Training');
    await window.type('python3 train.py --epochs 2 --seconds-per-epoch 1');
    await session.waitForRun('finished');
    await window.type(session.training(60, 2));
    await window.waitForStatus(/ep 4\/60/, 60);
    await window.command('Training Footprint: Open Footprint Panel');
    panel = await window.webview(/Projected total/);
    await window.command('View: Toggle Panel Visibility');
    await window.command('View: Toggle Primary Side Bar Visibility');
  });

  after(async () => {
    await session?.stop();
  });

  for (const [name, theme] of Object.entries(THEMES)) {
    for (const [width, pixels] of Object.entries(WIDTHS)) {
      it(`is drawn in ${name}, ${width}`, async () => {
        session.server.configure({ 'workbench.colorTheme': theme });
        await session.window.resize({ width: pixels, height: 1100 });
        await pause(2500);
        const overflows = await panel.evaluate(
          () => document.documentElement.scrollWidth > window.innerWidth,
        );
        assert.equal(overflows, false);
        await session.window.screenshot(`panel-${name}-${width}`);
        await panel.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
        await session.window.screenshot(`panel-${name}-${width}-below`);
        await panel.evaluate(() => window.scrollTo(0, 0));
      });
    }
  }

  it('shows a run of the history when its row is chosen', async () => {
    await panel.locator('table.history tbody tr', { hasText: 'finished' }).first().click();
    await panel.getByText('2 of 2 epochs completed').first().waitFor();
    await session.window.screenshot('panel-finished');
  });

  it('sorts the history', async () => {
    await panel.locator('table.history thead button', { hasText: 'Energy' }).first().click();
    await panel.locator('table.history thead th[aria-sort="descending"]', { hasText: 'Energy' }).waitFor();
    assert.match(await panel.locator('table.history tbody tr').first().innerText(), /epochs 60/);
  });

  it('deletes a run after it has asked', async () => {
    await panel.getByText('Delete', { exact: false }).first().click();
    await session.window.answer('Delete');
    await waitFor('the run to be gone', async () => (await session.runs()).length === 1);
    await session.waitForRun('running');
  });

  it('breaks no rule of its content security policy', () => {
    assert.deepEqual(errors, []);
  });
});
