import assert from 'node:assert/strict';
import { TerminalLines } from '../../../src/core/progress/lines.ts';

describe('Lines of a terminal', () => {
  it('lose their escape sequences, cut ones too', () => {
    const lines = new TerminalLines();
    assert.deepEqual(lines.feed('\x1b]0;title\x07\x1b[1', 0), []);
    assert.deepEqual(lines.feed('mEpoch\x1b[0m 1\n', 0), ['Epoch 1']);
  });

  it('come once for each redraw', () => {
    assert.deepEqual(new TerminalLines().feed('1%\r2%\x1b[A3%\n', 0), ['1%', '2%', '3%']);
  });

  it('of a flood are looked at in part, the newest of each second', () => {
    const lines = new TerminalLines();
    const flood = 'junk\n'.repeat(10_000);
    let seen = 0;
    for (let count = 0; count < 1000; count++) seen += lines.feed(flood, count / 1000).length;
    assert(seen < 60_000, `${seen} of 10000000 lines`);
    assert(lines.feed('newest\n', 1.5).includes('newest'));
  });

  it('are never longer than a progress line can be', () => {
    const [line = ''] = new TerminalLines().feed(`${'x'.repeat(100_000)}\n`, 0);
    assert(line.length <= 1024);
  });
});
