import assert from 'node:assert/strict';
import { inEnglish, language, speak, t } from '../../src/language.ts';
import german from '../../l10n/bundle.l10n.de.json' with { type: 'json' };
import { textCalls } from '../texts.ts';

const GERMAN: Readonly<Record<string, string>> = german;

/** The same in German. */
const SAME_IN_GERMAN: readonly string[] = [
  'Commit',
  'Framework',
  'Frameworks',
  'Hardware',
  'Name',
  'Text',
  'in {0}',
];

describe('The texts of the code', () => {
  const calls = textCalls();
  const texts = [...new Set(calls.map(({ text }) => text))];

  it('are written out where they are asked for', () => {
    assert.deepEqual(
      calls.filter(({ text }) => text === ''),
      [],
    );
  });

  it('are all there in German, none without use', () => {
    assert.deepEqual(Object.keys(GERMAN).sort(), texts.sort());
  });

  it('differ from the English ones', () => {
    const same = Object.keys(GERMAN).filter((text) => GERMAN[text] === text);
    assert.deepEqual(same.sort(), [...SAME_IN_GERMAN].sort());
  });

  it('keep their places, code and line ends in German', () => {
    for (const [english, text] of Object.entries(GERMAN))
      assert.deepEqual(fixedPartsOf(text), fixedPartsOf(english), english);
  });
});

describe('The language', () => {
  afterEach(() => speak('en', {}));

  it('is English until another is spoken', () => {
    assert.equal(t('{0} of {1}', 3, 30), '3 of 30');
    speak('de', { '{0} of {1}': '{0} von {1}' });
    assert.equal(t('{0} of {1}', 3, 30), '3 von 30');
    assert.equal(language(), 'de');
  });

  it('is English for what others read, and then again what it was', () => {
    speak('de', { energy: 'Energie' });
    assert.equal(
      inEnglish(() => t('energy')),
      'energy',
    );
    assert.throws(() =>
      inEnglish(() => {
        throw new Error();
      }),
    );
    assert.equal(t('energy'), 'Energie');
  });
});

/** What no translation may change. */
function fixedPartsOf(text: string): string[] {
  return [...text.matchAll(/\{\w+\}|`[^`]*`|\n/g)].map(([part]) => part).sort();
}
