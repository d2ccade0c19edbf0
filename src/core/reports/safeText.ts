import { t } from '../../language.ts';

/**
 * What would turn the reading direction of the text around it (Unicode UAX #9: marks, embeddings, overrides, isolates),
 * by which a name can show other words than it has (CVE-2021-42574).
 */
const TURNS = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';

/** C0 and C1 control characters but for tab and line ends, and Unicode's line and paragraph separators. */
const CONTROLS = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u2028\\u2029';

const UNSAFE = new RegExp(`[${TURNS}${CONTROLS}]|\\p{Surrogate}`, 'gu');

/** Stands where a character was that may not be shown (Unicode, U+FFFD). */
const REPLACEMENT = '\ufffd';

/** Names and texts of more characters are read by nobody: engineering judgement. */
export const LONGEST_LABEL = 120;
const LONGEST_LINE = 500;
const LONGEST_BLOCK = 4000;

/**
 * What people and programs wrote, as one line for a report: no control characters, nothing that turns the reading
 * direction, no more than `longest` characters. It is text still: each format escapes its own marks.
 */
export function oneLine(text: string, longest = LONGEST_LINE): string {
  return shortened(shown(text).replace(/[\r\n\t]+/g, ' '), longest);
}

/** The same with its line ends, for a command. */
export function block(text: string, longest = LONGEST_BLOCK): string {
  return shortened(shown(text).replace(/\r\n?/g, '\n'), longest);
}

function shown(text: string): string {
  return text.replace(UNSAFE, REPLACEMENT);
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // a character of two units is not cut in its middle
  const start = text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
  return t('{0}… ({1} more characters)', start, text.length - start.length);
}
