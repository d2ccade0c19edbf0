import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { Session } from './harness/session.ts';
import { waitFor } from './harness/wait.ts';

const FINISHED = '.history-body .history-row:not([hidden])';

/** What people do with runs that are over. */
describe('The history', function () {
  this.timeout(200_000);
  let session: Session;
  let panel: Frame;

  before(async () => {
    session = await Session.start();
    const folder = path.join(session.folder, 'two-moons');
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('-c', 'user.name=me', '-c', 'user.email=me@here', 'commit', '-qm', 'first');
  });

  after(async () => {
    await session?.stop();
  });

  it('says in its view how to begin, and then shows the run', async () => {
    const { window } = session;
    await window.command('Training Footprint: Focus on Runs View');
    await window.page.getByText('No training has been tracked yet').first().waitFor();
    await window.screenshot('runs-welcome');
    await window.newTerminal('Training');
    await window.type('python3 train.py --epochs 3 --seconds-per-epoch 1');
    await session.waitForRun('finished');
    await window.page
      .locator('.pane-body .monaco-list-row', { hasText: /train\.py.*CO2e/ })
      .first()
      .waitFor();
    await window.screenshot('runs');
  });

  it('opens a run from there, with what it ran in', async () => {
    await session.window.page.locator('.pane-body .monaco-list-row', { hasText: 'train.py' }).first().click();
    panel = await session.window.webview(/Group by command/);
    const facts = panel.locator('#view-history .facts');
    await facts.getByText(/^[0-9a-f]{12} on main, nothing changed$/).waitFor();
    assert.match(await facts.innerText(), /threads/);
    await session.window.screenshot('history-run');
  });

  it('keeps a name, tags and notes that are written in place', async () => {
    await panel.getByRole('button', { name: 'Rename' }).click();
    await panel.getByLabel('Name', { exact: true }).fill('my first');
    await panel.getByLabel('Name', { exact: true }).press('Enter');
    await panel.getByLabel('Tags').fill('paper, baseline');
    await panel.getByLabel('Tags').press('Tab');
    await panel.getByLabel('Notes').fill('why');
    await panel.getByLabel('Notes').press('Tab');
    await panel
      .locator(FINISHED, { hasText: /^my first#paper #baseline/ })
      .first()
      .waitFor();
    const [run] = await session.runs();
    assert.deepEqual([run?.label, run?.tags, run?.comment], ['my first', ['paper', 'baseline'], 'why']);
  });

  it('is searched as it is typed', async () => {
    const search = panel.getByLabel('Search runs');
    await search.fill('nothing like it');
    await panel.getByText('No run is like this').waitFor();
    await search.fill('PAPER');
    await panel.locator(FINISHED, { hasText: 'my first' }).first().waitFor();
    await search.fill('');
  });

  it('deletes a run at once, and brings it back', async () => {
    await panel.locator('#view-history .run').getByText('Delete', { exact: true }).click();
    await session.window.waitForMessage(/deleted the run “my first”/);
    assert.deepEqual(await session.runs(), []);
    await session.window.pressInMessage('Undo');
    await waitFor('the run to be back', async () => (await session.runs())[0]?.label === 'my first');
  });

  it('runs a training again, in its folder', async () => {
    await panel.locator(FINISHED, { hasText: 'my first' }).first().click();
    await panel.locator('#view-history .run').getByText('Run Again', { exact: true }).click();
    await waitFor('another run', async () => (await session.runs()).length === 2, 60);
    const run = await session.waitForRun('finished');
    const [again, before] = await session.runs();
    assert.equal(again?.command, before?.command);
    assert.equal(again?.cwd, before?.cwd);
    assert.equal(run.exitCode, 0);
  });
});
