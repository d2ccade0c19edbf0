import { t } from '../../language.ts';

/** Why a source did not answer. */
export type CarbonFault =
  | 'not allowed'
  | 'unreachable'
  | 'too slow'
  | 'refused'
  | 'too many requests'
  | 'not found'
  | 'server error'
  | 'redirect'
  | 'too large'
  | 'no JSON'
  | 'unknown shape'
  | 'no figure'
  | 'waiting';

/**
 * The one error that network and sources throw. Its message is for people; no key, header, query or text of an answer is
 * in it. It begins with a capital where it names the source, in every language, since the source's name is put before others.
 */
export class CarbonError extends Error {
  readonly fault: CarbonFault;
  /** What the server asks for before the next try (Retry-After); null where it does not. */
  readonly retryAfterSeconds: number | null;

  constructor(fault: CarbonFault, message: string, retryAfterSeconds: number | null = null) {
    super(message);
    this.fault = fault;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** @returns the error itself, or one without the text of `error`, which might hold anything */
export function asCarbonError(error: unknown): CarbonError {
  return error instanceof CarbonError
    ? error
    : new CarbonError('unknown shape', t('it answered something unknown'));
}
