import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LONGEST_TEXT, TerminalTexts } from '../../../src/core/progress/terminalTexts.ts';

function textsOf(...chunks: readonly string[]): readonly string[] {
  const texts: string[] = [];
  const terminal = new TerminalTexts((text) => texts.push(text));
  for (const chunk of chunks) terminal.feed(chunk);
  terminal.finish();
  return texts;
}

/** What programs print: words, numbers and the sequences that move, erase and colour. */
const PIECE = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '\x1b[2K',
    '\x1b[1A',
    '\x1b[5C',
    '\x1b[3D',
    '\x1b[7G',
    '\x1b[4;2H',
    '\x1b[31m',
    '\x1b[K',
    '\x1b[J',
  ),
  fc.constantFrom(
    '\r',
    '\n',
    '\b',
    '\t',
    '\x1b]0;title\x07',
    '\x1b]9;4;1;40\x1b\\',
    '\x1b(B',
    '\x1bM',
    '界',
    '🔥',
  ),
);

describe('Texts of a terminal', () => {
  it('lose their escape sequences, cut ones too', () => {
    assert.deepEqual(textsOf('\x1b]0;title\x07\x1b[1', 'mEpoch\x1b[0m 1\n'), ['Epoch 1']);
    assert.deepEqual(textsOf('\x1b[38:2:1:2:3mred\x1b(B \x1b[?25lhidden\x1b[?25h\n'), ['red hidden']);
  });

  it('come once for each redraw', () => {
    assert.deepEqual(textsOf('1%\r2%\x1b[A3%\n'), ['1%', '2%', '  3%']);
    assert.deepEqual(textsOf('long text\rshort\n'), ['long text', 'short']);
  });

  it('know the row of nested bars that are redrawn by cursor up and down', () => {
    const rows: string[] = [];
    const terminal = new TerminalTexts((text, row) => rows.push(`${row}:${text}`));
    terminal.feed('outer 0\n\rinner 1\x1b[A\router 1\n\rinner 2\x1b[A\r');
    assert.deepEqual(rows, ['0:outer 0', '1:inner 1', '0:outer 1', '1:inner 2']);
  });

  it('come whole where a program redraws a part of a row', () => {
    assert.deepEqual(textsOf('Epoch 1/3  10%\x1b[12G20%\n').at(-1), 'Epoch 1/3  20%');
    assert.deepEqual(textsOf('count: 1\b2\n').at(-1), 'count: 2');
    assert.deepEqual(textsOf('\x1b[5;1Hstep 1/9\x1b[5;6H2\n').at(-1), 'step 2/9');
    assert.deepEqual(textsOf('Epoch 1\x1b[4X\x1b[4Cdone\n'), ['Epoch 1    done']);
  });

  it('count wide characters as two columns', () => {
    assert.deepEqual(textsOf('训练 1/9\x1b[6G2\n').at(-1), '训练 2/9');
  });

  it('tell of operating system commands, however they end', () => {
    const commands: string[] = [];
    const terminal = new TerminalTexts(
      () => undefined,
      (command) => commands.push(command),
    );
    terminal.feed('\x1b]9;4;1;40\x07\x1b]9;4;1;41\x1b\\\x1b]never ended\nEpoch 1\n');
    assert.deepEqual(commands, ['9;4;1;40', '9;4;1;41']);
  });

  it('go on after a sequence that was never ended', () => {
    assert.deepEqual(textsOf('\x1b]0;never ended\nEpoch 1\n'), ['Epoch 1']);
    assert.deepEqual(textsOf('\x1b[12\x1b[0mEpoch 1\n'), ['Epoch 1']);
  });

  it('are never longer than a progress line can be', () => {
    const [line = ''] = textsOf(`${'x'.repeat(100_000)}\n`);
    assert.equal(line.length, LONGEST_TEXT);
  });

  it('are the same however the output was cut', () => {
    fc.assert(
      fc.property(fc.array(PIECE, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
        const output = pieces.join('');
        const chunks = Array.from({ length: Math.ceil(output.length / size) }, (_, index) =>
          output.slice(index * size, (index + 1) * size),
        );
        assert.deepEqual(textsOf(...chunks), textsOf(output));
      }),
    );
  });
});
