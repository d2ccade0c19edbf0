import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Session } from './harness/session.ts';
import { waitFor } from './harness/wait.ts';

const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures', 'exchange');

describe('Runs of other tools', function () {
  this.timeout(120_000);
  let session: Session;
  let logs: string;
  let metrics: string;

  before(async () => {
    session = await Session.start({});
    logs = path.join(session.folder, 'logs');
    cpSync(path.join(FIXTURES, 'carbontracker', '2.4.7'), logs, { recursive: true });
    cpSync(path.join(FIXTURES, 'codecarbon', '3.3.2'), path.join(session.folder, 'csv'), { recursive: true });
    metrics = path.join(session.folder, 'metrics');
    mkdirSync(metrics);
  });

  after(async () => {
    await session?.stop();
  });

  /** Types a path into the file dialog, which takes it once it shows what is there. */
  async function choose(file: string, shown: string): Promise<void> {
    const { page } = session.window;
    const input = page.locator('.quick-input-widget input.input:visible');
    await waitFor('the dialog', async () => (await input.inputValue()).startsWith('/'));
    await input.fill(file);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: shown }).first().waitFor();
    await session.window.acceptFile();
  }

  it('come by Import Runs… from a folder, with what was skipped', async () => {
    const { window } = session;
    await window.command('Training Footprint: Import Runs…');
    await window.pick('Folder…');
    await choose(`${logs}/`, 'two-in-one');
    await window.waitForMessage(/^Training Footprint: 10 runs imported, 1 skipped\.$/);
    await window.pressInMessage('Show What Was Skipped');
    await window.webview(/the training did not come to its end/);
    await window.screenshot('import');
    assert.equal((await session.runs()).length, 10);
  });

  it('come from a file, and stand in the history beside each other', async () => {
    const { window } = session;
    await window.command('Training Footprint: Import Runs…');
    await window.pick('Files…');
    await choose(path.join(session.folder, 'csv', 'emissions.csv'), 'emissions.csv');
    await window.waitForMessage(/2 runs imported, 1 skipped/);
    await window.command('Training Footprint: Open Footprint Panel');
    await window.webview(/bert-finetune/);
    await window.screenshot('imported');
  });

  it('go out by Export Runs… in the format that is chosen', async () => {
    const { window } = session;
    const target = path.join(session.folder, 'two-moons', 'training-footprint.yml');
    await window.command('Training Footprint: Export Runs…');
    await window.pick('Impact Framework manifest');
    const input = window.page.locator('.quick-input-widget input.input:visible');
    await waitFor('the name of the file', async () => (await input.inputValue()).endsWith(target));
    await session.window.acceptFile();
    await window.waitForMessage(/12 runs written to/);
    assert.match(readFileSync(target, 'utf8'), /grid\/carbon-intensity/);
    await window.screenshot('exported');
  });

  it('are measured for Prometheus while they train, once the user says where', async () => {
    session.server.configure({ 'trainingFootprint.metrics.prometheusFolder': metrics });
    await session.window.command('Training Footprint: Run Training…');
    await session.window.fillIn(session.training(2, 2));
    await session.waitForRun('finished');
    const text = await waitFor('a file of metrics', () => {
      const [name] = readdirSync(metrics).filter((each) => each.endsWith('.prom'));
      return Promise.resolve(name && readFileSync(path.join(metrics, name), 'utf8'));
    });
    assert.match(text, /^training_footprint_run_energy_joules_total\{.*hw_type="cpu".*\} [\d.]+$/m);
  });
});
