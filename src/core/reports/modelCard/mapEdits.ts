import { t } from '../../../language.ts';
import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { CardError } from './cardError.ts';
import { blockLines, scalarText, type Field } from './write.ts';

/** Text that takes the place of what stands from one offset to another. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  const lastFirst = edits.toSorted((a, b) => b.from - a.from);
  return lastFirst.reduce(
    (edited, { from, to, text: put }) => edited.slice(0, from) + put + edited.slice(to),
    text,
  );
}

/** Sets fields of a mapping: values that are there are replaced, the others follow the last one. */
export function fieldEdits(
  map: YAMLMap,
  yaml: string,
  fields: readonly Field[],
  eol: string,
): readonly Edit[] {
  const edits: Edit[] = [];
  const missing: Field[] = [];
  for (const field of fields) {
    const pair = map.items.find(({ key }) => isScalar(key) && key.value === field[0]);
    if (pair) edits.push(...replaced(pair, yaml, field, eol));
    else missing.push(field);
  }
  if (missing.length > 0) edits.push(added(map, yaml, missing, eol));
  return edits;
}

/** Lines of a mapping in place of a number or of nothing. */
export function valueEdits(
  value: unknown,
  yaml: string,
  lines: readonly string[],
  eol: string,
): readonly Edit[] {
  const { from, to, endsLine } = plainRange(value);
  const at = lineAfter(yaml, to);
  const isLast = yaml.slice(to, at).trim() === '';
  const blanks = isLast ? (/[ \t]*$/.exec(yaml.slice(0, from))?.[0].length ?? 0) : 0;
  return [
    { from: from - blanks, to, text: endsLine ? eol : '' },
    { from: at, to: at, text: lines.map((line) => line + eol).join('') },
  ];
}

function replaced({ value }: Pair, yaml: string, [, wanted]: Field, eol: string): readonly Edit[] {
  if (isScalar(value) && value.value === wanted) return [];
  const { from, to, endsLine } = plainRange(value);
  const gap = yaml[from - 1] === ':' ? ' ' : '';
  return [{ from, to, text: gap + scalarText(wanted) + (endsLine ? eol : '') }];
}

function added(map: YAMLMap, yaml: string, missing: readonly Field[], eol: string): Edit {
  const last = map.items.at(-1);
  if (map.flow) {
    const at = last ? endOf(last) : (map.range?.[0] ?? 0) + 1;
    const text = missing.map(([name, value]) => `${name}: ${scalarText(value)}`).join(', ');
    return { from: at, to: at, text: last ? `, ${text}` : text };
  }
  const start = map.range?.[0] ?? 0;
  const line = yaml.lastIndexOf('\n', start - 1) + 1;
  const indent = yaml.slice(line, start);
  if (!last || indent.trim() !== '') throw new CardError(unusual());
  const at = endsWithBlock(map) ? line : lineAfter(yaml, endOf(last));
  const text = blockLines(missing, indent)
    .map((line) => line + eol)
    .join('');
  return { from: at, to: at, text };
}

/**
 * Whether a text block (`|` or `>`) comes last. Its value depends on whether a line follows it, which Hugging Face does
 * not see where it comes last: so nothing may be put after it.
 */
export function endsWithBlock(node: unknown): boolean {
  if (isMap(node)) return endsWithBlock(node.items.at(-1)?.value);
  if (isSeq(node)) return endsWithBlock(node.items.at(-1));
  return isScalar(node) && isBlock(node);
}

/** Where a scalar stands. @throws CardError for anything else, or one that others refer to */
function plainRange(value: unknown): { from: number; to: number; endsLine: boolean } {
  const node = value as Node | null;
  const isPlain = isScalar(node) && !node.anchor && !node.tag && node.range;
  if (!isPlain || isMap(node)) throw new CardError(unusual());
  const [from, to] = node.range ?? [0, 0];
  return { from, to, endsLine: isBlock(node) };
}

/** A block scalar reaches to the end of its last line. */
function isBlock({ type }: Scalar): boolean {
  return type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
}

function endOf({ key, value }: Pair): number {
  const node = (value ?? key) as Node | null;
  return node?.range?.[1] ?? 0;
}

/** The beginning of a line: this place, or that of the next one. */
function lineAfter(yaml: string, from: number): number {
  if (yaml[from - 1] === '\n') return from;
  const end = yaml.indexOf('\n', from);
  return end < 0 ? yaml.length : end + 1;
}

function unusual(): string {
  return t(
    'co2_eq_emissions holds something other than a number or a mapping of plain values; edit it by hand.',
  );
}
