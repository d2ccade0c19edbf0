import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CarbonCache } from '../../../src/core/carbon/cache.ts';
import { CarbonError, type CarbonFault } from '../../../src/core/carbon/carbonError.ts';
import { Fetcher } from '../../../src/core/carbon/fetcher.ts';
import { getText, retryAfterSeconds } from '../../../src/core/carbon/http.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { json, LocalServer, NOW, status } from './localServer.ts';

const isFault = (fault: CarbonFault) => (error: unknown) =>
  error instanceof CarbonError && error.fault === fault;

describe('Requests for carbon intensity', () => {
  const server = new LocalServer();
  let folder: string;
  let now = NOW;

  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => {
    folder = tempFolder('fetcher');
    now = NOW;
    server.seen.length = 0;
    server.answer = json('{"a":1}');
  });
  afterEach(() => removeFolder(folder));

  const fetcher = () =>
    new Fetcher({ isAllowed: () => true, cache: new CarbonCache(folder), now: () => now });
  const request = (more = {}) => ({ key: 'here', url: `${server.base}/x`, freshSeconds: 300, ...more });
  const wait = (seconds: number) => (now += seconds * 1000);

  it('go out once a period, however many ask, in this process and in others', async () => {
    const [one, other] = [fetcher(), fetcher()];
    await Promise.all([one.json(request()), one.json(request()), one.json(request())]);
    await other.json(request());
    assert.equal(server.seen.length, 1);
    wait(301);
    await other.json(request());
    await one.json(request());
    assert.equal(server.seen.length, 2);
  });

  it('are conditional, and an unchanged answer is the one that is known', async () => {
    server.answer = json('{"a":7}', { etag: '"v1"', 'last-modified': 'Mon, 23 Nov 2026 22:00:00 GMT' });
    const one = fetcher();
    await one.json(request());
    server.answer = status(304);
    wait(301);
    assert.deepEqual(await one.json(request()), { json: { a: 7 }, problem: null });
    assert.equal(server.seen[1]?.headers['if-none-match'], '"v1"');
    assert.equal(server.seen[1]?.headers['if-modified-since'], 'Mon, 23 Nov 2026 22:00:00 GMT');
    wait(301);
    server.answer = json('{"a":8}');
    assert.deepEqual((await one.json(request({ url: `${server.base}/y` }))).json, { a: 8 });
    assert.equal(server.seen[2]?.headers['if-none-match'], undefined, 'of another address nothing is known');
  });

  it('wait longer with each failure, and as long as the server asks', async () => {
    server.answer = status(500);
    const one = fetcher();
    for (const [seconds, asked] of [
      [0, 1],
      [59, 1],
      [2, 2],
      [119, 2],
      [2, 3],
    ] as const) {
      wait(seconds);
      await assert.rejects(one.json(request()));
      assert.equal(server.seen.length, asked, `after ${seconds} s more`);
    }
    await assert.rejects(fetcher().json(request()), isFault('waiting'));
    server.answer = status(429, { 'retry-after': '5000' });
    wait(4000);
    await assert.rejects(one.json(request()), isFault('too many requests'));
    wait(4999);
    await assert.rejects(one.json(request()), isFault('waiting'));
    server.answer = json('{"a":2}');
    wait(2);
    assert.deepEqual((await one.json(request())).json, { a: 2 });
  });

  it('give an answer of the last day, with what is wrong, when there is no new one', async () => {
    const one = fetcher();
    await one.json(request());
    server.answer = status(503);
    wait(3600);
    const { json: known, problem } = await one.json(request());
    assert.deepEqual([known, problem?.fault], [{ a: 1 }, 'server error']);
    wait(86_400);
    await assert.rejects(one.json(request()));
  });

  it('are not repeated by another process while one is at it', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    server.answer = (incoming, response) => void held.then(() => json('{"a":1}')(incoming, response));
    const first = fetcher().json(request());
    while (server.seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await assert.rejects(fetcher().json(request()), isFault('waiting'));
    release();
    assert.deepEqual((await first).json, { a: 1 });
    assert.equal(server.seen.length, 1);
  });

  it('keep no key, address or header on disk, and tell none in an error', async () => {
    const secret = 'very-secret-key';
    const keyed = request({ url: `${server.base}/x?key=${secret}`, headers: { 'auth-token': secret } });
    for (const answer of [
      json('{"a":1}'),
      status(401),
      status(500),
      json('no'),
      status(302, { location: '/x' }),
    ]) {
      server.answer = answer;
      wait(7200);
      const error = await new Fetcher({
        isAllowed: () => true,
        cache: new CarbonCache(folder),
        now: () => now,
      })
        .json({ ...keyed, key: `k${server.seen.length}` })
        .then(
          () => null,
          (thrown: Error) => thrown,
        );
      assert(!JSON.stringify([error?.message, error, String(error)]).includes(secret));
    }
    const names = readdirSync(folder);
    assert(names.length > 0);
    for (const name of names)
      assert(!`${name}${readFileSync(path.join(folder, name), 'utf8')}`.includes(secret), name);
    await fetcher()
      .secretJson({ url: `${server.base}/x` })
      .catch(() => undefined);
    assert.equal(readdirSync(folder).length, names.length);
  });

  it('send no key to where another origin redirects', async () => {
    const other = new LocalServer();
    await other.start();
    other.answer = json('{"a":3}');
    server.answer = status(302, { location: `${other.base}/y` });
    const { text } = await getText({ url: `${server.base}/x`, headers: { 'auth-token': 'secret' } }, null, {
      isAllowed: () => true,
    });
    assert.equal(text, '{"a":3}');
    assert.equal(other.seen[0]?.headers['auth-token'], undefined);
    await other.stop();
  });

  it('bear a cache that is damaged, cannot be written, or is full', async () => {
    await fetcher().json(request());
    const [name] = readdirSync(folder);
    for (const damage of [
      '',
      '{',
      '[]',
      '{"text":5}',
      '{"fetchedAtMillis":1,"nextTryAtMillis":0,"text":"{"}',
    ]) {
      writeFileSync(path.join(folder, name ?? ''), damage);
      assert.deepEqual((await fetcher().json(request())).json, { a: 1 }, damage);
    }
    const file = path.join(folder, 'a file');
    writeFileSync(file, '');
    const without = new Fetcher({ isAllowed: () => true, cache: new CarbonCache(file), now: () => now });
    assert.deepEqual((await without.json(request())).json, { a: 1 });
    for (let each = 0; each < 60; each++) await fetcher().json(request({ key: `key ${each}` }));
    assert(readdirSync(folder).filter((entry) => entry.endsWith('.json')).length <= 40);
  });

  it('are no failure when this process ends them because it goes', async () => {
    const stop = new AbortController();
    server.answer = () => stop.abort();
    const going = new Fetcher({
      ...{ isAllowed: () => true, cache: new CarbonCache(folder), now: () => now, signal: stop.signal },
    });
    await assert.rejects(going.json(request()));
    server.answer = json('{"a":9}');
    assert.deepEqual((await fetcher().json(request())).json, { a: 9 });
  });

  it('go on after a process died at it', async () => {
    const one = fetcher();
    await one.json(request());
    const [name] = readdirSync(folder);
    const lock = path.join(folder, `${name}.lock`);
    mkdirSync(path.dirname(lock), { recursive: true });
    writeFileSync(lock, '');
    const old = new Date(Date.now() - 60_000);
    (await import('node:fs')).utimesSync(lock, old, old);
    wait(301);
    await one.json(request());
    assert.equal(server.seen.length, 2);
  });

  it('go by `http` and `https`, which VS Code gives its proxy settings, and not by `node:https`, which it does not', () => {
    const source = readFileSync(new URL('../../../src/core/carbon/http.ts', import.meta.url), 'utf8');
    assert.match(source, /from 'https'/);
    assert.doesNotMatch(source, /from 'node:https?'/);
    const folderOf = new URL('../../../src/core/carbon/', import.meta.url);
    for (const name of readdirSync(folderOf, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || name === 'http.ts') continue;
      assert.doesNotMatch(
        readFileSync(new URL(name, folderOf), 'utf8'),
        /\bfetch\(|from '(node:)?(https?|net|tls)'/,
        name,
      );
    }
  });

  it('understand seconds and dates of Retry-After, and nothing else', () => {
    assert.equal(retryAfterSeconds('120'), 120);
    assert.equal(retryAfterSeconds('Mon, 23 Nov 2026 22:11:00 GMT', NOW), 60);
    assert.equal(retryAfterSeconds('Mon, 23 Nov 2026 20:00:00 GMT', NOW), 0);
    for (const odd of [undefined, '', 'soon', '-5x']) assert.equal(retryAfterSeconds(odd), null);
  });
});
