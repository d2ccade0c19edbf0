/** What a YAML document is made of. */
export type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };

/**
 * A document of YAML 1.2: blocks, with every text in double quotes as JSON has it, which YAML takes as it is (YAML
 * 1.2.2, section 1.3). A library would be twenty times as large for what is only ever written here.
 */
export function yamlDocument(value: { readonly [key: string]: Yaml }): string {
  return `${mapLines(value).join('\n')}\n`;
}

function mapLines(map: { readonly [key: string]: Yaml }): string[] {
  return Object.entries(map).flatMap(([name, value]) => entryLines(`${key(name)}:`, value));
}

/** Words that YAML 1.1 takes for something else. */
const WORDS = /^(y|n|yes|no|on|off|true|false|null)$/i;

function key(name: string): string {
  return /^[a-z][\w/-]*$/i.test(name) && !WORDS.test(name) ? name : scalar(name);
}

function entryLines(head: string, value: Yaml): string[] {
  const below = linesOf(value);
  return below ? [head, ...below.map((line) => `  ${line}`)] : [`${head} ${scalar(value)}`];
}

function itemLines(value: Yaml): string[] {
  const [first, ...rest] = linesOf(value) ?? [scalar(value)];
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

/** Null for what stands on one line. */
function linesOf(value: Yaml): string[] | null {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return null;
  return isList(value) ? value.flatMap(itemLines) : mapLines(value);
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}

/** JSON lets stand U+2028, U+2029 and U+0085, which are line ends to some readers of YAML. */
function scalar(value: Yaml): string {
  return JSON.stringify(value).replace(
    /[\u0080-\u009f\u2028\u2029\ufeff\u007f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
