import assert from 'node:assert/strict';
import { runChild } from '../children/runChild.ts';

interface Awake {
  readonly timers: string[];
  readonly children: number[];
  readonly isRunning?: boolean;
}

describe('A sampler without a run', () => {
  it('has no timer and no child process, neither before a run nor after it', async () => {
    const seen = await runChild<Record<'constructed' | 'running' | 'ended', Awake> & { errors: string[] }>(
      'idleSampler.ts',
    );
    assert.deepEqual(seen.constructed, { timers: [], children: [] });
    assert.equal(seen.running.isRunning, true);
    assert.notDeepEqual(seen.running.timers, []);
    assert.deepEqual(seen.ended, { timers: [], children: [], isRunning: false });
    assert.deepEqual(seen.errors, []);
  });
});
