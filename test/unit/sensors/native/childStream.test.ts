import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ChildStream, type ChildStreamOptions } from '../../../../src/core/sensors/native/childStream.ts';

const PATIENCE_MILLIS = 20_000;

describe('Child stream', () => {
  let stream: ChildStream<number>;
  const told: number[] = [];

  /** Follows a shell script that tells numbers. */
  function follow(script: string, options: Partial<ChildStreamOptions<number>> = {}): void {
    const command = { program: '/bin/sh', args: ['-c', script], environment: process.env };
    stream = new ChildStream<number>(command, {
      parse: (line) => (/^\d+$/.test(line) ? [Number(line)] : []),
      silenceSeconds: 60,
      firstPauseSeconds: 0.01,
      ...options,
    });
  }

  /** Reads as a sampler does, until the condition holds. */
  async function readUntil(condition: () => boolean): Promise<void> {
    const start = performance.now();
    for (;;) {
      told.push(...stream.take());
      if (condition()) return;
      assert(performance.now() - start < PATIENCE_MILLIS, `in vain: ${told.join()} ${stream.problem}`);
      await sleep(5);
    }
  }

  beforeEach(() => told.splice(0));
  afterEach(() => stream.stop());

  it('starts nothing before it is asked', async () => {
    follow('echo 1; exec sleep 60');
    await sleep(1);
    assert.equal(stream.pid, null);
  });

  it('gives everything that was told since the last time, once and in order', async () => {
    follow('echo 1; echo nonsense; echo 2; echo 3; exec sleep 60');
    await readUntil(() => told.length >= 3);
    assert.deepEqual(told, [1, 2, 3]);
    assert.deepEqual(stream.take(), []);
  });

  it('puts together lines that come in pieces, with either line end', async () => {
    follow(String.raw`printf '1'; sleep 0.05; printf '2\r\n3'; sleep 0.05; printf '4\n'; exec sleep 60`);
    await readUntil(() => told.length >= 2);
    assert.deepEqual(told, [12, 34]);
  });

  it('gives the time of arrival', async () => {
    const times: number[] = [];
    follow('echo 1; sleep 0.05; echo 2; exec sleep 60', {
      parse: (line, timeSeconds) => {
        times.push(timeSeconds);
        return [Number(line)];
      },
    });
    await readUntil(() => times.length === 2);
    assert((times[1] ?? 0) > (times[0] ?? 0));
  });

  it('waits for the first word', async () => {
    follow('echo 7; exec sleep 60');
    assert.deepEqual(await stream.first(PATIENCE_MILLIS), [7]);
    assert.deepEqual(stream.take(), [7]);
  });

  it('does not wait for a word of one that has ended, and says what it complained of', async () => {
    follow('echo "powerthing: must be root" >&2; echo "usage: powerthing" >&2; exit 1');
    assert.deepEqual(await stream.first(PATIENCE_MILLIS), []);
    assert.equal(stream.problem, 'powerthing: must be root');
  });

  it('says how one ended that did not complain', async () => {
    follow('exit 3');
    assert.deepEqual(await stream.first(PATIENCE_MILLIS), []);
    assert.equal(stream.problem, 'it ended with code 3');
  });

  it('says that there is no such program', async () => {
    const command = { program: '/nowhere/powerthing', args: [], environment: process.env };
    stream = new ChildStream(command, { parse: () => [], silenceSeconds: 60 });
    assert.deepEqual(await stream.first(PATIENCE_MILLIS), []);
    assert.match(stream.problem ?? '', /cannot be started.*ENOENT/);
  });

  it('says that a program cannot be started at all', async () => {
    const command = { program: 'with\0zero', args: [], environment: process.env };
    stream = new ChildStream(command, { parse: () => [], silenceSeconds: 60 });
    assert.deepEqual(await stream.first(PATIENCE_MILLIS), []);
    assert.match(stream.problem ?? '', /cannot be started/);
  });

  it('starts one again that dies', async () => {
    follow('echo $$; sleep 0.01; kill -9 $$');
    await readUntil(() => told.length >= 3);
    assert.equal(new Set(told).size, told.length);
    assert.equal(stream.problem, 'it was ended by SIGKILL');
  });

  it('starts one that keeps dying ever more seldom', async () => {
    const times: number[] = [];
    follow('echo 1', {
      firstPauseSeconds: 0.05,
      parse: (_, timeSeconds) => {
        times.push(timeSeconds);
        return [1];
      },
    });
    await readUntil(() => times.length >= 4);
    const [, second = 0, third = 0, fourth = 0] = times;
    assert(third - second >= 0.1);
    assert(fourth - third >= 0.2);
  });

  it('ends one that hangs, even if its own children keep the pipe open, and starts it again', async () => {
    follow('echo $$; sleep 5 & wait', { silenceSeconds: 0.1 });
    await readUntil(() => told.length >= 2);
    assert.equal(stream.problem, 'it told nothing for 0.1 s');
    assert.equal(isAlive(told[0] ?? 0), false);
  });

  it('takes one for hanging that tells only garbage without line ends', async () => {
    follow('printf xxxxxxxx; while sleep 0.01; do printf xxxxxxxx; done', { silenceSeconds: 0.2 });
    await readUntil(() => stream.problem !== null);
    assert.equal(stream.problem, 'it told nothing for 0.2 s');
  });

  it('finds its way back to the lines after garbage without line ends', async () => {
    follow(`head -c 200000 /dev/zero | tr '\\0' 7; echo; echo 1; exec sleep 60`);
    await readUntil(() => told.length >= 1);
    assert.deepEqual(told, [1]);
  });

  it('ends one that floods', async () => {
    follow('yes 1');
    await readUntil(() => stream.problem !== null);
    assert.equal(stream.problem, 'it told far too much at once');
  });

  it('keeps no more than an hour of what nobody fetches', async () => {
    let last = 0;
    follow('seq 1 5000; exec sleep 60', { parse: (line) => [(last = Number(line))] });
    await stream.first(PATIENCE_MILLIS);
    while (last < 5000) await sleep(5);
    const kept = stream.take();
    assert.equal(kept.length, 3600);
    assert.equal(kept.at(-1), 5000);
  });

  it('ends one that does not want to, too', async () => {
    follow(`trap '' TERM INT HUP; echo $$; while :; do sleep 0.05; done`);
    await readUntil(() => told.length >= 1);
    const { pid } = stream;
    assert(pid !== null && isAlive(pid));
    stream.stop();
    while (isAlive(pid)) await sleep(5);
  });

  it('does not start a stopped one again by itself, and forgets what it had told', async () => {
    follow('echo 1; exec sleep 60');
    await stream.first(PATIENCE_MILLIS);
    stream.stop();
    while (stream.pid !== null) await sleep(5);
    await sleep(20);
    assert.equal(stream.pid, null);
    assert.equal(stream.problem, null);
  });

  it('starts at once where it is asked while the stopped one is still ending', async () => {
    follow('echo $$; exec sleep 60', { firstPauseSeconds: 60 });
    await readUntil(() => told.length >= 1);
    stream.stop();
    assert.equal((await stream.first(PATIENCE_MILLIS)).length, 1);
    const [second] = stream.take();
    assert.notEqual(second, told[0]);
    assert.equal(isAlive(told[0] ?? 0), false);
  });

  it('ends one that was only tried out', async () => {
    follow('echo $$; exec sleep 60', { unusedMillis: 20 });
    await stream.first(PATIENCE_MILLIS);
    while (stream.pid !== null) await sleep(5);
    assert.deepEqual(stream.take(), []);
  });

  it('does not keep this process alive', async () => {
    const module = new URL('../../../../src/core/sensors/native/childStream.ts', import.meta.url);
    const script = `
      const { ChildStream } = await import(${JSON.stringify(module.href)});
      const command = { program: '/bin/sh', args: ['-c', 'echo 1; exec sleep 60'], environment: process.env };
      const stream = new ChildStream(command, { parse: (line) => [line], silenceSeconds: 60 });
      console.log((await stream.first(20_000)).length > 0, stream.take().length, stream.pid);
    `;
    const args = ['--input-type=module-typescript', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: PATIENCE_MILLIS });
    const [, pid] = /^true 1 (\d+)\n$/.exec(stdout) ?? [];
    assert(pid, stdout);
    process.kill(Number(pid), 'SIGKILL'); // one that says nothing does not notice that nobody listens
    follow('');
  });

  it('lives with a parser that throws', async () => {
    follow('echo 1; echo 2; exec sleep 60', {
      parse: (line) => {
        if (line === '1') throw new Error('odd');
        return [Number(line)];
      },
    });
    await readUntil(() => told.length >= 1);
    assert.deepEqual(told, [2]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
