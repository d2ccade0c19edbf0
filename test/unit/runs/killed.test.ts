import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { firstOutput, startDriver, stopChild, type Driver } from '../../hardware/driverProcess.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { monotonicSeconds } from '../../../src/core/metering/clock.ts';
import type { RunSnapshot, SamplePoint } from '../../../src/core/runs/snapshot.ts';
import { Store } from '../../../src/core/runs/store.ts';
import { runChild, startChild } from '../children/runChild.ts';
import { assertClose } from '../metering/readings.ts';
import { sumOf } from './snapshots.ts';

/** What an editor loses at most when it is killed. */
const LOST_SECONDS = 5;

interface Recovered {
  readonly snapshot: RunSnapshot;
  readonly points: readonly SamplePoint[];
  /** Of the run, on the monotonic clock. */
  readonly startSeconds: number;
}

describe('A run whose editor is killed', () => {
  let driver: Driver;
  let training: ChildProcess;
  let folder: string;
  let database: string;
  let killedAt: number;
  let left: { snapshot: RunSnapshot; points: SamplePoint[]; startSeconds: number };

  before(async function () {
    if (process.platform !== 'linux') return this.skip();
    folder = tempFolder('killed');
    database = path.join(folder, 'history.db');
    driver = await startDriver('steps');
    training = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const editor = startChild('recordRun.ts', database, driver.root, String(training.pid));
    await firstOutput(editor);
    await sleep(8500);
    await stopChild(editor);
    killedAt = monotonicSeconds();
    left = await readStore();
  });

  after(async () => {
    if (training) await stopChild(training);
    if (folder) removeFolder(folder);
    await driver?.stop();
  });

  async function readStore() {
    const store = await Store.open(database);
    const [unfinished] = store.unfinished();
    assert(unfinished);
    const points = store.points('run-1');
    store.close();
    return { snapshot: unfinished.snapshot, points, startSeconds: unfinished.memory.startSeconds };
  }

  function endOf(points: readonly SamplePoint[]): number {
    return Math.max(...points.map(({ startSeconds, durationSeconds }) => startSeconds + durationSeconds));
  }

  it('has lost no more than five seconds', () => {
    const lostSeconds = killedAt - (left.startSeconds + endOf(left.points));
    assert(lostSeconds <= LOST_SECONDS, `${lostSeconds} s`);
    assert.equal(left.snapshot.state, 'running');
  });

  it('has in the history what its points say', () => {
    assertClose(left.snapshot.machineEnergyJoules, sumOf(left.points, 'machineEnergyJoules'), 1e-9);
  });

  it('is taken up by the next editor, which fills the gap from the counters', async () => {
    await sleep(1000);
    const after = await runChild<Recovered>(
      'recordRun.ts',
      database,
      driver.root,
      String(training.pid),
      'recover',
    );
    const { snapshot, points, startSeconds } = after;
    assert.equal(startSeconds, left.startSeconds);
    const first = startSeconds + Math.min(...points.map((point) => point.startSeconds));
    const truth = driver.joulesBetween(first, startSeconds + endOf(points));
    assertClose(snapshot.machineEnergyJoules, truth, 0.01);
    assertClose(snapshot.machineEnergyJoules, sumOf(points, 'machineEnergyJoules'), 1e-9);
    assert.equal(snapshot.state, 'finished');
    assert(snapshot.notes.some((note) => /without the editor are filled in/.test(note)));
    assert(startSeconds + endOf(points) > killedAt + 1);
  });
});
