import { otlpJson } from './otlpJson.ts';
import { postJson, PostError } from './postJson.ts';
import type { RunSnapshot } from '../../runs/snapshot.ts';
import { runMetrics } from './runMetrics.ts';
import type { MetricsTarget } from './target.ts';

/**
 * Pushes to an OpenTelemetry collector, to `/v1/metrics` below the endpoint (OTLP specification, OTLP/HTTP). Headers
 * come from OTEL_EXPORTER_OTLP_HEADERS, which is no setting since it may hold a key.
 */
export class OtlpTarget implements MetricsTarget {
  readonly #url: URL | null;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(endpoint: string, environment: NodeJS.ProcessEnv) {
    this.#url = urlOf(endpoint);
    this.#headers = headersOf(environment.OTEL_EXPORTER_OTLP_HEADERS ?? '');
  }

  get name(): string {
    return this.#url ? `The metrics endpoint ${this.#url.host}` : 'The metrics endpoint';
  }

  async write(runs: readonly RunSnapshot[]): Promise<void> {
    if (!this.#url) throw new PostError('is no http or https address');
    await postJson(this.#url, otlpJson(runMetrics(runs), Date.now()), this.#headers);
  }
}

function urlOf(endpoint: string): URL | null {
  if (!URL.canParse(endpoint)) return null;
  const url = new URL(endpoint);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (!/\/v1\/metrics\/?$/.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/metrics`;
  return url;
}

/** `key=value,key=value`, percent-encoded (OpenTelemetry, OTLP exporter configuration). */
function headersOf(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap((pair) => {
    const [, name, value] = /^\s*([\w-]+)\s*=\s*([\x21-\x7e ]*?)\s*$/.exec(pair) ?? [];
    return name === undefined || value === undefined ? [] : [[name, decoded(value)] as const];
  });
  return Object.fromEntries(pairs);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).replace(/[^\x20-\x7e]/g, '');
  } catch {
    return text;
  }
}
