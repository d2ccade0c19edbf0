import assert from 'node:assert/strict';
import { Session } from './harness/session.ts';
import { pause } from './harness/wait.ts';

const EPOCHS = 8;

describe('A training beyond its budget', function () {
  this.timeout(120_000);
  let session: Session;

  before(async () => {
    session = await Session.start({
      settings: {
        'trainingFootprint.budget.energyKwh': 1e-5,
        'trainingFootprint.price.perKwh': 0.3,
      },
    });
    await session.window.command('Training Footprint: Run Training…');
    await session.window.fillIn(session.training(EPOCHS, 2));
  });

  after(async () => {
    await session?.stop();
  });

  it('is told of while it trains, once', async () => {
    await session.window.waitForMessage(/energy budget/);
    await pause(500);
    await session.window.screenshot('budget');
    assert.equal((await session.window.messages()).length, 1);
  });

  it('is paused when the user wants it, and stands still', async () => {
    const { window } = session;
    await window.pressInMessage('Pause');
    const paused = await window.waitForStatus(/paused$/);
    const epoch = /ep \S+/.exec(paused)?.[0];
    await window.command('Training Footprint: Open Footprint Panel');
    await window.webview(/paused, .* after its start/);
    await window.screenshot('paused');
    assert.match((await window.status()) ?? '', new RegExp(`${epoch}  ?paused$`));
  });

  it('goes on by a button of the panel, to the end of every epoch', async () => {
    const page = await session.window.webview(/Resume/);
    await page.getByRole('button', { name: 'Resume' }).click();
    await session.window.waitForStatus(/ep \d+\/\d+$/);
    const run = await session.waitForRun('finished');
    assert.equal(run.exitCode, 0);
    assert.equal(run.progress.epochsCompleted, EPOCHS);
    assert.match(run.notes.join('\n'), /energy budget[^]*Paused\.[^]*Goes on\./);
  });

  it('is stopped by a command, as by Ctrl-C', async () => {
    const { window } = session;
    await window.command('Training Footprint: Run Training…');
    await window.fillIn(session.training(EPOCHS, 20));
    await window.waitForStatus(/ep 1/);
    await window.command('Training Footprint: Stop Training');
    const run = await session.waitForRun('stopped');
    assert.equal(run.exitCode, 130);
  });
});
