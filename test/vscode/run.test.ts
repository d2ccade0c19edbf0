import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { RunSnapshot } from '../../src/core/runs/snapshot.ts';
import { assertEnergyIsTrue } from './harness/truth.ts';
import { Session } from './harness/session.ts';
import { waitFor } from './harness/wait.ts';

const EPOCHS = 9;

describe('A PyTorch training in a Training terminal', function () {
  this.timeout(300_000);
  let session: Session;
  let panel: Frame;
  let begun: RunSnapshot;
  let trainingEnd: number;

  before(async () => {
    session = await Session.start();
  });

  after(async () => {
    await session?.stop();
  });

  it('shows nothing before', async () => {
    assert.equal(await session.window.status(), null);
  });

  it('is read in the status bar while it trains, with its projection', async () => {
    const { window } = session;
    await window.newTerminal('Training');
    await window.type(session.training(EPOCHS, 4));
    await window.waitForStatus(/Wh · .*g/);
    const text = await window.waitForStatus(/→ .*Wh · .*g {1,2}ep [2-9]\/9/);
    assert.match(text, /ep/);
    await window.screenshot('status-bar');
  });

  it('is explained in the tooltip', async () => {
    const text = await session.window.tooltip();
    for (const words of [/train/, /Projected total/, /measured by RAPL/, /gCO2e\/kWh/, /PUE/])
      assert.match(text, words);
    await session.window.screenshot('tooltip');
  });

  it('opens in the panel with a chart and a row of the history', async () => {
    await session.window.page.mouse.move(600, 300);
    await session.window.clickStatus();
    panel = await session.window.webview(/Projected total/);
    const text = await panel.locator('body').innerText();
    assert.match(text, /train/);
    await waitFor('a chart with a line', () => panel.evaluate(hasInk));
    await session.window.screenshot('panel-running');
    await panel.getByRole('tab', { name: 'History' }).click();
    await panel
      .locator('#view-history')
      .getByText(/^1 run\b/)
      .first()
      .waitFor();
    await panel.getByRole('tab', { name: 'Now' }).click();
  });

  it('has a report', async () => {
    await session.window.command('Training Footprint: Show Report of Last Run');
    const preview = await session.window.webview(/Energy by component/);
    assert.match(await preview.locator('body').innerText(), /Footprint of .*train/);
    await session.window.screenshot('report');
  });

  it('goes on through a reload of the window', async () => {
    [begun] = (await session.runs()) as [RunSnapshot];
    await session.window.reload();
    await session.window.waitForStatus(/Wh · .*g/, 40);
    const [after] = await session.runs();
    assert.equal(after?.id, begun.id);
    assert.equal(after?.state, 'running');
    await session.window.screenshot('after-reload');
  });

  it('has its panel back after the reload', async () => {
    await session.window.page.locator('.tab', { hasText: 'Training Footprint' }).first().click();
    await session.window.webview(/Projected total|Time left|Whole machine/);
  });

  it('ends with its exit code, as the same run', async () => {
    trainingEnd = await session.trainingEnd();
    const run = await session.waitForRun('finished', 120);
    assert.equal(run.id, begun.id);
    assert.equal(run.exitCode, 0);
    assert.equal((await session.runs()).length, 1);
    await waitFor('the status bar to be quiet', async () => (await session.window.status()) === null);
  });

  it('misses no energy, the reload included', async () => {
    const [run] = await session.runs();
    assert(run);
    assertEnergyIsTrue(session, run, await session.points(run.id), trainingEnd, 0.01);
  });
});

/** Whether something is drawn on any canvas. */
function hasInk(): boolean {
  return [...document.querySelectorAll('canvas')].some((canvas) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    return pixels?.some((value, index) => index % 4 === 3 && value > 0);
  });
}
