import assert from 'node:assert/strict';
import manifest from '../../package.json' with { type: 'json' };
import english from '../../package.nls.json' with { type: 'json' };
import german from '../../package.nls.de.json' with { type: 'json' };

/** Where package.json has texts that people see. */
const TEXT_KEYS = new Set([
  ...['title', 'category', 'displayName', 'userDescription', 'description', 'markdownDescription'],
  ...['altText', 'contents', 'label', 'deprecationMessage', 'markdownDeprecationMessage'],
]);
const VIEW_TEXT_KEYS = new Set([...TEXT_KEYS, 'name']);
const TEXT_LISTS = new Set(['enumDescriptions', 'markdownEnumDescriptions']);

/** What is written for a language model stays English. */
const NOT_FOR_PEOPLE = new Set(['inputSchema', 'modelDescription']);

/** The same in every language. */
const NAMES = ['Training Footprint', 'Training'];

const ENGLISH: Readonly<Record<string, string>> = english;
const GERMAN: Readonly<Record<string, string>> = german;

describe('The texts of package.json', () => {
  const { displayName, description, contributes } = manifest;
  const texts = [displayName, description, ...textsOf(contributes)];

  it('stand in package.nls.json, each under a key', () => {
    for (const text of texts) assert.match(text, /^%[\w.]+%$/);
    assert(texts.length > 50);
  });

  it('are all there, none without use', () => {
    const keys = new Set(texts.map((text) => text.slice(1, -1)));
    assert.deepEqual(Object.keys(ENGLISH).sort(), [...keys].sort());
  });

  it('are all there in German, in the same order', () => {
    assert.deepEqual(Object.keys(GERMAN), Object.keys(ENGLISH));
    const isSame = ([key, text]: [string, string]) => GERMAN[key] === text && !NAMES.includes(text);
    assert.deepEqual(Object.entries(ENGLISH).filter(isSame), []);
  });

  it('lead to the same commands and settings and show the same code in German', () => {
    for (const [key, text] of Object.entries(ENGLISH))
      assert.deepEqual(fixedPartsOf(GERMAN[key] ?? ''), fixedPartsOf(text), key);
  });

  it('speak of settings and commands that there are', () => {
    const settings = Object.keys(contributes.configuration.properties);
    const commands = contributes.commands.map(({ command }) => command);
    for (const text of Object.values(ENGLISH)) {
      for (const [, setting] of text.matchAll(/`#([\w.]+)#`/g))
        assert(settings.includes(setting ?? ''), text);
      for (const [, command] of text.matchAll(/\(command:(trainingFootprint\.\w+)/g))
        assert(commands.includes(command ?? ''), text);
      for (const [, title] of text.matchAll(/(?<!\*)\*([^*]+)\*(?!\*)/g))
        assert(commandTitles(ENGLISH).includes(title ?? ''), text);
    }
    for (const text of Object.values(GERMAN))
      for (const [, title] of text.matchAll(/(?<!\*)\*([^*]+)\*(?!\*)/g))
        assert(commandTitles(GERMAN).includes(title ?? ''), text);
  });
});

function textsOf(value: unknown, textKeys = TEXT_KEYS): string[] {
  if (Array.isArray(value)) return value.flatMap((part) => textsOf(part, textKeys));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    if (NOT_FOR_PEOPLE.has(key)) return [];
    if (textKeys.has(key) && typeof part === 'string') return [part];
    if (TEXT_LISTS.has(key)) return part as string[];
    return textsOf(part, key === 'views' ? VIEW_TEXT_KEYS : textKeys);
  });
}

/** Code, targets of links, placeholders: what no translation may change. */
function fixedPartsOf(text: string): string[] {
  return [...text.matchAll(/`[^`]*`|\]\([^)]*\)|\{\w+\}/g)].map(([part]) => part).sort();
}

/** As texts speak of them: without the dots that announce a question. */
function commandTitles(texts: Readonly<Record<string, string>>): string[] {
  const titles = Object.entries(texts).filter(([key]) => key.startsWith('command.'));
  return titles.map(([, title]) => title.replace(/ ?…$/, ''));
}
