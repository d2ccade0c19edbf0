// Without `node:`, so that VS Code's proxy settings and certificates hold: see carbon/http.ts.
import http from 'http';
import https from 'https';
import { retryAfterSeconds } from '../../carbon/http.ts';

/** A collector is near; nobody waits longer for one that is not. Engineering judgement. */
const DEADLINE_MILLIS = 3000;

/** Why it was not taken, in words that go on from the server's name, and when the server wants to be asked again. */
export class PostError extends Error {
  readonly retryAfterSeconds: number | null;

  constructor(message: string, retryAfterSeconds: number | null = null) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Sends JSON; redirects are not followed, and the answer's body is not read. @throws PostError and nothing else */
export function postJson(
  url: URL,
  body: unknown,
  headers: Readonly<Record<string, string>>,
  deadlineMillis = DEADLINE_MILLIS,
): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(body));
  const own = {
    'content-type': 'application/json',
    'content-length': String(bytes.length),
    'user-agent': 'training-footprint',
  };
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(deadlineMillis);
    const fail = () => reject(new PostError(signal.aborted ? 'did not answer in time' : 'cannot be reached'));
    try {
      const ask = url.protocol === 'https:' ? https.request : http.request;
      const request = ask(url, { method: 'POST', headers: { ...headers, ...own }, signal }, (response) => {
        const { statusCode: status = 0, headers: answer } = response;
        response.on('error', () => undefined);
        response.destroy();
        if (status >= 200 && status < 300) return resolve();
        reject(new PostError(`answered ${status}`, retryAfterSeconds(answer['retry-after'])));
      });
      request.on('error', fail);
      request.end(bytes);
    } catch {
      reject(new PostError('cannot be asked'));
    }
  });
}
