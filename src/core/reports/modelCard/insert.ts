import { t } from '../../../language.ts';
import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, LineCounter, parseDocument, type Document, type Pair, type YAMLMap } from 'yaml';
import { CardError } from './cardError.ts';
import { eolOf, findFrontMatter, type FrontMatter } from './frontMatter.ts';
import { applyEdits, endsWithBlock, fieldEdits, valueEdits, type Edit } from './mapEdits.ts';
import type { CardMetadata } from './metadata.ts';
import { blockLines, fieldsOf } from './write.ts';

const KEY = 'co2_eq_emissions';

/**
 * A model card with a run's emissions in its metadata; all else is as it was, byte for byte.
 *
 * The YAML is parsed to know where things stand, and text is put in there: nothing is written anew. Then the outcome is
 * parsed again, and refused unless everything else means what it meant.
 *
 * @param text of the card, with its byte order mark if it has one
 * @throws CardError with the reason, where it cannot be edited rightly
 */
export function insertMetadata(text: string, metadata: CardMetadata): string {
  const found = findFrontMatter(text);
  if (!found) return withNewFrontMatter(text, metadata);
  const yaml = text.slice(found.from, found.to);
  const firstLine = text.slice(0, found.from).split('\n').length;
  const before = parse(yaml, firstLine);
  const edited = applyEdits(yaml, editsFor(before, yaml, metadata, found));
  if (isAsWanted(before, edited, metadata)) return text.slice(0, found.from) + edited + text.slice(found.to);
  throw new CardError(
    t(
      'the front matter is written in a way that {0} cannot be put into without touching the rest; add it by hand.',
      KEY,
    ),
  );
}

function withNewFrontMatter(text: string, metadata: CardMetadata): string {
  const eol = eolOf(text);
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const body = text.slice(start);
  const lines = ['---', `${KEY}:`, ...blockLines(fieldsOf(metadata), '  '), '---', ''];
  const gap = body === '' || /^\r?\n/.test(body) ? '' : eol;
  return text.slice(0, start) + lines.join(eol) + gap + body;
}

function editsFor(
  document: Document,
  yaml: string,
  metadata: CardMetadata,
  { eol }: FrontMatter,
): readonly Edit[] {
  const root = document.contents;
  const fields = fieldsOf(metadata);
  if (root !== null && !isEmptyScalar(root) && !isMap(root))
    throw new CardError(t('the front matter is no mapping of names to values, which Hugging Face needs.'));
  const indent = isMap(root) ? indentOf(root, yaml) : '';
  const pair = isMap(root) ? pairOf(root) : null;
  if (!pair) {
    const lines = [`${indent}${KEY}:`, ...blockLines(fields, `${indent}  `)];
    const text = lines.map((line) => line + eol).join('');
    const at = endsWithBlock(root) ? 0 : yaml.length;
    return [{ from: at, to: at, text }];
  }
  const { value } = pair;
  if (isMap(value)) return fieldEdits(value, yaml, fields, eol);
  return valueEdits(value, yaml, blockLines(fields, `${indent}  `), eol);
}

/** YAML 1.1, as PyYAML reads it for Hugging Face. */
function parse(yaml: string, firstLine: number): Document {
  const lineCounter = new LineCounter();
  const document = parseDocument(seenBy(yaml), {
    version: '1.1',
    lineCounter,
    prettyErrors: false,
    logLevel: 'error',
  });
  const [error] = document.errors;
  if (error) {
    const line = firstLine + lineCounter.linePos(error.pos[0]).line - 1;
    const reason =
      error.code === 'DUPLICATE_KEY' ? t('a name stands there twice') : lowerFirst(error.message);
    throw new CardError(
      t('the front matter is not valid YAML in line {0} ({1}); mend it first.', line, reason),
    );
  }
  return document as Document;
}

/** What Hugging Face takes for the YAML: the last line end belongs to the closing line. */
function seenBy(yaml: string): string {
  return yaml.replace(/\r?\n$/, '');
}

/** Whether all but the emissions is as before, and they are as wanted. */
function isAsWanted(before: Document, edited: string, metadata: CardMetadata): boolean {
  const after = parseDocument(seenBy(edited), { version: '1.1', logLevel: 'error' });
  if (after.errors.length > 0) return false;
  const wanted = valuesOf(before);
  const old = wanted.get(KEY);
  wanted.set(KEY, new Map([...(old instanceof Map ? old : []), ...fieldsOf(metadata)]));
  return isDeepStrictEqual(valuesOf(after as Document), wanted);
}

/** @throws CardError where aliases grow beyond measure */
function valuesOf(document: Document): Map<unknown, unknown> {
  try {
    const values: unknown = document.toJS({ mapAsMap: true });
    return values instanceof Map ? values : new Map<unknown, unknown>();
  } catch (error) {
    throw new CardError(t('the front matter cannot be read ({0}).', lowerFirst((error as Error).message)));
  }
}

function pairOf(root: YAMLMap): Pair | null {
  return root.items.find(({ key }) => isScalar(key) && key.value === KEY) ?? null;
}

/** The blanks before each name. @throws CardError for a mapping in braces */
function indentOf(root: YAMLMap, yaml: string): string {
  if (root.flow)
    throw new CardError(t('the front matter is written in braces; write each name on a line of its own.'));
  const start = root.range?.[0] ?? 0;
  return yaml.slice(yaml.lastIndexOf('\n', start - 1) + 1, start).replace(/\S.*$/, '');
}

function isEmptyScalar(node: unknown): boolean {
  return isScalar(node) && node.value === null;
}

function lowerFirst(message: string): string {
  const [line = ''] = message.split('\n');
  return line.slice(0, 1).toLowerCase() + line.slice(1, 120);
}
