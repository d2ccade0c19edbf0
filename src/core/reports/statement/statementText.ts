import { referencesOf, type Sentence } from './statement.ts';

/** The statement for a text without markup, with numbered references below it. */
export function statementText(sentences: readonly Sentence[]): string {
  const references = referencesOf(sentences);
  const paragraph = sentences.map(({ text, references: own }) => {
    const numbers = own.map((reference) => references.indexOf(reference) + 1);
    return numbers.length === 0 ? text : text.replace(/\.$/, ` [${numbers.join(', ')}].`);
  });
  const list = references.map(({ text }, index) => `[${index + 1}] ${text}.`);
  return `${paragraph.join(' ')}\n\n${list.join('\n')}\n`;
}
