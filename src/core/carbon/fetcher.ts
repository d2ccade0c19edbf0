import { createHash } from 'node:crypto';
import { t } from '../../language.ts';
import type { CarbonCache } from './cache.ts';
import { type CacheEntry } from './cache.ts';
import { asCarbonError, CarbonError } from './carbonError.ts';
import { getText, hostOf, type HttpOptions, type HttpRequest } from './http.ts';

/** Waiting doubles with each failure in a row, from one minute to one hour. Engineering judgement. */
const FIRST_WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 3600;

/** A server may ask for more (Retry-After), but not for ever. */
const LONGEST_ASKED_SECONDS = 86_400;

/** An answer that is older tells nothing of now, forecasts included. */
const STALE_SECONDS = 86_400;

export interface JsonRequest extends HttpRequest {
  /** What the answer is kept under: source, zone and what is asked, no times. One request for each goes out a period. */
  readonly key: string;
  /** The period: so long nobody asks again. */
  readonly freshSeconds: number;
}

export interface FetcherOptions extends HttpOptions {
  /** Null to keep nothing on disk. */
  readonly cache: CarbonCache | null;
  readonly now?: () => number;
}

/** An answer, and what is wrong where it is an older one. */
export interface FetchedJson {
  readonly json: unknown;
  readonly problem: CarbonError | null;
}

/**
 * JSON from sources: cached on disk, asked for once a period however many windows there are, by conditional requests,
 * and after a failure not before the server's Retry-After or the back-off is over.
 */
export class Fetcher {
  readonly #options: FetcherOptions;
  readonly #pending = new Map<string, Promise<FetchedJson>>();
  /** A refusal goes by the key or login, which must not reach the disk: each process remembers its own. */
  readonly #refusals = new Map<string, { readonly untilMillis: number; readonly error: CarbonError }>();
  /** For who keeps nothing on disk. */
  readonly #memory = new Map<string, CacheEntry>();

  constructor(options: FetcherOptions) {
    this.#options = options;
  }

  get now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  /** @throws CarbonError where there is neither an answer nor an older one */
  json(request: JsonRequest): Promise<FetchedJson> {
    const id = identityOf(request);
    const pending = this.#pending.get(id) ?? this.#json(request, id).finally(() => this.#pending.delete(id));
    this.#pending.set(id, pending);
    return pending;
  }

  /** An answer that is nobody else's business, such as a token. It is kept nowhere. @throws CarbonError */
  async secretJson(request: HttpRequest): Promise<unknown> {
    const { text } = await getText(request, null, this.#options);
    return parsed(text ?? '', request.url);
  }

  async #json(request: JsonRequest, id: string): Promise<FetchedJson> {
    if (!this.#options.isAllowed()) throw new CarbonError('not allowed', t('requests are not allowed'));
    const known = await this.#read(request.key);
    const answer = known && this.#freshAnswer(known, request);
    if (answer) return answer;
    const refusal = this.#refusals.get(id);
    if (refusal && refusal.untilMillis > this.now) return this.#older(known, refusal.error);
    if (known && known.failures > 0 && known.nextTryAtMillis > this.now) {
      const wait = Math.ceil((known.nextTryAtMillis - this.now) / 1000);
      const text = t('{0} failed and is asked again in {1} s', hostOf(request.url), wait);
      return this.#older(known, new CarbonError('waiting', text, wait));
    }
    const { cache } = this.#options;
    const ask = () => this.#ask(request, id, known);
    const asked = cache ? await cache.alone(request.key, ask) : await ask();
    return asked ?? this.#older(known, new CarbonError('waiting', t('another window is asking'), 5));
  }

  #freshAnswer(known: CacheEntry, { freshSeconds }: JsonRequest): FetchedJson | null {
    const ageMillis = this.now - known.fetchedAtMillis;
    if (known.text === null || known.failures > 0 || ageMillis < 0 || ageMillis >= freshSeconds * 1000)
      return null;
    try {
      return { json: JSON.parse(known.text), problem: null };
    } catch {
      return null;
    }
  }

  async #ask(request: JsonRequest, id: string, known: CacheEntry | null): Promise<FetchedJson> {
    const urlHash = hash(request.url);
    try {
      const isSame = known?.text && known.urlHash === urlHash;
      const answer = await getText(request, isSame ? known : null, this.#options);
      const text = answer.text ?? (isSame ? known.text : null) ?? '';
      const json = parsed(text, request.url);
      const { etag, lastModified } = answer.text === null && known ? known : answer;
      const times = { fetchedAtMillis: this.now, failures: 0, nextTryAtMillis: 0 };
      await this.#write(request.key, { text, etag, lastModified, urlHash, ...times });
      this.#refusals.delete(id);
      return { json, problem: null };
    } catch (thrown) {
      const error = asCarbonError(thrown);
      await this.#remember(error, request, id, known);
      return this.#older(known, error);
    }
  }

  async #remember(
    error: CarbonError,
    request: JsonRequest,
    id: string,
    known: CacheEntry | null,
  ): Promise<void> {
    if (error.fault === 'not allowed' || this.#options.signal?.aborted) return;
    if (error.fault === 'refused') {
      this.#refusals.set(id, { untilMillis: this.now + LONGEST_WAIT_SECONDS * 1000, error });
      return;
    }
    const failures = (known?.failures ?? 0) + 1;
    const backOff = Math.min(FIRST_WAIT_SECONDS * 2 ** (failures - 1), LONGEST_WAIT_SECONDS);
    const asked = Math.min(error.retryAfterSeconds ?? 0, LONGEST_ASKED_SECONDS);
    const nextTryAtMillis = this.now + Math.max(backOff, asked) * 1000;
    const none = { text: null, etag: null, lastModified: null, urlHash: '', fetchedAtMillis: 0 };
    await this.#write(request.key, { ...(known ?? none), failures, nextTryAtMillis });
  }

  /** @throws CarbonError the problem, where no answer of the last day is there */
  #older(known: CacheEntry | null, problem: CarbonError): FetchedJson {
    if (!known?.text || this.now - known.fetchedAtMillis > STALE_SECONDS * 1000) throw problem;
    try {
      return { json: JSON.parse(known.text), problem };
    } catch {
      throw problem;
    }
  }

  async #read(key: string): Promise<CacheEntry | null> {
    return this.#options.cache ? this.#options.cache.read(key) : (this.#memory.get(key) ?? null);
  }

  async #write(key: string, entry: CacheEntry): Promise<void> {
    if (this.#options.cache) await this.#options.cache.write(key, entry);
    else this.#memory.set(key, entry);
  }
}

function parsed(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CarbonError('no JSON', t('{0} answered something else than JSON', hostOf(url)));
  }
}

/** Two keys for one address are two requests; the text stays in this process's memory, as a hash. */
function identityOf({ key, url, headers }: JsonRequest): string {
  return hash(JSON.stringify([key, url, headers ?? {}]));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
