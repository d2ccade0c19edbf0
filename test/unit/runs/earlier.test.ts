import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NO_PROGRESS } from '../../../src/core/progress/event.ts';
import { earlierRuns } from '../../../src/core/runs/earlier.ts';
import { processIdentity } from '../../../src/core/runs/owner.ts';
import { Store } from '../../../src/core/runs/store.ts';
import { snapshot } from './snapshots.ts';

/** A finished run of 30 epochs. */
const run = (energyJoules: number, durationSeconds: number) => snapshot({ energyJoules, durationSeconds });

describe('Earlier runs of a command', () => {
  it('tell the cost of an epoch and its spread', () => {
    const [epochs, ...others] = earlierRuns([run(2700, 300), run(3300, 300)]);
    assert.deepEqual(others, []);
    assert.deepEqual([epochs?.unit, epochs?.runs], ['epoch', 2]);
    assert.deepEqual(epochs?.perUnit, { energyJoules: 100, timeSeconds: 10 });
    assert(Math.abs((epochs?.spread?.energyJoules ?? 0) - Math.SQRT2 / 10) < 1e-9);
    assert.equal(epochs?.spread?.timeSeconds, 0);
  });

  it('tell no spread when there is but one, and nothing without progress or energy', () => {
    assert.equal(earlierRuns([run(3000, 300)])[0]?.spread, null);
    assert.deepEqual(earlierRuns([snapshot({ progress: NO_PROGRESS }), run(0, 300)]), []);
  });

  it('of steps are told apart from those of epochs', () => {
    const progress = { ...NO_PROGRESS, step: 500, totalSteps: 500, stepsOf: 'run' } as const;
    const told = earlierRuns([snapshot({ progress, energyJoules: 1000 }), run(3000, 300)]);
    assert.deepEqual(
      told.map(({ unit, perUnit }) => [unit, perUnit.energyJoules]),
      [
        ['epoch', 100],
        ['step', 2],
      ],
    );
  });

  it('are the finished ones of the same command in the same folder, newest first', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'training-footprint-'));
    const store = await Store.open(path.join(folder, 'history.db'));
    const owner = processIdentity(process.pid);
    const save = (id: string, more: Parameters<typeof snapshot>[0]) =>
      store.save(snapshot({ id, ...more }), [], null, owner);
    save('old', { startedAtMillis: 1 });
    save('new', { startedAtMillis: 2 });
    save('failed', { state: 'failed' });
    save('other command', { command: 'python other.py' });
    save('other folder', { cwd: '/elsewhere' });
    const { command, cwd } = snapshot();
    const ids = (limit: number) => store.finishedRunsOf(command, cwd, limit).map(({ id }) => id);
    assert.deepEqual(ids(10), ['new', 'old']);
    assert.deepEqual(ids(1), ['new']);
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
