const MOST_CHARACTERS = 500;

/**
 * Texts of a tool's input. Language models write it, so that it is checked whatever the schema says.
 *
 * @param names those that it may have; empty ones count as left out
 * @throws Error with what is wrong
 */
export function wordsOf<Name extends string>(
  input: unknown,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  if (input === undefined || input === null) return {};
  if (typeof input !== 'object' || Array.isArray(input)) throw new Error('The input must be an object.');
  const words: Partial<Record<Name, string>> = {};
  for (const [key, value] of Object.entries(input)) {
    const name = names.find((known) => known === key);
    if (name === undefined) throw new Error(`There is no input “${key.slice(0, 50)}”; ${listed(names)}.`);
    if (typeof value !== 'string' || value.length > MOST_CHARACTERS)
      throw new Error(`“${name}” must be text of at most ${MOST_CHARACTERS} characters.`);
    if (value.trim() !== '') words[name] = value.trim();
  }
  return words;
}

/** @throws Error where there is any */
export function noWords(input: unknown): void {
  wordsOf(input, []);
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'leave it empty' : `what there is: ${names.join(', ')}`;
}
