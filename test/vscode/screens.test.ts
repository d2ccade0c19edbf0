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

/** Of the window, so that the page has about 300 to 1600. */
const WIDTHS = { narrow: 360, middle: 1000, wide: 1650 };
const VIEWS = ['Now', 'History', 'Compare'];

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

  it('compares the runs that are chosen', async () => {
    await session.window.command('Training Footprint: Compare Runs…');
    await session.window.pickAll();
    await panel.getByRole('heading', { name: 'Comparison' }).waitFor();
    await panel.locator('.compared tbody tr').nth(1).waitFor();
    await panel.getByText(/loss is best in/).waitFor();
  });

  for (const [name, theme] of Object.entries(THEMES)) {
    for (const [width, pixels] of Object.entries(WIDTHS)) {
      it(`is drawn in ${name}, ${width}`, async () => {
        session.server.configure({ 'workbench.colorTheme': theme });
        await session.window.resize({ width: pixels, height: 1100 });
        await pause(1500);
        for (const view of VIEWS) {
          await panel.getByRole('tab', { name: view }).click();
          await pause(700);
          const overflows = await panel.evaluate(
            () => document.documentElement.scrollWidth > window.innerWidth,
          );
          assert.equal(overflows, false, view);
          await session.window.screenshot(`panel-${view}-${name}-${width}`);
          await panel.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
          await session.window.screenshot(`panel-${view}-${name}-${width}-below`);
          await panel.evaluate(() => window.scrollTo(0, 0));
        }
      });
    }
  }

  it('has a view of its own in the activity bar', async () => {
    const { window } = session;
    await window.resize({ width: 1300, height: 900 });
    const icon = window.page.locator('.activitybar [aria-label^="Training Footprint"]').first();
    await icon.click();
    await waitFor('the page beside the editor', async () => {
      const looks = window.page.frames().map((frame) => frame.evaluate(isNarrowPage).catch(() => false));
      return (await Promise.all(looks)).includes(true);
    });
    await window.screenshot('view');
    await icon.click();
    await panel.getByRole('tab', { name: 'History' }).click();
  });

  it('shows a run of the history when its row is chosen', async () => {
    await panel.locator('.history-body .history-row', { hasText: 'finished' }).first().click();
    await panel.getByText('2 of 2 epochs completed').first().waitFor();
    await session.window.screenshot('panel-finished');
  });

  it('sorts the history', async () => {
    await panel.locator('.history-head').getByRole('columnheader', { name: 'Energy' }).click();
    await panel.locator('.history-head [aria-sort="descending"]', { hasText: 'Energy' }).waitFor();
    assert.match(await panel.locator('.history-row[data-index="0"]').innerText(), /of 60/);
  });

  it('deletes a run', async () => {
    await panel.locator('#view-history .run').getByText('Delete', { exact: true }).click();
    await waitFor('the run to be gone', async () => (await session.runs()).length === 1);
    await session.waitForRun('running');
  });

  it('breaks no rule of its content security policy', () => {
    assert.deepEqual(errors, []);
  });
});

function isNarrowPage(): boolean {
  return window.innerWidth < 500 && document.querySelector('#view-now .figure') !== null;
}
