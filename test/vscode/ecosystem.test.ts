import assert from 'node:assert/strict';
import { tempFolder, removeFolder } from '../hardware/tempFolder.ts';
import { Consumer } from './harness/consumer.ts';
import { Session } from './harness/session.ts';
import { pause, waitFor } from './harness/wait.ts';

const TOOLS = ['compare', 'current', 'lastRun'];
const THEMES = { light: 'Default Light Modern', dark: 'Default Dark Modern' };
const STEPS = [
  'Run a training',
  'Read the status bar',
  'Open the panel',
  'Check the sensors, set the place',
] as const;

describe('With other extensions and the editor', function () {
  this.timeout(200_000);
  const folder = tempFolder('consumer');
  let consumer: Consumer;
  let session: Session;

  before(async () => {
    consumer = await Consumer.build(folder);
    session = await Session.start({
      extensions: [consumer.vsix],
      env: { CONSUMER_FOLDER: folder },
      settings: { 'chat.disableAIFeatures': false },
    });
  });

  after(async () => {
    await session?.stop();
    removeFolder(folder);
  });

  it('nothing is told of before something trains', async () => {
    const { current, last, history, tools, toolNames } = await consumer.ask(session.window);
    assert.deepEqual([current, last, history], [[], null, []]);
    assert.deepEqual(
      [...toolNames].sort(),
      TOOLS.map((name) => `trainingFootprint_${name}`),
    );
    assert.match(tools.current, /Nothing trains in this window now/);
    assert.match(tools.last, /There is no run yet/);
  });

  it('an extension sees a run while it trains', async () => {
    await session.window.newTerminal('Training');
    await session.window.type(session.training(5, 3));
    await session.window.waitForStatus(/→.*ep [2-4]\/5/);
    const { current, last, unknownVersion, wrongLimit, tools } = await consumer.ask(session.window);
    const [run] = current;
    assert(run && run.projection && run.power);
    assert.equal(run.state, 'running');
    assert.equal(run.progress.totalEpochs, 5);
    assert(run.energy.energyJoules > 0 && run.power.powerWatts > 0);
    assert.equal(run.components[0]?.howKnown, 'measured');
    assert.equal(last?.id, run.id);
    assert.match(unknownVersion, /no API version 2/);
    assert.match(wrongLimit, /RangeError: limit must be/);
    assert.match(tools.current, /Projected total \(80 % interval\): .*Wh/);
    assert.match(tools.compare, /There is only one run so far/);
  });

  it('it is told of each change, the end included', async () => {
    const run = await session.waitForRun('finished');
    const events = await waitFor('the event of the end', () => {
      const all = consumer.events();
      return all.at(-1)?.state === 'finished' && all;
    });
    assert(events.length > 5);
    assert(events.every(({ id }) => id === run.id));
    const joules = events.map(({ energy }) => energy.energyJoules);
    assert.deepEqual(
      joules,
      [...joules].sort((a, b) => a - b),
    );
    assert.equal(joules.at(-1), run.energyJoules);
    assert.equal(events.at(-1)?.exitCode, 0);
  });

  it('what is no training is not told of', async () => {
    const told = consumer.events().length;
    await session.window.type('ls');
    await session.window.type(session.training(2, 1));
    await waitFor('the second run to end', () =>
      consumer
        .events()
        .slice(told)
        .some(({ state }) => state === 'finished'),
    );
    assert(consumer.events().every(({ command }) => command !== 'ls'));
  });

  it('tools tell of the last run and compare two', async () => {
    const { history, tools } = await consumer.ask(session.window);
    const [last, previous] = history;
    assert(last && previous && last.startedAtMillis > previous.startedAtMillis);
    assert(tools.last.includes(`run id ${last.id}), finished in`), tools.last);
    assert.match(tools.last, /- Energy: .*Wh ±\d+ %, .*measured/);
    assert(tools.compare.includes(`| Run | ${previous.id} | ${last.id} |`), tools.compare);
    assert.match(tools.compare, /\| Epochs completed \| 5 \| 2 \| −60\.0 % \|/);
    assert.match(tools.wrongInput, /No run fits “no such run”/);
  });

  it('the walkthrough shows its four steps in light and dark', async () => {
    const { window, server } = session;
    await window.resize({ width: 1600, height: 850 }); // a narrow one leaves the pictures out
    await window.command('View: Toggle Panel Visibility');
    await window.command('View: Toggle Primary Side Bar Visibility');
    await window.command('Welcome: Open Walkthrough...');
    await window.pick('Training Footprint');
    const steps = window.page.locator('.gettingStartedContainer .getting-started-step');
    await waitFor('the steps', async () => (await steps.count()) === STEPS.length);
    for (const [name, theme] of Object.entries(THEMES)) {
      server.configure({ 'workbench.colorTheme': theme });
      for (const [index, title] of STEPS.entries()) {
        await window.page.locator('.getting-started-step', { hasText: title }).first().click();
        await pause(1200);
        await window.screenshot(`walkthrough-${name}-${index + 1}`);
      }
    }
  });

  it('a step of it is done when its command was run', async () => {
    const { window } = session;
    const step = window.page.locator('.getting-started-step', { hasText: STEPS[2] }).first();
    await step.click();
    const isDone = async () =>
      (await step.locator('.codicon-getting-started-step-checked.complete').count()) > 0;
    await window.page.getByRole('button', { name: 'Open Footprint Panel' }).first().click();
    await waitFor('the panel', async () =>
      (await window.tabs()).some((tab) => /Training Footprint/.test(tab)),
    );
    await window.command('View: Open Previous Editor');
    await waitFor('the step to be done', isDone);
  });
});
