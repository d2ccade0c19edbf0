import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { stopChild } from '../../hardware/driverProcess.ts';
import { isAlive, processIdentity } from '../../../src/core/runs/owner.ts';

describe('Owner', () => {
  it('is alive while its process is', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const owner = processIdentity(child.pid ?? 0);
    assert.equal(isAlive(owner), true);
    await stopChild(child);
    assert.equal(isAlive(owner), false);
  });

  it('is not another process that got its pid', function () {
    const me = processIdentity(process.pid);
    if (me.startSeconds === null) return this.skip(); // starts cannot be seen here
    assert.equal(isAlive(me), true);
    assert.equal(isAlive({ ...me, startSeconds: me.startSeconds - 1 }), false);
  });

  it('is known by its pid alone where starts cannot be seen', () => {
    assert.equal(isAlive({ pid: process.pid, startSeconds: null }), true);
    assert.equal(isAlive({ pid: 2 ** 22 + 1, startSeconds: null }), false);
  });

  it('is the same as what JSON kept of it', () => {
    const me = processIdentity(process.pid);
    assert.deepEqual(JSON.parse(JSON.stringify(me)), me);
  });
});
