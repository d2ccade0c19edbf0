import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { fixture, json, LocalServer, type Answer } from '../unit/carbon/localServer.ts';
import { Session } from './harness/session.ts';
import { pause, waitFor } from './harness/wait.ts';

const HALF_HOUR = 1_800_000;

const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
};

/** The recorded forecast in its documented shape, as if it had been made an hour before the tests. */
const BEGINNING = Math.floor(Date.now() / HALF_HOUR) * HALF_HOUR - 2 * HALF_HOUR;

const ukForecast: Answer = (request, response) => {
  const [, from = ''] = /^\/intensity\/([^/]+)\//.exec(request.url ?? '') ?? [];
  const { data: recorded } = JSON.parse(fixture('uk-intensity-fw48h.json')) as {
    data: { intensity: { forecast: number; index: string } }[];
  };
  const at = (millis: number) => `${new Date(millis).toISOString().slice(0, 16)}Z`;
  const data = recorded.map((_, index) => {
    const millis = Date.parse(from) + index * HALF_HOUR;
    const hour = Math.round((millis - BEGINNING) / HALF_HOUR);
    const forecast = recorded[((hour % 96) + 96) % 96]?.intensity.forecast ?? 0;
    const actual = millis + HALF_HOUR <= Date.now() ? forecast - 3 : null;
    return { from: at(millis), to: at(millis + HALF_HOUR), intensity: { forecast, actual, index: 'low' } };
  });
  json(JSON.stringify({ data }))(request, response);
};

describe('Greener times', function () {
  this.timeout(240_000);
  const server = new LocalServer();
  const settings = { 'trainingFootprint.country': 'GB' };
  let session: Session;
  let page: Frame;
  const errors: string[] = [];

  before(async () => {
    server.answer = ukForecast;
    await server.start();
    session = await Session.start({
      settings,
      env: { TRAINING_FOOTPRINT_CARBON_BASES: `ukCarbonIntensity=${server.base}` },
    });
    session.window.page.on('console', (message) => {
      if (/Content Security Policy|training-footprint/i.test(message.text())) errors.push(message.text());
    });
  });

  after(async () => {
    await session?.stop();
    await server.stop();
  });

  it('asks for the network when a run has ended, not before, and requests nothing until then', async () => {
    const { window } = session;
    await pause(500);
    assert.deepEqual(await window.messages(), []);
    await window.command('Training Footprint: Run Training…');
    await window.fillIn('python3 train.py --epochs 2 --seconds-per-epoch 1');
    await session.waitForRun('finished');
    await window.waitForMessage(/UK Carbon Intensity .* May it be asked\?/);
    await pause(700);
    await window.screenshot('greener-consent');
    await window.pressInMessage('Not Now');
    assert.equal(server.seen.length, 0);
  });

  it('say what is missing where the network is not allowed, and draw no curve', async () => {
    const { window } = session;
    await window.command('Training Footprint: Find a Greener Time');
    await window.pick('train.py');
    page = await window.webview(/No time can be recommended/);
    await page.getByText('you have not allowed yet').waitFor();
    assert.equal(await page.locator('canvas:visible').count(), 0);
    assert.equal(server.seen.length, 0);
    await window.command('View: Toggle Panel Visibility');
    await window.screenshot('greener-not-allowed');
  });

  it('are found once it is allowed, in words and as a chart', async () => {
    await page.getByRole('button', { name: 'Allow Network Sources' }).click();
    await page
      .getByText(/^Start (today|tomorrow) at \d\d:\d\d: the run then emits \d\d % less than now\.$/)
      .waitFor();
    assert(server.seen.length > 0);
    await waitFor('a chart with a line', () => page.evaluate(hasInk));
    const label = await page.locator('.plot').getAttribute('aria-label');
    assert.match(label ?? '', /Best start 1\d\d g\/kWh/);
    await page.locator('summary').click();
    assert((await page.locator('table.hours tbody tr').count()) > 40);
    await page.locator('summary').click();
  });

  it('are found for a length that is typed', async () => {
    const { window } = session;
    await page.getByRole('button', { name: 'Another Run or Length…' }).click();
    await window.pick('Another length…');
    await window.fillIn('5 h 30 min');
    await page.getByText('A greener time for a run').waitFor();
    await page.getByText('5 h 30 min: as you said.').waitFor();
  });

  for (const [name, theme] of Object.entries(THEMES)) {
    it(`are drawn in ${name}`, async () => {
      const allowed = { ...settings, 'trainingFootprint.carbon.allowNetwork': true };
      session.server.configure({ ...allowed, 'workbench.colorTheme': theme });
      for (const [size, width] of [
        ['wide', 1300],
        ['narrow', 480],
      ] as const) {
        await session.window.resize({ width, height: 850 });
        await pause(1500);
        assert.equal(
          await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth),
          false,
        );
        await session.window.screenshot(`greener-${name}-${size}`);
      }
      await session.window.resize({ width: 1300, height: 850 });
    });
  }

  it('are what a training is planned for, and it can be cancelled', async () => {
    const { window } = session;
    await page.getByRole('button', { name: 'Run Later…' }).click();
    await window.fillIn(session.training(2, 1));
    await window.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'The greenest time' })
      .waitFor();
    await pause(700);
    await window.screenshot('greener-when');
    await window.page.locator('.quick-input-widget input.input:visible').press('Enter');
    await window.waitForMessage(/Leave this window open/);
    await planned(session).waitFor();
    await pause(700);
    await window.screenshot('greener-planned');
    await planned(session).click();
    await pause(700);
    await window.screenshot('greener-planned-choices');
    await window.pick('Cancel It');
    await planned(session).waitFor({ state: 'detached' });
  });

  it('start a planned training through a reload of the window, once', async () => {
    const { window } = session;
    const before = (await session.runs()).length;
    await window.command('Training Footprint: Run Training Later…');
    await window.fillIn(session.training(3, 1));
    await window.pickTyped('in 50 s');
    await planned(session).waitFor();
    await window.reload();
    await planned(session).waitFor();
    assert.equal((await session.runs()).length, before, 'not before its time');
    await waitFor('the training to start', async () => (await session.runs()).length === before + 1, 90);
    await planned(session).waitFor({ state: 'detached' });
    const run = await session.waitForRun('finished');
    assert.equal(run.command, session.training(3, 1));
    assert.equal((await session.runs()).length, before + 1);
  });

  it('ask what to do where the window was closed at the time', async () => {
    const { window } = session;
    const before = (await session.runs()).length;
    await window.command('Training Footprint: Run Training Later…');
    await window.fillIn(session.training(2, 1));
    await window.pickTyped('in 15 s');
    await planned(session).waitFor();
    const until = Date.now() + 15_000 + 25_000;
    await window.leave();
    await waitFor('the time to pass', () => Date.now() > until, 60);
    await window.comeBack();
    await window.waitForMessage(/was to start .* while this window was closed/);
    await pause(700);
    await window.screenshot('greener-missed');
    assert.equal((await session.runs()).length, before);
    await window.pressInMessage('Forget It');
    await planned(session).waitFor({ state: 'detached' });
  });

  it('have their page back after a reload', async () => {
    await session.window.page.locator('.tab', { hasText: 'Greener Time' }).first().click();
    await session.window.webview(/Start (today|tomorrow) at/);
  });

  it('are offered to a training under way, where it has enough to do', async () => {
    const { window } = session;
    await window.command('Training Footprint: Run Training…');
    await window.fillIn(session.training(900, 2));
    await window.waitForStatus(/→/, 60);
    await window.command('View: Toggle Panel Visibility');
    await window.command('Training Footprint: Open Footprint Panel');
    const panel = await window.webview(/Pausing until .* would save/);
    await window.screenshot('greener-panel');
    assert.match(await window.tooltip(), /Pausing until .* would save \d\d % .* Find a Greener Time/s);
    await window.screenshot('greener-offer');
    await window.page.mouse.move(600, 300);
    await panel.getByRole('button', { name: 'Find a Greener Time' }).click();
  });

  it('pause a training, which goes on at its time', async () => {
    const { window } = session;
    page = await window.webview(/Pause now and go on (today|tomorrow) at/);
    await window.screenshot('greener-training');
    await page.getByRole('button', { name: 'Pause Until…' }).click();
    await window.pickTyped('in 10 s');
    await planned(session).waitFor();
    await window.waitForStatus(/paused$/);
    await window.waitForStatus(/ep \d+\/900$/);
    await planned(session).waitFor({ state: 'detached' });
    await window.command('Training Footprint: Stop Training');
    await session.waitForRun('stopped');
    // the webview gives the focus back late, which would close a list
    await window.command('View: Toggle Panel Visibility');
  });

  it('break no rule of their content security policy', () => {
    assert.deepEqual(errors, []);
  });

  it('have a place: the run elsewhere, and where this machine is', async () => {
    const { window } = session;
    await window.command('Training Footprint: Compare Locations');
    await window.pick('900');
    await window.webview(/Cleanest cloud regions/);
    await pause(700);
    await window.screenshot('greener-locations');
    await window.command('Training Footprint: Set Location…');
    await window.pickTyped('East Denmark');
    const machine = () => session.server.machineSettings();
    await waitFor('the setting', () => machine()['trainingFootprint.carbon.location'] === 'DK-DK2');
    await window.command('Training Footprint: Set Location…');
    await window.pickTyped('55.68, 12.57');
    await waitFor('the setting', () => machine()['trainingFootprint.carbon.location'] === '55.68, 12.57');
    await window.command('Training Footprint: Set Location…');
    await window.pickTyped('Norway');
    await waitFor('the setting', () => machine()['trainingFootprint.country'] === 'NO');
    await waitFor('the location to go', () => !('trainingFootprint.carbon.location' in machine()));
  });
});

function planned({ window }: Session): Locator {
  return window.page.locator(
    '.statusbar-item[id="training-footprint.training-footprint.trainingFootprint.planned"]',
  );
}

/** Whether something is drawn on any canvas. */
function hasInk(): boolean {
  return [...document.querySelectorAll('canvas')].some((canvas) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    return pixels?.some((value, index) => index % 4 === 3 && value > 0);
  });
}
