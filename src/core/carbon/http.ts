// Without `node:`: VS Code puts its proxy settings, certificates and proxy logins into `http` and `https` as extensions
// require them by exactly these names (vscode, src/vs/workbench/api/node/proxyResolver.ts, 2026); `node:https` passes by.
import http from 'http';
import https from 'https';
import { t } from '../../language.ts';
import { CarbonError, type CarbonFault } from './carbonError.ts';

/** Engineering judgement: slow services answer within a few seconds; nobody waits for this. */
const DEADLINE_MILLIS = 10_000;

/** A week of 5-minute figures is about 200 kB. */
const MOST_BYTES = 1_000_000;

const MOST_REDIRECTS = 3;

export interface HttpOptions {
  /** Asked before each request; where it says no, nothing leaves this process. */
  readonly isAllowed: () => boolean;
  readonly deadlineMillis?: number;
  readonly mostBytes?: number;
  /** Ends what is under way, for a process that is about to go. */
  readonly signal?: AbortSignal;
}

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'PUT';
  /** They may hold keys: they are sent, never kept or told, and left out after a redirect to another origin. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a server says of an answer, so that the next request can be conditional (RFC 9110, section 13). */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface HttpAnswer extends Validators {
  /** Null where nothing has changed since (304). */
  readonly text: string | null;
}

/**
 * Text over HTTP or HTTPS with a deadline for the whole answer and a limit to its size. It asks for no
 * compression, so that the limit holds for what arrives.
 *
 * @throws CarbonError and nothing else
 */
export async function getText(
  request: HttpRequest,
  known: Validators | null,
  options: HttpOptions,
): Promise<HttpAnswer> {
  const deadline = AbortSignal.timeout(options.deadlineMillis ?? DEADLINE_MILLIS);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  const { method = 'GET' } = request;
  let { url, headers } = request;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    if (!options.isAllowed()) throw new CarbonError('not allowed', t('requests are not allowed'));
    const answer = await once(urlOf(url), method, headerOf(headers, known), options, signal);
    if (!('location' in answer)) return answer;
    const next = redirectTarget(answer.location, url);
    if (next.origin !== new URL(url).origin) headers = {};
    url = next.href;
  }
  throw new CarbonError('redirect', t('{0} redirects too often', hostOf(request.url)));
}

function once(
  url: URL,
  method: string,
  headers: Readonly<Record<string, string>>,
  { mostBytes = MOST_BYTES }: HttpOptions,
  signal: AbortSignal,
): Promise<HttpAnswer | { readonly location: string }> {
  return new Promise((resolve, reject) => {
    const { host } = url;
    const fail = (fault: CarbonFault, text: string, retryAfterSeconds: number | null = null) =>
      reject(new CarbonError(fault, text, retryAfterSeconds));
    const onError = () =>
      signal.aborted
        ? fail('too slow', t('{0} did not answer in time', host))
        : fail('unreachable', t('{0} cannot be reached', host));
    try {
      const ask = url.protocol === 'http:' ? http.request : https.request;
      const request = ask(url, { method, headers, signal }, (response) => {
        response.on('error', onError);
        const { statusCode: status = 0 } = response;
        const { location, etag, 'last-modified': lastModified } = response.headers;
        const validators = { etag: etag ?? null, lastModified: lastModified ?? null };
        if (status !== 200) request.destroy();
        if (status === 304) return resolve({ ...validators, text: null });
        if (status >= 300 && status < 400 && location) return resolve({ location });
        if (status !== 200) return fail(...faultOf(host, status, response.headers['retry-after']));
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes <= mostBytes) return;
          fail('too large', t('{0} sent more than could be right', host));
          request.destroy();
        });
        response.on('end', () => resolve({ ...validators, text: Buffer.concat(chunks).toString('utf8') }));
        response.on('close', () => fail('unreachable', t('{0} broke off', host)));
      });
      request.on('error', onError);
      request.end();
    } catch {
      fail('unreachable', t('{0} cannot be asked', host));
    }
  });
}

function headerOf(headers: Readonly<Record<string, string>> = {}, known: Validators | null) {
  return {
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'training-footprint',
    ...(known?.etag ? { 'if-none-match': known.etag } : {}),
    ...(known?.lastModified ? { 'if-modified-since': known.lastModified } : {}),
    ...headers,
  };
}

function faultOf(
  host: string,
  status: number,
  retryAfter: string | undefined,
): [CarbonFault, string, number | null] {
  const seconds = retryAfterSeconds(retryAfter);
  if (status === 401 || status === 403)
    return ['refused', t('{0} refused the request ({1}): check the key or login', host, status), null];
  if (status === 429) return ['too many requests', t('{0} asks to wait (429)', host), seconds];
  if (status === 400 || status === 404)
    return ['not found', t('{0} has nothing for this place ({1})', host, status), null];
  return ['server error', t('{0} failed ({1})', host, status), seconds];
}

/** Seconds or a date (RFC 9110, section 10.2.3); null where it is neither. */
export function retryAfterSeconds(value: string | undefined, nowMillis = Date.now()): number | null {
  if (!value) return null;
  const seconds = /^\d{1,9}$/.test(value.trim()) ? Number(value) : (Date.parse(value) - nowMillis) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

/** @throws CarbonError where a redirect leads from HTTPS to plain HTTP, or nowhere */
function redirectTarget(location: string, from: string): URL {
  const target = URL.canParse(location, from) ? new URL(location, from) : null;
  const isSafe = target?.protocol === 'https:' || target?.protocol === new URL(from).protocol;
  if (target && isSafe) return target;
  throw new CarbonError('redirect', t('{0} redirects to a place that is not safe', hostOf(from)));
}

function urlOf(text: string): URL {
  if (URL.canParse(text)) {
    const url = new URL(text);
    if (url.protocol === 'https:' || url.protocol === 'http:') return url;
  }
  throw new CarbonError('unreachable', t('the address is no http or https address'));
}

/** Who is asked, for people. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : t('the server');
}
