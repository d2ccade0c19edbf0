import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const CLI = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.mjs');

const KERAS = 'Epoch 1/3\n\r 5/20 [==>...] - ETA: 1s\r20/20 [=====] - 1s\nEpoch 2/3\n\r20/20 [=====] - 1s\n';

function call(input: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [CLI, 'progress', ...args], { input, encoding: 'utf8' });
}

function jsonOf(input: string, ...args: readonly string[]): Record<string, unknown>[] {
  const { stdout } = call(input, '--json', ...args);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('training-footprint progress', function () {
  this.timeout(60_000);

  it('prints an object a line for each change, the summary last', () => {
    const lines = jsonOf(KERAS);
    const first = { epoch: 1, totalEpochs: 3, step: null, totalSteps: null, family: 'epoch-line' };
    assert.deepEqual(lines[0], first);
    assert.deepEqual(lines[1], { ...first, step: 5, totalSteps: 20, family: 'keras' });
    const summary = { epochsCompleted: 2, totalEpochs: 3, steps: 20, totalSteps: 20, family: 'keras' };
    assert.deepEqual(lines.at(-1), { summary });
  });

  it('counts the last epoch of a training that ended well only', () => {
    const completed = (...args: [string, ...string[]]) =>
      (jsonOf(...args).at(-1)?.summary as { epochsCompleted: number }).epochsCompleted;
    assert.equal(completed('Epoch 1/2\nEpoch 2/2\n'), 2);
    assert.equal(completed('Epoch 1/2\nEpoch 2/2\n', '--exit-code', '1'), 1);
    assert.equal(completed('Epoch 1/2\nEpoch 2/2\nTraceback (most recent call last):\nKeyError: 3\n'), 1);
  });

  it('takes totals from the command, and a pattern', () => {
    const [line] = jsonOf('round 3\n', '--command', 'fit --epochs 9', '--pattern', 'round (?<epoch>\\d+)');
    assert.deepEqual([line?.epoch, line?.totalEpochs, line?.family], [3, 9, 'pattern']);
    assert.equal(call('', '--pattern', '(').status, 2);
    assert.equal(call('', '--epochs', 'many').status, 2);
  });

  it('says what was recognised, why the rest was not, and what would help', () => {
    const { stdout } = call('Epoch 1\nhello\x1b[2J\n');
    assert.match(stdout, /^Progress: epoch 1$/m);
    assert.match(stdout, /epoch-line, 1 text, the latest taken for epoch 1\n {4}Epoch 1$/m);
    assert.match(stdout, /nothing: it holds no number\n {4}hello$/m);
    assert.match(stdout, /Set trainingFootprint\.totalEpochs/);
    assert.match(call('hello\n').stdout, /Set trainingFootprint\.progressPattern/);
  });

  it('answers while the log is still being written', async () => {
    const child = spawn(process.execPath, [CLI, 'progress', '--json'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    child.stdin.write('Epoch 1/2\n');
    assert.match(String((await lines.next()).value), /"epoch":1/);
    child.stdin.write('Epoch 2/2\n');
    assert.match(String((await lines.next()).value), /"epoch":2/);
    child.stdin.end();
    assert.match(String((await lines.next()).value), /summary/);
  });
});
