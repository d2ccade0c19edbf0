import { oneLine } from '../safeText.ts';
import type { Sentence } from './statement.ts';

/** Characters that mean something in LaTeX, and those of ours that its fonts lack (LaTeX2e, symbols; textcomp). */
const WRITTEN: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': "''",
  '±': '\\ensuremath{\\pm}',
  '×': '\\ensuremath{\\times}',
  '−': '\\ensuremath{-}',
  '\u00a0': '~',
};

/** Of parts that are not long any more. */
const LONGEST_SENTENCE = 10_000;

/** Characters that pdfLaTeX has in its first font encoding (OT1, TeX Live 2022); at others it stops. */
const KNOWN = /^[\x20-\x7e\u00a1-\u017f‐-—‘’“”…•]$/u;
const LACKING = /^[«»ÐÞðþĄąĐđĘęĦħĮįĸĿŀŉŊŋŦŧŲųſ]$/u;

/** The statement for a paper, with its citations. */
export function statementLatex(sentences: readonly Sentence[]): string {
  const written = sentences.map(({ text, references }) => {
    const cited = references.map(({ key }) => key).join(',');
    const latex = latexText(text);
    return cited === '' ? latex : latex.replace(/\.$/, `~\\cite{${cited}}.`);
  });
  return `${written.join('\n')}\n`;
}

/** Text as LaTeX shows it: no command, no character that would stop it. */
export function latexText(text: string): string {
  return [...oneLine(text, LONGEST_SENTENCE)]
    .map((character) => WRITTEN[character] ?? known(character))
    .join('')
    .replaceAll('CO2e', 'CO\\textsubscript{2}e')
    .replace(/(?<=\d) (?=(?:[mkM]?Wh|[mk]?g|t|gCO|s|min|h|d|\\%)(?![A-Za-z]))/g, '~');
}

/** A character that is lacking loses its mark, or is a question mark. */
function known(character: string): string {
  if (KNOWN.test(character) && !LACKING.test(character)) return character;
  const [letter = ''] = character.normalize('NFD');
  return /^[A-Za-z]$/.test(letter) ? letter : '?';
}
