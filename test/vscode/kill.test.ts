import assert from 'node:assert/strict';
import type { RunSnapshot } from '../../src/core/runs/snapshot.ts';
import { Session } from './harness/session.ts';
import { assertEnergyIsTrue } from './harness/truth.ts';
import { waitFor } from './harness/wait.ts';

/** What a killed extension host may lose at most. */
const LOST_SECONDS = 5;

describe('A training whose extension host is killed', function () {
  this.timeout(200_000);
  let session: Session;
  let begun: RunSnapshot;

  before(async () => {
    session = await Session.start();
    await session.window.newTerminal('Training');
    await session.window.type(session.training(8, 3));
    await session.window.waitForStatus(/ep 3\/8/);
  });

  after(async () => {
    await session?.stop();
  });

  it('has lost no more than five seconds of samples', async () => {
    const hosts = session.server.extensionHosts();
    assert(hosts.length > 0);
    const killedMillis = Date.now();
    for (const pid of hosts) process.kill(pid, 'SIGKILL');
    [begun] = (await session.runs()) as [RunSnapshot];
    const points = await session.points(begun.id);
    const last = Math.max(
      ...points.map(({ startSeconds, durationSeconds }) => startSeconds + durationSeconds),
    );
    const lostSeconds = (killedMillis - begun.startedAtMillis) / 1000 - last;
    assert(lostSeconds <= LOST_SECONDS, `${lostSeconds} s`);
  });

  it('is taken up by the next one', async () => {
    await waitFor('the run to be taken up', async () => {
      const [run] = await session.runs();
      return run && run.durationSeconds > begun.durationSeconds;
    });
    const [run] = await session.runs();
    assert.equal(run?.id, begun.id);
    assert(run.notes.some((note) => /without the editor are filled in/.test(note)));
    await session.window.waitForStatus(/ep \d\+\/8/);
  });

  it('ends with the training and misses no energy', async () => {
    const trainingEnd = await session.trainingEnd();
    const run = await session.waitForRun('finished', 30);
    assert.equal(run.id, begun.id);
    assertEnergyIsTrue(session, run, await session.points(run.id), trainingEnd, 0.01);
  });
});
