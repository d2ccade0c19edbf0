import { t } from '../../language.ts';

/** What carbon sources store of where a figure comes from, where the words are ours. */
const PHRASES: ReadonlyMap<string, () => string> = new Map([
  ['unknown place', () => t('unknown place')],
  ['world average (place unknown)', () => t('world average (place unknown)')],
  ['default outside a data centre', () => t('default outside a data centre')],
  ['your setting', () => t('your setting')],
]);

const PATTERNS: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/^(.+) \(guessed from the time zone\)$/, (name) => t('{0} (guessed from the time zone)', name)],
  [/^(.+) \(guessed from the cloud region\)$/, (name) => t('{0} (guessed from the cloud region)', name)],
  [/^world average \(no figure for (.+)\)$/, (name) => t('world average (no figure for {0})', name)],
  [/^yearly average, (.+)$/, (name) => t('yearly average, {0}', name)],
];

/**
 * A place, or the source of an intensity or PUE, in the editor's language. They are stored in English, since runs are
 * compared and exported by them; what others say of themselves stays as it is.
 */
export function provenanceText(stored: string): string {
  const phrase = PHRASES.get(stored);
  if (phrase) return phrase();
  for (const [pattern, text] of PATTERNS) {
    const name = pattern.exec(stored)?.[1];
    if (name !== undefined) return text(name);
  }
  return stored;
}
