import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** When the fixtures are of. */
export const NOW = Date.parse('2026-11-23T22:10:00Z');

export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/carbon/${name}`, import.meta.url), 'utf8');
}

export interface Seen {
  readonly url: string;
  readonly method: string;
  readonly headers: http.IncomingHttpHeaders;
}

export type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** A real server on this machine that answers as it is told and remembers what it was asked. */
export class LocalServer {
  readonly seen: Seen[] = [];
  answer: Answer = json('{}');
  readonly #server = http.createServer((request, response) => {
    this.seen.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers });
    this.answer(request, response);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export function json(text: string, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(text);
  };
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(code, headers);
    response.end('{"error":"no"}');
  };
}

/** Every documented path with its fixture. */
export const ANSWERS: Answer = (request, response) => {
  const path = new URL(request.url ?? '', 'http://localhost').pathname;
  const found = FILES.find(([pattern]) => pattern.test(path));
  if (found) json(fixture(found[1]))(request, response);
  else status(404)(request, response);
};

const FILES: readonly (readonly [RegExp, string])[] = [
  [/^\/intensity\//, 'uk-intensity-fw48h.json'],
  [/^\/regional\/intensity\//, 'uk-regional-fw48h.json'],
  [/^\/dataset\/CO2Emis$/, 'energidataservice-co2emis.json'],
  [/^\/dataset\/CO2EmisProg$/, 'energidataservice-co2emisprog.json'],
  [/^\/co2eq$/, 'energy-charts-co2eq.json'],
  [/^\/carbon-intensity\/latest$/, 'electricity-maps-latest.json'],
  [/^\/carbon-intensity\/history$/, 'electricity-maps-history.json'],
  [/^\/carbon-intensity\/forecast$/, 'electricity-maps-forecast.json'],
  [/^\/login$/, 'watttime-login.json'],
  [/^\/v3\/region-from-loc$/, 'watttime-region.json'],
  [/^\/v3\/forecast$/, 'watttime-forecast.json'],
  [/^\/v3\/historical$/, 'watttime-historical.json'],
  [/^\/own$/, 'own-url.json'],
];
