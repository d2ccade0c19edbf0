import assert from 'node:assert/strict';
import type { SourceChoice } from '../../../src/core/carbon/choice.ts';
import { NO_OWN_SOURCES } from '../../../src/core/carbon/carbonService.ts';
import type { CarbonSettings } from '../../../src/core/carbon/carbonService.ts';
import { Emissions } from '../../../src/core/runs/emissions.ts';
import { speak } from '../../../src/language.ts';
import german from '../../../l10n/bundle.l10n.de.json' with { type: 'json' };
import { ANSWERS, fixture, json, LocalServer, NOW, status, type Answer } from './localServer.ts';
import { service } from './services.ts';

/** A wrong unit shows in figures that no grid has, or in a unit that is told. */
function wrongUnit(source: SourceKey): string {
  const text = fixture(FIXTURES[source]);
  if (source === 'wattTime') return text.replaceAll('lbs_co2_per_mwh', 'percentile');
  return text
    .replace(/("(?:intensity|forecast|actual|CO2Emission|carbonIntensity)": "?)(\d)/g, '$19999$2')
    .replace(/(\d+\.\d)(,?\n)/g, '9999$1$2');
}

const FIXTURES = {
  ukCarbonIntensity: 'uk-intensity-fw48h.json',
  energiDataService: 'energidataservice-co2emis.json',
  energyCharts: 'energy-charts-co2eq.json',
  electricityMaps: 'electricity-maps-latest.json',
  wattTime: 'watttime-forecast.json',
  url: 'own-url.json',
} as const;

type SourceKey = keyof typeof FIXTURES;

const PLACES: Readonly<Record<SourceKey, Partial<CarbonSettings>>> = {
  ukCarbonIntensity: { country: 'GB' },
  energiDataService: { country: 'DK' },
  energyCharts: { country: 'DE' },
  electricityMaps: { location: 'US-MIDA-PJM' },
  wattTime: { location: 'US-CAL-CISO', marginal: true },
  url: { country: 'FR' },
};

/** Each fault with how the server does it and what a person reads of it. */
const FAULTS: Readonly<Record<string, readonly [answer: (source: SourceKey) => Answer, said: RegExp]>> = {
  'no answer': [() => () => undefined, /did not answer in time/],
  'slow drip': [() => drip, /did not answer in time/],
  'broken off': [() => (_, response) => response.destroy(), /cannot be reached|broke off/],
  'key refused (401)': [() => status(401), /refused the request \(401\)/],
  'forbidden (403)': [() => status(403), /refused the request \(403\)/],
  'too many requests (429)': [() => status(429, { 'retry-after': '120' }), /asks to wait \(429\)/],
  'not found (404)': [() => status(404), /has nothing for this place \(404\)/],
  'server error (500)': [() => status(500), /failed \(500\)/],
  'endless redirects': [() => status(302, { location: '/again' }), /redirects too often/],
  'redirect to a file': [() => status(302, { location: 'file:///etc/passwd' }), /a place that is not safe/],
  'truncated JSON': [(source) => json(fixture(FIXTURES[source]).slice(0, -20)), /something else than JSON/],
  'a web page': [() => json('<!doctype html><title>Login</title>'), /something else than JSON/],
  'huge body': [() => json(`{"data":"${'x'.repeat(70_000)}"}`), /more than could be right/],
  'empty lists': [
    () =>
      json(
        '{"data":[],"records":[],"unix_seconds":[],"co2eq":[],"co2eq_forecast":[],"meta":{"units":"lbs_co2_per_mwh"}}',
      ),
    /no figure|has changed|no intensity/,
  ],
  'changed schema': [() => json('{"result":{"points":[1,2,3]}}'), /has changed|no intensity at/],
  'JSON of another kind': [() => json('[null,3,"x"]'), /has changed|no intensity at/],
  'wrong unit': [(source) => json(wrongUnit(source)), /no figure|has changed|no intensity at/],
};

function drip(_request: unknown, response: import('node:http').ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}

describe('Each fault of each source', () => {
  const server = new LocalServer();

  before(() => server.start());
  after(() => server.stop());

  for (const source of Object.keys(FIXTURES) as SourceKey[]) {
    for (const [fault, [answerOf, said]] of Object.entries(FAULTS)) {
      it(`${source}, ${fault}: a named fallback, and no gram lost`, async () => {
        server.answer = (request, response) => {
          const isLogin = source === 'wattTime' && request.url === '/login';
          // whoever else would step in is down, so that the last fallback is seen
          if (isLogin) ANSWERS(request, response);
          else answerOf(source)(request, response);
        };
        const choice: SourceChoice = source === 'wattTime' ? 'constant' : source;
        const own = { ...NO_OWN_SOURCES, url: `${server.base}/own`, urlPath: 'data.0.intensity' };
        const wanted = { source: choice, own, ...PLACES[source] };
        // what answers at all has time enough, so that a busy machine changes nothing
        const isSlow = fault === 'no answer' || fault === 'slow drip';
        const http = { deadlineMillis: isSlow ? 100 : 20_000, mostBytes: 60_000 };
        const grid = service(server.base, wanted, { http });
        const blocked = grid.refresh();
        const { intensity, marginal } = grid.context(); // at once, whatever the server does
        assert(intensity.gramsPerKwh > 0);
        await blocked;
        const after = grid.context();
        const emissions = new Emissions(null, { carbon: () => grid.context(), grid });
        emissions.add(3.6e6, NOW - 3_600_000, NOW);
        if (source === 'wattTime') {
          // marginal figures have no fallback: they are left out, and the average is as it was
          assert.equal(marginal, undefined);
          assert.equal(after.marginal, undefined);
          assert.match(grid.marginalProblem ?? '', said);
          assert.match(grid.marginalProblem ?? '', /^WattTime: .*\.$/);
          assert.equal(emissions.recorded.marginal, undefined);
        } else {
          assert.match(after.intensity.fallback ?? '', said);
          assert.match(after.intensity.fallback ?? '', /The yearly average is used\.$/);
          assert.match(after.intensity.source, /yearly average/);
        }
        assert(Math.abs(emissions.grams - after.intensity.gramsPerKwh) < 1e-6, 'all energy is counted');
        grid.dispose();
      });
    }
  }

  it('one source down: the next one that has the place steps in, and the first one’s fault is told', async () => {
    server.answer = (request, response) =>
      request.url?.startsWith('/dataset/') ? status(500)(request, response) : ANSWERS(request, response);
    const grid = service(server.base, { country: 'DK' });
    await grid.refresh();
    const { intensity } = grid.context();
    assert.equal(intensity.live?.sourceId, 'energyCharts');
    assert.match(intensity.fallback ?? '', /failed \(500\)/);
  });

  it('is told in German with the name of the source before it, too', async () => {
    speak('de', german);
    try {
      for (const fault of ['server error (500)', 'empty lists', 'changed schema', 'a web page'] as const) {
        server.answer = (request, response) => FAULTS[fault]?.[0]('energyCharts')(request, response);
        const grid = service(server.base, { country: 'DE' });
        await grid.refresh();
        assert.match(
          grid.context().intensity.fallback ?? '',
          /^Energy-Charts: [^A-Z].*\. Es gilt das Jahresmittel\.$/,
          fault,
        );
        grid.dispose();
      }
    } finally {
      speak('en', {});
    }
  });

  it('no forecast in the plan: the present figure and the typical day stay', async () => {
    server.answer = (request, response) =>
      request.url?.startsWith('/carbon-intensity/forecast')
        ? status(403)(request, response)
        : ANSWERS(request, response);
    const grid = service(server.base, { location: 'US-MIDA-PJM', source: 'electricityMaps' });
    await grid.refresh();
    assert.equal(grid.context().intensity.live?.quality, 'estimated');
    assert.equal(grid.context().intensity.fallback, null);
    const ahead = grid.ahead(NOW + 3_600_000, NOW + 10 * 3_600_000);
    assert.equal(ahead.basis, 'daily shape');
  });
});
