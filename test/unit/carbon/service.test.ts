import assert from 'node:assert/strict';
import path from 'node:path';
import type { CarbonSettings } from '../../../src/core/carbon/carbonService.ts';
import { runsCsv } from '../../../src/core/reports/csv.ts';
import { markdownLocations } from '../../../src/core/reports/locationsReport.ts';
import { markdownReport } from '../../../src/core/reports/markdown.ts';
import { runJson } from '../../../src/core/reports/runJson.ts';
import { intensityJson, textIntensity } from '../../../src/core/reports/intensityReport.ts';
import { textSummary } from '../../../src/core/reports/text.ts';
import { Emissions } from '../../../src/core/runs/emissions.ts';
import { correctHistory } from '../../../src/core/runs/lateFigures.ts';
import { Store } from '../../../src/core/runs/store.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { lengthSubject } from '../../../src/host/greener/subject.ts';
import { greenerView } from '../../../src/host/greener/view.ts';
import { runView } from '../../../src/host/panel/runView.ts';
import { snapshot } from '../runs/snapshots.ts';
import { ANSWERS, fixture, json, LocalServer, NOW, status } from './localServer.ts';
import { service, settings } from './services.ts';
import manifest from '../../../package.json' with { type: 'json' };

const HOUR = 3_600_000;
const OWNER = { pid: 1, startSeconds: 1 };

describe('Carbon service', () => {
  const server = new LocalServer();
  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => {
    server.seen.length = 0;
    server.answer = ANSWERS;
  });

  it('auto takes the best free source of each place, and the yearly average where there is none', async () => {
    for (const [wanted, id] of [
      [{ country: 'GB' }, 'ukCarbonIntensity'],
      [{ country: 'DK' }, 'energiDataService'],
      [{ country: 'DE' }, 'energyCharts'],
      [{ country: '', location: 'US-MIDA-PJM' }, 'electricityMaps'],
    ] as const) {
      const grid = service(server.base, wanted);
      await grid.refresh();
      const { intensity } = grid.context();
      assert.equal(intensity.live?.sourceId, id);
      assert.equal(intensity.live.kind, 'average');
      assert(intensity.live.fromMillis <= NOW && NOW < intensity.live.toMillis, `${id} tells its time`);
      assert.equal(intensity.fallback, null);
      assert.equal(intensity.isGuess, false);
      assert(intensity.live.attribution.length > 5);
      assert.equal(grid.ahead(NOW, NOW + 6 * HOUR).basis, 'forecast', id);
      assert(grid.forecast().length > 20, id);
    }
  });

  it('marks a place by the time zone as a guess', async () => {
    const grid = service(server.base, { country: '' }, { timeZone: 'Europe/Berlin' });
    await grid.refresh();
    const { intensity } = grid.context();
    assert.match(intensity.place, /Germany \(guessed from the time zone\)/);
    assert.equal(intensity.isGuess, true);
  });

  it('answers at once with the yearly average while the first request is under way', async () => {
    const grid = service(server.base);
    assert.match(grid.context().intensity.source, /yearly average/);
    await grid.refresh();
    assert.equal(grid.context().intensity.live?.sourceId, 'energyCharts');
  });

  it('takes the PUE of a cloud region where none is set, with its year', () => {
    const grid = service(server.base, { country: '', location: 'aws:us-east-1', source: 'offline' });
    assert.deepEqual(
      [grid.context().pue, grid.context().pueSource],
      [1.15, 'aws:us-east-1, the provider’s figure for 2024'],
    );
    assert.equal(service(server.base, { location: 'aws:us-east-1', pue: 1.4 }).context().pue, 1.4);
    assert.equal(service(server.base).context().pue, 1);
  });

  it('keeps marginal figures apart, and names them', async () => {
    const wanted = { country: '', location: 'US-CAL-CISO', marginal: true, source: 'constant' } as const;
    const own = { ...settings().own, constant: 222 };
    const grid = service(server.base, { ...wanted, own });
    await grid.refresh();
    const { intensity, marginal } = grid.context();
    assert.equal(intensity.gramsPerKwh, 222);
    assert.equal(marginal?.live?.kind, 'marginal');
    assert.match(marginal.source, /WattTime, marginal/);
    const emissions = new Emissions(null, { carbon: () => grid.context(), grid });
    emissions.add(3.6e6, NOW, NOW + 1000);
    assert.equal(Math.round(emissions.grams), 222);
    assert.equal(
      Math.round(emissions.recorded.marginal?.emissionsGrams ?? 0),
      Math.round(marginal.gramsPerKwh),
    );
    assert.equal(grid.marginalProblem, null);
    assert(grid.forecast('marginal').length > 20);
  });

  it('follows the settings: offline from one moment to the next', async () => {
    let wanted: CarbonSettings = settings();
    const grid = service(server.base, {}, { settings: () => wanted });
    await grid.refresh();
    assert(grid.context().intensity.live);
    wanted = settings({ source: 'offline' });
    const asked = server.seen.length;
    assert.equal(grid.context().intensity.live, undefined);
    await grid.refresh();
    assert.equal(server.seen.length, asked);
  });

  it('says when a better source would be there', () => {
    assert.equal(service(server.base, { allowNetwork: false, country: 'GB' }).couldBeBetter, true);
    assert.equal(service(server.base, { allowNetwork: false, country: 'US' }).couldBeBetter, false);
    assert.equal(service(server.base, { allowNetwork: true, country: 'GB' }).couldBeBetter, false);
    assert.equal(
      service(server.base, { allowNetwork: false, source: 'offline', country: 'GB' }).couldBeBetter,
      false,
    );
    assert.equal(server.seen.length, 0);
  });

  it('uses what another window has fetched, and asks for nothing anew', async () => {
    const folder = tempFolder('carbon');
    await service(server.base, {}, { cacheFolder: folder }).refresh();
    const asked = server.seen.length;
    const other = service(server.base, {}, { cacheFolder: folder });
    await other.refresh();
    assert.equal(server.seen.length, asked);
    assert(other.context().intensity.live);
    removeFolder(folder);
  });

  it('ends what is under way when it goes', async () => {
    server.answer = () => undefined;
    const grid = service(server.base);
    const looking = grid.refresh();
    grid.dispose();
    await looking;
    assert.match(grid.context().intensity.source, /yearly average/);
  });
});

describe('Runs whose last figures came late', () => {
  const server = new LocalServer();
  let folder: string;
  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => (folder = tempFolder('late')));
  afterEach(() => removeFolder(folder));

  it('are corrected in the history once, at the same place only', async () => {
    server.answer = status(500);
    const down = service(server.base, { country: 'DE' });
    await down.refresh();
    const emissions = new Emissions(null, { carbon: () => down.context(), grid: down });
    emissions.add(3.6e6, NOW - 2 * HOUR, NOW - HOUR);
    const ended = snapshot({ ...emissions.recorded, endedAtMillis: NOW - HOUR, carbon: down.context() });
    const store = await Store.open(path.join(folder, 'history.db'));
    store.save(ended, [], null, OWNER);
    store.save(
      { ...ended, id: 'elsewhere', carbon: service(server.base, { country: 'FR' }).context() },
      [],
      null,
      OWNER,
    );
    assert.equal(await correctHistory(store, down, OWNER, NOW), 0);
    assert.equal(await correctHistory(store, service(server.base, { source: 'offline' }), OWNER, NOW), 0);

    server.answer = ANSWERS;
    const up = service(server.base, { country: 'DE' });
    assert.equal(await correctHistory(store, up, OWNER, NOW), 1);
    const corrected = store.get(ended.id);
    const { unix_seconds: seconds, co2eq } = JSON.parse(fixture('energy-charts-co2eq.json'));
    const quarters = [0, 1, 2, 3].map((quarter) => {
      const at = (NOW - 2 * HOUR) / 1000 - 600 + quarter * 900;
      return co2eq[seconds.indexOf(at)] as number;
    });
    // from 20:10 to 21:10: the first quarter's last 5 minutes, three whole ones, the next one's first 10
    const next = co2eq[seconds.indexOf((NOW - HOUR) / 1000 - 600)] as number;
    const exact =
      ((quarters[0] ?? 0) * 5 +
        (quarters[1] ?? 0) * 15 +
        (quarters[2] ?? 0) * 15 +
        (quarters[3] ?? 0) * 15 +
        next * 10) /
      60;
    assert(
      Math.abs((corrected?.emissionsGrams ?? 0) - exact) < 1e-6,
      `${corrected?.emissionsGrams} ${exact}`,
    );
    assert.equal(corrected?.notes.length, 1);
    assert.equal(await correctHistory(store, up, OWNER, NOW), 0);
    assert.deepEqual(store.get('elsewhere')?.notes, []);
    store.close();
  });
});

describe('Keys', () => {
  it('are no settings', () => {
    for (const name of Object.keys(manifest.contributes.configuration.properties))
      assert.doesNotMatch(name, /key|password|token|login|secret/i);
  });

  const SECRETS = /maps-secret-key|watt-secret-word|url-secret-key|fixture-token-abc|d2F0dC1zZWNyZXQ/;

  it('are in no context, report, export, message or page, whatever the server answers', async () => {
    const server = new LocalServer();
    await server.start();
    const echo = (request: import('node:http').IncomingMessage) =>
      json(
        JSON.stringify({
          zone: request.headers['auth-token'],
          units: request.headers.authorization,
          url: request.url,
        }),
      );
    for (const answer of ['right', 'echo', 'refused'] as const) {
      for (const source of ['electricityMaps', 'url'] as const) {
        server.answer = (request, response) => {
          if (answer === 'right') ANSWERS(request, response);
          else if (answer === 'echo' && request.url !== '/login') echo(request)(request, response);
          else if (answer === 'refused') status(401)(request, response);
          else ANSWERS(request, response);
        };
        const own = { ...settings().own, url: `${server.base}/own?key={key}`, urlPath: 'data.0.intensity' };
        const grid = service(server.base, {
          source,
          own,
          marginal: true,
          country: '',
          location: 'US-CAL-CISO',
        });
        await grid.refresh();
        const emissions = new Emissions(null, { carbon: () => grid.context(), grid });
        emissions.add(3.6e6, NOW, NOW + 1000);
        const run = snapshot({ ...emissions.recorded, carbon: grid.context() });
        const report = {
          carbon: grid.context(),
          marginalProblem: grid.marginalProblem,
          ahead: grid.ahead(NOW, NOW + 3_600_000),
          forecast: grid.forecast(),
        };
        const { source: chosen, allowNetwork } = settings({ source });
        const state = { source: chosen, allowNetwork, betterSource: grid.betterSource };
        const known = {
          carbon: grid.context(),
          forecast: grid.forecast(),
          nowMillis: NOW,
          marginalForecast: grid.forecast('marginal'),
        };
        const told = [
          greenerView(lengthSubject(3600), { ...state, ...known }, 0.1),
          runView(run, []),
          markdownLocations(run, grid.place),
          runsCsv([run]),
          run,
          runJson(run),
          markdownReport(run),
          textSummary(run),
          textIntensity(report),
          intensityJson(report),
        ];
        assert.doesNotMatch(JSON.stringify(told), SECRETS, `${answer}, ${source}`);
      }
    }
    await server.stop();
  });
});
