import { t } from '../../../language.ts';
import { CardError } from './cardError.ts';

/** Where the metadata stand in a card. Places are offsets in its text. */
export interface FrontMatter {
  /** Where the YAML begins, after the opening line, and where it ends, before the closing line. */
  readonly from: number;
  readonly to: number;
  /** The card's way to end lines. */
  readonly eol: '\n' | '\r\n';
}

/**
 * The same as `REGEX_YAML_BLOCK` of huggingface_hub 2.4 (repocard.py): what it does not find, Hugging Face does not see.
 * Beyond it, a closing line right after the opening one is found.
 */
const BLOCK = /^(\ufeff?\s*---(?:\r\n|\r|\n))([\s\S]*?)((?:\r\n|\r|\n)---[ \t]*(?:\r\n|\n|$))/;
const EMPTY = /^(\ufeff?\s*---(?:\r\n|\n))---[ \t]*(?:\r\n|\n|$)/;

/**
 * Finds the YAML at a card's beginning; null where there is none.
 *
 * @throws CardError where there seems to be one that Hugging Face would not see
 */
export function findFrontMatter(text: string): FrontMatter | null {
  const eol = eolOf(text);
  const empty = EMPTY.exec(text);
  if (empty) return { from: empty[1]?.length ?? 0, to: empty[1]?.length ?? 0, eol };
  const found = BLOCK.exec(text);
  if (!found) return refuseUnlessNone(text);
  const [, opening = '', yaml = '', closing = ''] = found;
  if (/\r(?!\n)/.test(opening + yaml))
    throw new CardError(
      t(
        'the front matter ends lines with lone carriage returns; save the file with LF or CRLF line ends first.',
      ),
    );
  const from = opening.length;
  return { from, to: from + yaml.length + closing.indexOf('---'), eol };
}

/** The way in which the first line ends. */
export function eolOf(text: string): '\n' | '\r\n' {
  return /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
}

function refuseUnlessNone(text: string): null {
  const opening = /^\ufeff?(\s*)---([ \t]*)(?:\r|\n|$)/.exec(text);
  if (!opening) return null;
  const [, before = '', blanks = ''] = opening;
  const line = before.split('\n').length;
  if (blanks !== '')
    throw new CardError(
      t(
        'blanks follow the --- in line {0}, so that Hugging Face does not see the front matter; remove them first.',
        line,
      ),
    );
  throw new CardError(
    t('the front matter that --- opens in line {0} is never closed; close it with --- first.', line),
  );
}
