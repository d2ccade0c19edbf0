import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CarbonSettings } from '../../../src/core/carbon/carbonService.ts';
import { ANSWERS, LocalServer } from './localServer.ts';

const CHILD = fileURLToPath(new URL('../children/carbonSockets.ts', import.meta.url));

/** What a process of its own wanted to connect to over a day. */
async function tried(base: string, settings: Partial<CarbonSettings>): Promise<string[]> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [CHILD, base, JSON.stringify(settings)]);
  return JSON.parse(stdout) as string[];
}

describe('Permission for requests', () => {
  const server = new LocalServer();
  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => {
    server.seen.length = 0;
    server.answer = ANSWERS;
  });

  const own = (base: string) => ({
    constant: null,
    csvFile: '',
    url: `${base}/own`,
    urlPath: 'data.0.intensity',
  });

  for (const source of ['auto', 'ukCarbonIntensity', 'electricityMaps', 'url'] as const) {
    it(`${source}: nothing leaves the process before the user allowed it`, async () => {
      const wanted = { source, country: '', marginal: true, allowNetwork: false, allowMetadata: true };
      assert.deepEqual(await tried(server.base, { ...wanted, own: own(server.base) }), []);
      assert.equal(server.seen.length, 0);
    });
  }

  it('offline: nothing leaves the process, whatever else is allowed', async () => {
    const wanted = {
      source: 'offline',
      country: '',
      marginal: true,
      allowNetwork: true,
      allowMetadata: true,
    } as const;
    assert.deepEqual(await tried(server.base, { ...wanted, own: own(server.base) }), []);
    assert.equal(server.seen.length, 0);
  });

  it('allowed: the same process does connect, so that the watch is seen to work', async () => {
    const connections = await tried(server.base, { source: 'auto', country: 'GB', allowNetwork: true });
    assert(connections.length > 0);
    assert(server.seen.some(({ url }) => url.startsWith('/intensity/')));
    assert(
      !server.seen.some(({ url }) => url.includes('meta')),
      'the metadata service is asked only where it may be',
    );
  });

  it('the metadata service is asked once, and only where neither country nor location is set', async () => {
    server.answer = (request, response) => {
      if (request.url === '/latest/api/token') response.end('token');
      else if (request.url === '/latest/meta-data/placement/region') response.end('eu-west-2');
      else ANSWERS(request, response);
    };
    const wanted = { source: 'auto', allowNetwork: true, allowMetadata: true } as const;
    await tried(server.base, { ...wanted, country: 'GB' });
    assert.equal(server.seen.filter(({ url }) => url.startsWith('/latest/')).length, 0);
    await tried(server.base, { ...wanted, country: '' });
    assert.deepEqual(
      server.seen
        .filter(({ url }) => url.startsWith('/latest/'))
        .map(({ method, url }) => `${method} ${url}`),
      ['PUT /latest/api/token', 'GET /latest/meta-data/placement/region'],
    );
    assert(
      server.seen.some(({ url }) => url.startsWith('/intensity/')),
      'London draws from Great Britain’s grid',
    );
  });
});
