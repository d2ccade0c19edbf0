import type { CardMetadata } from './metadata.ts';

/** A name and its value; numbers are grams. */
export type Field = readonly [name: string, value: string | number];

/** What is known, in the order of Hugging Face's documentation. */
export function fieldsOf(metadata: CardMetadata): readonly Field[] {
  return Object.entries(metadata).filter((entry): entry is [string, string | number] => entry[1] !== null);
}

export function blockLines(fields: readonly Field[], indent: string): readonly string[] {
  return fields.map(([name, value]) => `${indent}${name}: ${scalarText(value)}`);
}

/**
 * A value as YAML: text in double quotes, by JSON's escapes, which YAML shares (YAML 1.2.2, 7.3.1); a number without
 * exponent, since Hugging Face looks for its first digits.
 */
export function scalarText(value: string | number): string {
  return typeof value === 'string' ? JSON.stringify(value) : decimal(value);
}

function decimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(15).replace(/\.?0+$/, '') : text;
}
