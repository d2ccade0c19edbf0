import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { insertMetadata } from '../../src/core/reports/modelCard/insert.ts';
import { cardMetadata } from '../../src/core/reports/modelCard/metadata.ts';
import { Store } from '../../src/core/runs/store.ts';
import { POINTS } from '../unit/reports/subjects.ts';
import { snapshot } from '../unit/runs/snapshots.ts';
import { Session } from './harness/session.ts';
import { waitFor } from './harness/wait.ts';

const OWNER = { pid: 1, startSeconds: 1 };
const FIRST = snapshot({ id: 'run-1', label: 'first.py', emissionsGrams: 12.5 });
const SECOND = snapshot({
  ...{ id: 'run-2', label: 'second <b>.py', energyJoules: 18_000, emissionsGrams: 2.1 },
  startedAtMillis: FIRST.startedAtMillis + 60_000,
});

describe('Reports in the editor', function () {
  this.timeout(180_000);
  let session: Session;

  before(async () => {
    session = await Session.start();
    const store = await Store.open(path.join(session.folder, 'data', 'history.db'));
    store.save(FIRST, POINTS, null, OWNER);
    store.save(SECOND, POINTS, null, OWNER);
    store.close();
  });

  after(async () => {
    await session?.stop();
  });

  it('show a run', async () => {
    const { window } = session;
    await window.command('Training Footprint: Run Report…');
    await window.pick('first.py');
    await window.pick('Show');
    await window.webview(/Footprint of first\.py/);
    await window.screenshot('report-run');
  });

  it('save it as a page that stands alone', async () => {
    const { window, folder } = session;
    const file = path.join(folder, 'two-moons', 'report.html');
    await window.command('Training Footprint: Run Report…');
    await window.pick('second <b>.py');
    await window.pick('Save: HTML');
    await window.typeFile(file);
    await waitFor('the page', () => existsSync(file));
    const page = await waitFor('its end', () => {
      const text = readFileSync(file, 'utf8');
      return text.includes('</html>') && text;
    });
    assert.match(page, /<bdi>second &lt;b&gt;\.py<\/bdi>/);
    assert.match(page, /class="area gpu"/);
  });

  it('compare runs, the oldest first', async () => {
    const { window } = session;
    await window.command('Training Footprint: Comparison Report…');
    for (const name of ['second', 'first'])
      await window.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).click();
    await window.page.keyboard.press('Enter');
    await window.pick('Show');
    const preview = await window.webview(/Comparison of 2 runs/);
    assert.match(await preview.locator('body').innerText(), /1\. first\.py\s+2\. second <b>\.py/);
    await window.screenshot('report-comparison');
  });

  it('add up what was used over a time', async () => {
    const { window } = session;
    await window.command('Training Footprint: Project Report…');
    await window.pick('All projects');
    await window.pick('All time');
    await window.pick('Show');
    const preview = await window.webview(/Footprint of all projects/);
    assert.match(await preview.locator('body').innerText(), /15\.0 Wh ±5 %/);
    await window.screenshot('report-project');
  });

  it('copy a statement and a block for a pull request', async () => {
    const { window } = session;
    const { page } = window;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = (pattern: RegExp) =>
      waitFor(`the clipboard to have ${pattern}`, async () => {
        const text = await page.evaluate(() => navigator.clipboard.readText());
        return pattern.test(text) && text;
      });
    await window.command('Training Footprint: Copy Carbon Impact Statement…');
    await window.pick('first.py');
    await window.pick('LaTeX');
    await copied(/\\cite\{anthony2020carbontracker\}/);
    await window.pressInMessage('Copy BibTeX');
    await copied(/@misc\{anthony2020carbontracker/);
    await window.command('Training Footprint: Copy for Pull Request…');
    await window.pick('first.py');
    await copied(/Training footprint\*\* of `first\.py`/);
  });

  it('put emissions into a model card once the difference was seen', async () => {
    const { window, folder } = session;
    const card = path.join(folder, 'two-moons', 'README.md');
    const before = readFileSync(card, 'utf8');
    await window.command('Training Footprint: Insert into Model Card…');
    await window.pick('first.py');
    await window.pick('Fine-tuning');
    await window.pick('README.md');
    await window.waitForMessage(/write the emissions into README\.md as shown/);
    await window.page.locator('.monaco-diff-editor', { hasText: 'co2_eq_emissions' }).first().waitFor();
    await window.screenshot('model-card');
    assert.equal(readFileSync(card, 'utf8'), before);
    await window.pressInMessage('Write');
    const wanted = insertMetadata(before, cardMetadata(FIRST, 'fine-tuning'));
    await waitFor('the card', () => readFileSync(card, 'utf8') === wanted);
  });
});
