import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Procfs } from '../../../src/core/metering/procfs.ts';
import type { TreeRoot } from '../../../src/core/metering/processTree.ts';
import { interruptTree, isPaused, pauseTree, resumeTree } from '../../../src/core/runs/signals.ts';
import { stopChild } from '../../hardware/driverProcess.ts';

/** A shell that launches a training with a worker, both of which count aloud. */
const SCRIPT = `
  trap '' INT
  ( trap 'echo interrupted; exit 130' INT; ( trap 'exit 130' INT; while :; do echo worker; sleep 0.02; done ) &
    while :; do echo training; sleep 0.02; done )
  echo code $?`;

describe('Signals to a run', function () {
  const procfs = new Procfs();
  let shell: ChildProcess;
  let root: TreeRoot;
  let lines: AsyncIterableIterator<string>;

  beforeEach(async function () {
    if (process.platform !== 'linux') return this.skip();
    shell = spawn('bash', ['-c', SCRIPT], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    const pid = shell.pid ?? 0;
    const startSeconds = procfs.stat(pid)?.startSeconds ?? null;
    root = { pid, startSeconds, counts: 'children', childrenSinceSeconds: 0 };
    lines = createInterface(shell.stdout ?? process.stdin)[Symbol.asyncIterator]();
    await until('worker');
    await until('training');
  });

  afterEach(async () => {
    if (shell?.pid && shell.exitCode === null) process.kill(-shell.pid, 'SIGKILL');
    if (shell) await stopChild(shell);
  });

  async function until(word: string): Promise<void> {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the training ended before it said ${word}`);
      if (value === word) return;
    }
  }

  function states(): string[] {
    const descendants = (pid: number): number[] => [pid, ...procfs.children(pid).flatMap(descendants)];
    const all = descendants(root.pid).map((pid) => procfs.stat(pid)?.state ?? 'Z');
    return all.filter((state) => state !== 'Z');
  }

  it('pause every process of it, the shell too, and let all go on', async () => {
    await pauseTree(root, procfs);
    assert(states().length >= 3);
    assert.deepEqual([...new Set(states())], ['T']);
    assert.equal(isPaused(root, procfs), true);
    resumeTree(root, procfs);
    assert(!states().includes('T'));
    assert.equal(isPaused(root, procfs), false);
    await until('worker');
    await until('training');
  });

  it('interrupt it as Ctrl-C does, paused or not, and leave the shell alone', async () => {
    await pauseTree(root, procfs);
    interruptTree(root, procfs);
    await until('interrupted');
    await until('code 130');
    await once(shell, 'exit');
  });

  it('say so when there is nobody to hear them', async () => {
    process.kill(-root.pid, 'SIGKILL');
    await once(shell, 'exit');
    await assert.rejects(pauseTree(root, procfs), /cannot be seen/);
  });
});
