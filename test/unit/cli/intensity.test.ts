import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IntensityJson } from '../../../src/core/reports/intensityReport.ts';
import type { RunJson } from '../../../src/core/reports/runJson.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { json, LocalServer } from '../carbon/localServer.ts';

const CLI = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.mjs');

describe('training-footprint intensity', function () {
  this.timeout(120_000);
  const server = new LocalServer();
  let folder: string;

  before(async () => {
    folder = tempFolder('cli-intensity');
    await server.start();
  });
  after(async () => {
    removeFolder(folder);
    await server.stop();
  });
  beforeEach(() => {
    server.seen.length = 0;
    server.answer = json('{"now":{"grams":123.4}}');
  });

  /** Not spawnSync: the server answers in this process. */
  function call(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    const env = { ...process.env, TRAINING_FOOTPRINT_DATA: folder, ...environment };
    return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const child = execFile(process.execPath, [CLI, ...args], { env }, (_error, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });
  }

  const url = () => ({
    TRAINING_FOOTPRINT_CARBON_URL: `${server.base}/x?key={key}&zone={zone}`,
    TRAINING_FOOTPRINT_CARBON_URL_PATH: 'now.grams',
    TRAINING_FOOTPRINT_CARBON_URL_KEY: 'cli-secret',
  });

  it('tells the yearly average of a zone, a region or a country', async () => {
    assert.match(
      (await call(['intensity', '--zone', 'DK-DK1'])).stdout,
      /^West Denmark, Denmark: \d+ gCO2e\/kWh\n/,
    );
    const { stdout } = await call(['intensity', '--zone', 'gcp:us-central1', '--json']);
    const answer = JSON.parse(stdout) as IntensityJson;
    assert.deepEqual([answer.schema, answer.version], ['training-footprint/intensity', 1]);
    assert.equal(answer.average.kind, 'average');
    assert.equal(answer.ahead.basis, 'present value');
    assert.match(
      (await call(['intensity', '--zone', 'DK-DK1'])).stdout,
      /next 24 h \d+ gCO2e\/kWh \(\d+ to \d+\), by the figure of now\n/,
    );
    assert.deepEqual([answer.pue, answer.marginal, answer.forecast], [1.1, null, null]);
    assert.match(
      (await call(['intensity', '--country', 'FR', '--forecast'])).stdout,
      /France: .*No forecast/s,
    );
  });

  it('requests nothing until it is allowed, then what is asked for, and keeps no key', async () => {
    const args = ['intensity', '--source', 'url', '--country', 'DK', '--json'];
    const before = JSON.parse((await call(args, url())).stdout) as IntensityJson;
    assert.match(before.average.source, /yearly average/);
    assert.equal(server.seen.length, 0);
    assert(!existsSync(path.join(folder, 'carbon')));
    const { stdout, stderr } = await call([...args, '--allow-network'], url());
    const allowed = JSON.parse(stdout) as IntensityJson;
    assert.deepEqual([allowed.average.gramsPerKwh, allowed.average.quality], [123.4, 'measured']);
    assert.equal(server.seen[0]?.url, '/x?key=cli-secret&zone=DK');
    assert(!`${stdout}${stderr}`.includes('cli-secret'));
    await call([...args, '--allow-network'], url());
    assert.equal(server.seen.length, 1, 'the second time within the period it is in the cache');
  });

  it('says why a source has nothing', async () => {
    server.answer = json('{"now":null}');
    const environment = {
      ...url(),
      TRAINING_FOOTPRINT_ALLOW_NETWORK: '1',
      TRAINING_FOOTPRINT_DATA: path.join(folder, 'b'),
    };
    const { stdout, code } = await call(['intensity', '--source', 'url', '--country', 'DK'], environment);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /note +The answer of your address has no intensity at “now\.grams”\. The yearly average is used\./,
    );
  });

  it('says what is wrong with its options', async () => {
    for (const [args, said] of [
      [['--zone', 'Atlantis'], /“Atlantis” is no location/],
      [['--country', 'Denmark'], /no country code/],
      [['--source', 'magic'], /the source must be one of auto, offline/],
    ] as const) {
      const { code, stderr } = await call(['intensity', ...args]);
      assert.equal(code, 2);
      assert.match(stderr, said);
    }
  });

  it('counts a run by one’s own figures, and by each interval’s', async () => {
    const file = path.join(folder, 'run.json');
    const csv = path.join(folder, 'own.csv');
    const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
    const lines = [-1, 0, 1, 2].map((each) => `${new Date(+hour + each * 3_600_000).toISOString()},250`);
    writeFileSync(csv, `time,gCO2/kWh\n${lines.join('\n')}\n`);
    const args = ['run', '--json', file, '--source', 'csv', '--', 'sleep', '1'];
    const { code, stderr } = await call(args, { TRAINING_FOOTPRINT_CARBON_CSV: csv });
    assert.equal(code, 0, stderr);
    const run = JSON.parse(readFileSync(file, 'utf8')) as RunJson;
    assert.equal(run.carbonIntensity.live?.source, 'csv');
    const sum = run.intensitySegments?.reduce(
      (total, each) => total + (each.energyJoules / 3.6e6) * each.pue * each.gramsPerKwh,
      0,
    );
    assert(Math.abs((sum ?? 0) - run.emissionsGrams) < 1e-9);
    assert(Math.abs(run.emissionsGrams - (run.energyJoules / 3.6e6) * 250) < 1e-9);
  });

  it('does not keep a run waiting for a server that never answers', async () => {
    server.answer = () => undefined;
    const environment = { ...url(), TRAINING_FOOTPRINT_DATA: path.join(folder, 'c') };
    const run = call(
      ['run', '--source', 'url', '--allow-network', '--country', 'DK', '--', 'sleep', '1'],
      environment,
    );
    const first = await Promise.race([
      run.then(() => 'run'),
      new Promise((resolve) => setTimeout(resolve, 60_000, 'deadline')),
    ]);
    assert.equal(first, 'run');
    assert.match((await run).stderr, /CO2e, finished.*yearly average/s);
    assert(server.seen.length >= 1);
  });
});
