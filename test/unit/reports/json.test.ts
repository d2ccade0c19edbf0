import assert from 'node:assert/strict';
import { runJson } from '../../../src/core/reports/runJson.ts';
import { chooseSources } from '../../../src/core/sensors/slots.ts';
import { sensorsJson } from '../../../src/core/reports/sensorsJson.ts';
import { snapshot } from '../runs/snapshots.ts';
import { PROBED } from './sensors.ts';

describe('JSON of a run', () => {
  it('has the fields of version 1, no more and no less', () => {
    assert.deepEqual(Object.keys(runJson(snapshot())).sort(), [
      ...[
        'assumptions',
        'carbonIntensity',
        'command',
        'comment',
        'components',
        'cwd',
        'durationSeconds',
        'emissionsGrams',
      ],
      ...[
        'endedAt',
        'energyJoules',
        'environment',
        'epochs',
        'epochsCompleted',
        'exitCode',
        'id',
        'idlePower',
        'intensitySegments',
        'label',
        'machineEnergyJoules',
        'marginalEmissionsGrams',
        'notes',
      ],
      ...[
        'origin',
        'project',
        'projection',
        'pue',
        'quality',
        'schema',
        'startedAt',
        'state',
        'tags',
        'totalEpochs',
      ],
      ...['uncertainty', 'version'],
    ]);
  });

  it('survives JSON, with times in UTC and the figures as they are', () => {
    const json = runJson(snapshot());
    assert.deepEqual(JSON.parse(JSON.stringify(json)), json);
    assert.equal(json.schema, 'training-footprint/run');
    assert.equal(json.version, 1);
    assert.deepEqual(
      [json.startedAt, json.endedAt],
      ['2026-11-23T22:15:00.000Z', '2026-11-23T23:15:00.000Z'],
    );
    assert.deepEqual(
      [json.energyJoules, json.machineEnergyJoules, json.emissionsGrams],
      [36_000, 72_000, 4.1088],
    );
    assert.deepEqual(json.carbonIntensity, {
      gramsPerKwh: 342.4,
      place: 'Germany',
      source: 'yearly average, by hand',
      isGuess: false,
      live: null,
      fallback: null,
    });
    assert.equal(json.components[0]?.device, 'package-0');
    assert.deepEqual([json.epochsCompleted, json.totalEpochs], [30, 30]);
  });

  it('is null where something is unknown', () => {
    const run = snapshot({ endedAtMillis: null, exitCode: null });
    const { endedAt, exitCode, projection, idlePower } = runJson(run);
    assert.deepEqual([endedAt, exitCode, projection, idlePower], [null, null, null, null]);
    assert.equal(runJson({ ...run, idlePower: 'all' }).idlePower, 'all');
  });

  it('carries the projection with its intervals', () => {
    const total = { median: 3, low: 2, high: 4 };
    const grams = { median: 6, low: 5, high: 7 };
    const seconds = { median: 9, low: 8, high: 10 };
    const run = snapshot({
      projection: { totalEnergyJoules: total, remainingSeconds: seconds, basis: '' },
      projectedEmissionsGrams: grams,
    });
    assert.deepEqual(runJson(run).projection, {
      totalEnergyJoules: total,
      totalEmissionsGrams: grams,
      remainingSeconds: seconds,
    });
  });
});

describe('JSON of the sensors', () => {
  it('tells of each what it measures, or why it cannot, and the fix', () => {
    const { schema, version, sensors } = sensorsJson(PROBED, chooseSources(PROBED));
    assert.deepEqual([schema, version], ['training-footprint/sensors', 1]);
    assert.deepEqual(
      sensors.map(({ id, quality, state, inUse, fix }) => [id, quality, state, inUse, fix]),
      [
        ['rapl', 'measured', 'refused', [], 'chmod\nit'],
        ['nvml', 'measured', 'ready', ['gpu nvidia'], null],
        ['ipmi', 'measured', 'absent', [], null],
        ['estimate', 'estimated', 'ready', ['cpu', 'dram'], null],
        ['second', 'estimated', 'ready', [], null],
      ],
    );
  });

  it('survives JSON, with the whole probe', () => {
    const json = sensorsJson(PROBED, chooseSources(PROBED));
    assert.deepEqual(JSON.parse(JSON.stringify(json)), json);
    assert.deepEqual(Object.keys(json.sensors[0] ?? {}).sort(), [
      ...['assumptions', 'components', 'fix', 'id', 'inUse', 'message'],
      ...['quality', 'resolution', 'state', 'title', 'uncertainty'],
    ]);
  });
});
