import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { machineSigns, metadataRegion } from '../../../src/core/carbon/cloud.ts';
import {
  allCloudRegions,
  allZones,
  findPlace,
  parseLocation,
  zoneAverage,
  zoneById,
} from '../../../src/core/carbon/regions.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { LocalServer, status } from './localServer.ts';

const hints = { country: '', location: '', cloudRegion: null, timeZone: 'Europe/Berlin' };

describe('Location', () => {
  it('is a zone, a cloud region or coordinates by setting, before anything else', () => {
    const zone = findPlace({ ...hints, location: ' dk-dk1 ', country: 'DE', cloudRegion: 'aws:us-east-1' });
    assert.deepEqual(
      [zone.country, zone.zone, zone.basis, zone.name],
      ['DK', 'DK-DK1', 'setting', 'West Denmark, Denmark'],
    );
    const cloud = findPlace({ ...hints, location: 'aws:eu-north-1' });
    assert.deepEqual(
      [cloud.country, cloud.zone, cloud.cloud, cloud.basis],
      ['SE', 'SE-SE3', 'aws:eu-north-1', 'setting'],
    );
    const point = findPlace({ ...hints, location: '55.68, 12.57', country: 'DK' });
    assert.deepEqual(point.coordinates, { latitude: 55.68, longitude: 12.57 });
    assert.deepEqual([point.country, point.basis], ['DK', 'setting']);
    assert.equal(
      findPlace({ ...hints, location: '-33.9;18.4' }).basis,
      'time zone',
      'the country is still a guess',
    );
  });

  it('is the country by setting, else the cloud provider’s region, else the time zone’s country as a guess', () => {
    assert.equal(findPlace({ ...hints, country: 'FR', cloudRegion: 'aws:us-east-1' }).country, 'FR');
    const cloud = findPlace({ ...hints, cloudRegion: 'aws:us-east-1' });
    assert.deepEqual([cloud.zone, cloud.basis], ['US-MIDA-PJM', 'cloud region']);
    assert.equal(findPlace(hints).basis, 'time zone');
    assert.equal(findPlace({ ...hints, location: 'nonsense' }).country, 'DE');
  });

  it('says what is wrong with a setting', () => {
    for (const wrong of [
      'Denmark',
      'DK-DK9',
      '95, 12',
      '12, 200',
      'aws:moon-1',
      '__proto__',
      'constructor',
    ]) {
      const parsed = parseLocation(wrong);
      assert(parsed && 'problem' in parsed && parsed.problem.includes(wrong), wrong);
    }
    assert.equal(parseLocation('  '), null);
  });

  it('knows each cloud region’s zone, and no PUE that cannot be', () => {
    const regions = allCloudRegions();
    assert(regions.length > 100);
    for (const { id, zone, pue, pueYear, wue } of regions) {
      assert(zoneById(zone), `${id}: ${zone}`);
      assert(pue === null || (pue >= 1 && pue < 1.6 && (pueYear ?? 0) >= 2019), `${id}: ${pue} ${pueYear}`);
      assert(wue === null || (wue >= 0 && wue < 5), `${id}: ${wue}`);
    }
    // errors of the table that the figures were collected in
    assert.equal(regions.find(({ id }) => id === 'aws:eu-north-1')?.zone, 'SE-SE3');
    assert.equal(regions.find(({ id }) => id === 'gcp:europe-north1')?.zone, 'FI');
  });

  it('has the yearly average of a zone, which is finer than its country’s', () => {
    const west = zoneAverage(findPlace({ ...hints, location: 'US-CAL-CISO' }));
    const east = zoneAverage(findPlace({ ...hints, location: 'US-MIDA-PJM' }));
    assert(west && east && west.gramsPerKwh < 0.7 * east.gramsPerKwh);
    assert.match(west.source, /yearly average 2025, Electricity Maps \(ODbL\)/);
    assert.equal(zoneAverage(findPlace({ ...hints, country: 'US' })), null);
    assert(allZones().length > 340);
  });
});

describe('What the machine tells of its place without a request', () => {
  let folder: string;
  beforeEach(() => (folder = tempFolder('dmi')));
  afterEach(() => removeFolder(folder));

  it('is the provider’s region where the firmware says it is one of theirs', async () => {
    for (const [file, text, environment, region] of [
      ['sys_vendor', 'Amazon EC2\n', { AWS_REGION: 'eu-north-1' }, 'aws:eu-north-1'],
      [
        'product_name',
        'Google Compute Engine\n',
        { GOOGLE_CLOUD_REGION: 'europe-west4' },
        'gcp:europe-west4',
      ],
      [
        'chassis_asset_tag',
        '7783-7084-3265-9085-8269-3286-77\n',
        { AZURE_REGION: 'West Europe' },
        'azure:westeurope',
      ],
    ] as const) {
      writeFileSync(path.join(folder, file), text);
      assert.equal((await machineSigns(environment, folder)).region, region);
      removeFolder(path.join(folder, file));
    }
  });

  it('is that of a service of the provider, which sets variables of its own', async () => {
    const environment = { SM_TRAINING_ENV: '{}', AWS_REGION: 'us-west-2' };
    assert.deepEqual(await machineSigns(environment, folder), { provider: 'aws', region: 'aws:us-west-2' });
  });

  it('is nothing on a laptop whose owner has set a region for the provider’s tools', async () => {
    writeFileSync(path.join(folder, 'sys_vendor'), 'LENOVO\n');
    assert.deepEqual(await machineSigns({ AWS_REGION: 'us-east-1' }, folder), {
      provider: null,
      region: null,
    });
  });

  it('is no region that nobody knows', async () => {
    const environment = { AWS_EXECUTION_ENV: 'x', AWS_REGION: 'moon-1' };
    assert.deepEqual(await machineSigns(environment, folder), { provider: 'aws', region: null });
  });
});

describe('Instance metadata', () => {
  const server = new LocalServer();
  before(() => server.start());
  after(() => server.stop());

  it('tells the region of each provider', async () => {
    server.answer = ({ url, method, headers }, response) => {
      if (method === 'PUT' && url === '/latest/api/token') response.end('t0ken');
      else if (headers['x-aws-ec2-metadata-token'] === 't0ken') response.end('ap-south-1');
      else if (headers['metadata-flavor'] === 'Google') response.end('projects/12345/zones/us-central1-a');
      else if (headers.metadata === 'true') response.end('northeurope');
      else response.writeHead(400).end();
    };
    const ask = (provider: 'aws' | 'gcp' | 'azure') =>
      metadataRegion(provider, { isAllowed: () => true }, server.base);
    assert.deepEqual(await Promise.all([ask('aws'), ask('gcp'), ask('azure')]), [
      'aws:ap-south-1',
      'gcp:us-central1',
      'azure:northeurope',
    ]);
  });

  it('is nothing where it is not there or not allowed', async () => {
    server.answer = status(404);
    assert.equal(await metadataRegion('aws', { isAllowed: () => true }, server.base), null);
    server.seen.length = 0;
    assert.equal(await metadataRegion('azure', { isAllowed: () => false }, server.base), null);
    assert.equal(server.seen.length, 0);
  });
});
