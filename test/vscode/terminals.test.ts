import assert from 'node:assert/strict';
import { Session } from './harness/session.ts';
import { waitFor } from './harness/wait.ts';

describe('Trainings in terminals', function () {
  this.timeout(120_000);
  let session: Session;

  before(async () => {
    session = await Session.start({
      keepsTasks: true,
      settings: { 'trainingFootprint.country': 'Atlantis' },
    });
  });

  after(async () => {
    await session?.stop();
  });

  it('start as a task that opens with the folder', async () => {
    await session.window.waitForStatus(/ep \d+\/30/);
    const run = await session.waitForRun('running');
    assert.equal(run.origin, 'task');
    assert.equal(run.label, 'Train two moons');
    assert.equal(run.progress.totalEpochs, 30);
  });

  it('tell of wrong settings once', async () => {
    const { window, server } = session;
    await window.command('Notifications: Show Notifications');
    await window.waitForMessage(/Atlantis.*two letters/);
    await window.command('Notifications: Clear All Notifications');
    server.configure({ 'trainingFootprint.samplingPeriodSeconds': 'often' });
    await window.command('Notifications: Show Notifications');
    await window.waitForMessage(/period must be 0\.25 to 60/);
    assert.equal((await window.messages()).length, 1);
    await window.command('Notifications: Clear All Notifications');
    server.configure({});
  });

  it('run two at once, shown in one item', async () => {
    await session.window.command('Training Footprint: Run Training…');
    await session.window.fillIn('python3 train.py --epochs 40 --seconds-per-epoch 2');
    await session.window.waitForStatus(/^2 runs/);
    const runs = await waitFor('two runs', async () => {
      const running = (await session.runs()).filter(({ state }) => state === 'running');
      return running.length === 2 && running;
    });
    assert.notEqual(runs[0]?.id, runs[1]?.id);
    await session.window.screenshot('two-runs');
  });

  it('are stopped when their terminal is closed', async () => {
    await session.window.command('Terminal: Kill the Active Terminal Instance');
    const run = await session.waitForRun('stopped');
    assert.match(run.label, /train\.py/);
    assert.equal((await session.runs()).filter(({ state }) => state === 'running').length, 1);
  });

  it('share no more than the machine has', async () => {
    const runs = await session.runs();
    for (const run of runs) assert(run.energyJoules <= (run.machineEnergyJoules ?? 0));
  });

  it('end as stopped when their task is terminated', async () => {
    await session.window.command('Tasks: Terminate Task');
    await session.window.pick('Train two moons');
    await waitFor('the task’s run to end', async () =>
      (await session.runs()).every(({ state }) => state !== 'running'),
    );
    const task = (await session.runs()).find(({ origin }) => origin === 'task');
    assert.equal(task?.state, 'stopped');
  });

  it('say what to do about a command that is not there', async () => {
    await session.window.command('Training Footprint: Run Training…');
    await session.window.fillIn('no-such-trainer --epochs 3');
    await session.window.waitForMessage(/did not find “no-such-trainer”/);
    assert.equal((await session.waitForRun('failed')).exitCode, 127);
    await session.window.command('Notifications: Clear All Notifications');
  });

  it('are not kept when they were no trainings', async () => {
    const before = (await session.runs()).length;
    await session.window.newTerminal('Training');
    await session.window.type('ls; echo over > over');
    await session.window.type('sleep 3');
    await waitFor('the longer command to be kept', async () => (await session.runs()).length === before + 1);
    assert.equal((await session.waitForRun('finished')).command, 'sleep 3');
  });

  it('go through a flood of output', async () => {
    await session.window.type(
      'head -c 100000 /dev/urandom; yes $(seq 30) | head -c 60000000; echo; echo "Epoch 3/3 - loss: 1"; sleep 2',
    );
    const run = await waitFor(
      'the flood to end',
      async () =>
        (await session.runs()).find(({ command, state }) => /urandom/.test(command) && state === 'finished'),
      100,
    );
    assert.equal(run.exitCode, 0);
    assert.equal(run.progress.totalEpochs, 3);
  });

  it('are interrupted by Ctrl-C', async () => {
    await session.window.type('python3 train.py --epochs 40 --seconds-per-epoch 2');
    await session.window.waitForStatus(/ep \d+\/40/);
    await session.window.page.keyboard.press('Control+C');
    assert.equal((await session.waitForRun('stopped')).exitCode, 130);
  });
});
