import assert from 'node:assert/strict';
import german from '../../../l10n/bundle.l10n.de.json' with { type: 'json' };
import { wordsOf } from '../../../src/host/tools/input.ts';
import { whichRun } from '../../../src/host/tools/whichRun.ts';
import { speak } from '../../../src/language.ts';
import { snapshot } from '../runs/snapshots.ts';

const RUNS = [
  snapshot({ id: 'c0ffee01-new', label: 'resnet.py', command: 'python resnet.py', project: 'vision' }),
  snapshot({ id: 'c0ffee02-mid', label: 'bert.py', command: 'python bert.py --lr 1', project: 'text' }),
  snapshot({ id: 'beef0003-old', label: 'resnet.py', command: 'python resnet.py', project: 'vision' }),
];

describe('Which run a language model means', () => {
  const idOf = (words: string) => whichRun(RUNS, words).id;

  it('is the last or the one before by these words', () => {
    assert.deepEqual([idOf('last'), idOf('Previous')], ['c0ffee01-new', 'c0ffee02-mid']);
  });

  it('is found by its id or the beginning of it', () => {
    assert.deepEqual([idOf('beef0003-old'), idOf('c0ffee02')], ['beef0003-old', 'c0ffee02-mid']);
  });

  it('is the newest with these words in its label, command or project', () => {
    assert.deepEqual(
      [idOf('ResNet'), idOf('--lr 1'), idOf('text')],
      ['c0ffee01-new', ...Array(2).fill('c0ffee02-mid')],
    );
  });

  it('is not guessed: what fits nothing is answered by what there is', () => {
    assert.throws(() => idOf('gpt'), /No run fits “gpt”.*c0ffee01-new \(resnet\.py.*beef0003-old/);
    assert.throws(() => whichRun([], 'last'), /no run yet/);
    assert.throws(() => whichRun(RUNS.slice(0, 1), 'previous'), /only one run/);
  });

  it('is answered in English, whatever people read', () => {
    const answer = () => {
      try {
        return idOf('gpt');
      } catch (error) {
        return (error as Error).message;
      }
    };
    const english = answer();
    speak('de', german);
    try {
      assert.equal(answer(), english);
    } finally {
      speak('en', {});
    }
  });
});

describe('The input of a tool', () => {
  it('is the texts that it names; empty ones are left out', () => {
    assert.deepEqual(wordsOf({ first: ' last ', second: '' }, ['first', 'second']), { first: 'last' });
    assert.deepEqual(wordsOf(undefined, ['run']), {});
    assert.deepEqual(wordsOf(null, ['run']), {});
  });

  it('is refused with the reason where it is anything else', () => {
    const refused: [unknown, RegExp][] = [
      ['last', /must be an object/],
      [['last'], /must be an object/],
      [{ run: 3 }, /“run” must be text/],
      [{ run: 'x'.repeat(501) }, /at most 500/],
      [{ runs: 'last' }, /no input “runs”; what there is: run/],
      [JSON.parse('{"__proto__": "last"}'), /no input “__proto__”/],
    ];
    for (const [input, reason] of refused) assert.throws(() => wordsOf(input, ['run']), reason);
  });
});
