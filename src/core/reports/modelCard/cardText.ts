import { t } from '../../../language.ts';
import { CardError } from './cardError.ts';

/** No card is longer: engineering judgement. */
const MOST_BYTES = 10e6;

/**
 * The text of a card's file with its byte order mark and line ends, so that it can be written back byte for byte.
 *
 * @throws CardError where it is no text in UTF-8, which Hugging Face needs
 */
export function cardText(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) throw new CardError(t('the file is too large for a model card.'));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CardError(t('the file is no text in UTF-8; save it as UTF-8 first.'));
  }
}
