import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CarbonError } from '../../../src/core/carbon/carbonError.ts';
import { Fetcher } from '../../../src/core/carbon/fetcher.ts';
import { findPlace } from '../../../src/core/carbon/regions.ts';
import type { IntensitySource, SourceId } from '../../../src/core/carbon/source.ts';
import { sourcesFor } from '../../../src/core/carbon/sources/index.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { ANSWERS, fixture, json, LocalServer, NOW } from './localServer.ts';
import { SECRETS } from './services.ts';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);

function place(location: string, country = '') {
  return findPlace({ country, location, cloudRegion: null, timeZone: 'UTC' });
}

describe('Sources of carbon intensity', () => {
  const server = new LocalServer();
  let folder: string;
  const csvFile = () => path.join(folder, 'own.csv');

  before(async () => {
    folder = tempFolder('sources');
    await server.start();
  });
  after(async () => {
    removeFolder(folder);
    await server.stop();
  });
  beforeEach(() => {
    server.answer = ANSWERS;
    server.seen.length = 0;
  });

  function source(id: SourceId): IntensitySource {
    const fetcher = new Fetcher({ isAllowed: () => true, cache: null, now: () => NOW });
    const own = {
      constant: 55,
      csvFile: csvFile(),
      url: `${server.base}/own?zone={zone}&key={key}`,
      urlPath: 'data.0.intensity',
    };
    const bases = Object.fromEntries([id].map((name) => [name, server.base]));
    const [found] = sourcesFor(id, fetcher, SECRETS, own, bases);
    assert(found);
    return found;
  }

  it('UK Carbon Intensity: actual figures of what is over, forecasts of the rest', async () => {
    const uk = source('ukCarbonIntensity');
    assert.equal(uk.zoneOf(place('', 'GB')), 'GB');
    assert.equal(uk.zoneOf(place('', 'DE')), null);
    assert.equal(uk.zoneOf(place('GB-NIR')), null);
    const { points } = await uk.current('GB');
    const first = JSON.parse(fixture('uk-intensity-fw48h.json')).data[0];
    assert.deepEqual(points[0], {
      fromMillis: at(first.from),
      toMillis: at(first.to),
      gramsPerKwh: first.intensity.actual,
      quality: 'measured',
    });
    assert.equal(points.length, 97);
    assert.equal(points[2]?.quality, 'forecast');
    assert.equal(server.seen[0]?.url, '/intensity/2026-11-23T21:00Z/fw48h');
    await uk.forecast('GB');
    assert.equal(server.seen.length, 1, 'one request for both');
    await uk.history('GB', NOW - 3 * HOUR, NOW);
    assert.equal(server.seen[1]?.url, '/intensity/2026-11-23T19:00Z/2026-11-23T22:10Z');
  });

  it('UK Carbon Intensity by region, whose forecasts are final', async () => {
    const uk = source('ukCarbonIntensity');
    for (const [location, end] of [
      ['GB:13', 'regionid/13'],
      ['gb:rg10', 'postcode/RG10'],
    ] as const) {
      const zone = uk.zoneOf(place(location));
      assert(zone);
      const { points } = await uk.current(zone);
      assert(points.every(({ quality }) => quality === 'forecast'));
      assert(uk.isForecastFinal(zone));
      assert.match(
        server.seen.at(-1)?.url ?? '',
        new RegExp(`^/regional/intensity/2026-11-23T21:00Z/fw48h/${end}$`),
      );
    }
    assert(!uk.isForecastFinal('GB'));
  });

  it('Energi Data Service: the price area, or the mean of both', async () => {
    const dk = source('energiDataService');
    assert.equal(dk.zoneOf(place('DK-DK2')), 'DK2');
    const zone = dk.zoneOf(place('', 'DK'));
    assert.equal(zone, 'DK1+DK2');
    const { points } = await dk.current(zone);
    const { records } = JSON.parse(fixture('energidataservice-co2emis.json'));
    assert.equal(points[0]?.gramsPerKwh, (records[0].CO2Emission + records[1].CO2Emission) / 2);
    assert.equal(points[0]?.fromMillis, at('2026-11-23T16:00:00Z'));
    assert(points.every(({ fromMillis, toMillis }) => toMillis - fromMillis === 300_000));
    const query = new URL(server.seen[0]?.url ?? '', server.base).searchParams;
    assert.equal(query.get('filter'), '{"PriceArea":["DK1","DK2"]}');
    assert.equal(query.get('sort'), 'Minutes5UTC asc');
    const ahead = await dk.forecast(zone);
    assert(ahead.points.every(({ quality }) => quality === 'forecast'));
    assert.match(server.seen[1]?.url ?? '', /^\/dataset\/CO2EmisProg\?/);
  });

  it('Energy-Charts: measured before forecast, gaps left out', async () => {
    const charts = source('energyCharts');
    assert.equal(charts.zoneOf(place('', 'DE')), 'de');
    assert.equal(charts.zoneOf(place('', 'US')), null);
    const { points } = await charts.current('de');
    const {
      unix_seconds: seconds,
      co2eq,
      co2eq_forecast: forecast,
    } = JSON.parse(fixture('energy-charts-co2eq.json'));
    const both = seconds.findIndex((_: number, i: number) => co2eq[i] !== null && forecast[i] !== null);
    const point = points.find(({ fromMillis }) => fromMillis === seconds[both] * 1000);
    assert.deepEqual([point?.gramsPerKwh, point?.quality], [co2eq[both], 'measured']);
    assert(points.every(({ fromMillis, toMillis }) => toMillis - fromMillis === 900_000));
    assert.equal(points.at(-1)?.toMillis, at('2026-11-24T23:00:00Z'));
    assert.equal(server.seen[0]?.url, '/co2eq?country=de&start=2026-11-22T00%3A00Z&end=2026-11-25T00%3A00Z');
  });

  it('Electricity Maps: by key, estimates named', async () => {
    const maps = source('electricityMaps');
    const zone = maps.zoneOf(place('US-MIDA-PJM')) ?? '';
    const { points } = await maps.current(zone);
    const latest = JSON.parse(fixture('electricity-maps-latest.json'));
    assert.deepEqual(points, [
      {
        fromMillis: at('2026-11-23T22:00Z'),
        toMillis: at('2026-11-23T23:00Z'),
        gramsPerKwh: latest.carbonIntensity,
        quality: 'estimated',
      },
    ]);
    assert.equal(server.seen[0]?.url, '/carbon-intensity/latest?zone=US-MIDA-PJM');
    assert.equal(server.seen[0]?.headers['auth-token'], 'maps-secret-key');
    const history = await maps.history(zone, NOW - 5 * HOUR, NOW);
    assert.equal(history.points.length, 24);
    const ahead = await maps.forecast(zone);
    assert.equal(ahead.points.length, 49);
    assert.equal(maps.zoneOf(place('48.1, 11.6', 'DE')), '48.1,11.6');
  });

  it('WattTime: pounds a MWh are grams a kWh, after a login, by coordinates', async () => {
    const watt = source('wattTime');
    assert.equal(watt.kind, 'marginal');
    assert.equal(watt.zoneOf(place('', 'US')), null);
    const zone = watt.zoneOf(place('37.8, -122.4', 'US')) ?? '';
    const { points } = await watt.current(zone);
    const value = JSON.parse(fixture('watttime-forecast.json')).data[0].value;
    assert(Math.abs((points[0]?.gramsPerKwh ?? 0) - value * 0.45359237) < 1e-9);
    assert.deepEqual(
      server.seen.map(({ url }) => url.split('?')[0]),
      ['/login', '/v3/region-from-loc', '/v3/forecast'],
    );
    assert.equal(server.seen[0]?.headers.authorization, `Basic ${btoa('someone:watt-secret-word')}`);
    assert.equal(server.seen[2]?.headers.authorization, 'Bearer fixture-token-abc');
    const history = await watt.history(zone, NOW - 2 * HOUR, NOW);
    assert(history.points.every(({ quality }) => quality === 'measured'));
    assert.equal(server.seen.filter(({ url }) => url === '/login').length, 1);
  });

  it('WattTime logs in anew when its token has run out', async () => {
    const watt = source('wattTime');
    await watt.current('CAISO_NORTH');
    let refused = 0;
    server.answer = (request, response) => {
      if (request.url?.startsWith('/v3/historical') && refused++ === 0) response.writeHead(401).end();
      else if (request.url === '/login') json('{"token":"another-token"}')(request, response);
      else ANSWERS(request, response);
    };
    assert.equal((await watt.history('CAISO_NORTH', NOW - HOUR, NOW)).points.length, 24);
  });

  it('a constant holds at all times', async () => {
    const { points } = await source('constant').history('own', NOW - HOUR, NOW);
    assert.deepEqual(points, [
      { fromMillis: NOW - HOUR, toMillis: NOW, gramsPerKwh: 55, quality: 'measured' },
    ]);
  });

  it('a CSV file in any order, with heading, gaps and time zones', async () => {
    writeFileSync(
      csvFile(),
      '\uFEFFtime,gCO2/kWh\n2026-11-23T23:00+01:00,300\n2026-11-23 21:00,200\n# a remark\n2026-11-23T23:00Z,\n"2026-11-24T00:00Z","400"\n',
    );
    const { points } = await source('csv').current('own');
    assert.deepEqual(
      points.map(({ fromMillis, toMillis, gramsPerKwh }) => [
        fromMillis - NOW,
        toMillis - fromMillis,
        gramsPerKwh,
      ]),
      [
        [-70 * 60_000, HOUR, 200],
        [-10 * 60_000, HOUR, 300],
        [110 * 60_000, HOUR, 400],
      ],
    );
    writeFileSync(csvFile(), 'time,gCO2/kWh\n2026-11-23T21:00Z,200\n2026-11-23T22:00Z,many\n');
    await assert.rejects(source('csv').current('own'), /Line 3/);
  });

  it('a CSV file over the days on which clocks change, by local time with offset', async () => {
    // Copenhagen, 2026-10-25: 02:00 comes twice
    const lines = ['00:00+02:00', '01:00+02:00', '02:00+02:00', '02:00+01:00', '03:00+01:00'];
    writeFileSync(csvFile(), lines.map((time, index) => `2026-10-25T${time},${index + 1}`).join('\n'));
    const { points } = await source('csv').current('own');
    assert.deepEqual(
      points.map(({ gramsPerKwh }) => gramsPerKwh),
      [1, 2, 3, 4, 5],
    );
    assert(points.every(({ fromMillis, toMillis }) => toMillis - fromMillis === HOUR));
  });

  it('an address of one’s own: figure by path, place and key put in', async () => {
    const own = source('url');
    const { points } = await own.current(own.zoneOf(place('DK-DK1')) ?? '');
    assert.equal(points[0]?.gramsPerKwh, 231.5);
    assert.equal(server.seen[0]?.url, '/own?zone=DK-DK1&key=url-secret-key');
    server.answer = json('{"data":[{"intensity":{"a":1}}]}');
    await assert.rejects(source('url').current('DK'), (error) => error instanceof CarbonError);
  });
});
