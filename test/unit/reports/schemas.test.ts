import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { LiveFigure } from '../../../src/core/carbon/intensity.ts';
import { comparisonJson } from '../../../src/core/reports/comparison/comparisonJson.ts';
import { daysFromTo } from '../../../src/core/reports/project/period.ts';
import { projectJson } from '../../../src/core/reports/project/projectJson.ts';
import { runJson, runsJson } from '../../../src/core/reports/runJson.ts';
import type { ComponentEnergy, RunSnapshot } from '../../../src/core/runs/snapshot.ts';
import { snapshot } from '../runs/snapshots.ts';
import { HOSTILE } from './hostile.ts';
import { comparisonOf, EPOCHS, labelled, totalOf } from './subjects.ts';

const FOLDER = new URL('../../../schemas/', import.meta.url);

type Json = Record<string, unknown>;

/** The schema as it is, but that fields which it does not name are refused: so every field written is documented. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
  const isObject = 'properties' in schema && 'type' in schema && !('additionalProperties' in schema);
  return Object.fromEntries([...entries, ...(isObject ? [['additionalProperties', false] as const] : [])]);
}

const schemas = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  return JSON.parse(text) as Json;
});

function validator(name: string, isClosed: boolean): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  for (const schema of schemas) ajv.addSchema((isClosed ? closed(schema) : schema) as Json);
  const validate = ajv.getSchema(`urn:training-footprint:schema:${name}:1`);
  assert(validate, name);
  return validate;
}

function assertValid(name: string, value: unknown): void {
  const validate = validator(name, true);
  const written: unknown = JSON.parse(JSON.stringify(value));
  assert(validate(written), JSON.stringify(validate.errors, null, 1));
}

const interval = { median: 3, low: 2, high: 4 };

const { carbon, startedAtMillis, components } = snapshot();
const [UNKNOWN] = components as [ComponentEnergy];

const segment = {
  ...{
    fromMillis: startedAtMillis,
    toMillis: startedAtMillis + 1,
    gramsPerKwh: 100,
    source: 'x',
    isFinal: true,
  },
  ...{ energyJoules: 1, pue: 1 },
};

const live: LiveFigure = {
  sourceId: 'energyCharts',
  kind: 'average',
  quality: 'forecast',
  ...{ zone: 'DE', attribution: 'x', fromMillis: startedAtMillis, toMillis: startedAtMillis + 1 },
};

/** Runs that between them have every field in every form. */
const RUNS: Readonly<Record<string, RunSnapshot>> = {
  finished: snapshot(),
  running: snapshot({
    ...{ state: 'running', exitCode: null, endedAtMillis: null, howKnown: 'mixed', idlePower: 'all' },
    projection: { totalEnergyJoules: interval, remainingSeconds: interval, basis: '' },
    projectedEmissionsGrams: interval,
    progress: { ...snapshot().progress, totalEpochs: null },
    assumptions: ['a'],
    notes: ['b'],
    tags: ['c'],
    comment: 'd',
    environment: {
      git: { commit: null, branch: 'main', isDirty: true },
      python: { name: 'Python', version: null, executable: 'python' },
      frameworks: [{ name: 'torch', version: null }],
      hardware: { cpu: null, threads: 1, memoryBytes: 1 },
    },
  }),
  'counted by live figures': snapshot({
    carbon: { ...carbon, intensity: { ...carbon.intensity, live, fallback: 'c' } },
    intensitySegments: [segment],
    marginal: { emissionsGrams: 1, segments: [segment] },
  }),
  'known epoch by epoch': snapshot({ epochs: EPOCHS }),
  'imported with much unknown': snapshot({
    ...{ origin: 'codecarbon', machineEnergyJoules: null, uncertainty: null, howKnown: 'unknown', cwd: '' },
    components: [{ ...UNKNOWN, quality: 'unknown', uncertainty: null, machineEnergyJoules: null }],
  }),
  'killed by a signal': snapshot({ state: 'failed', exitCode: -9 }),
  'without components': snapshot({ components: [], howKnown: 'unknown', energyJoules: 0 }),
  hostile: labelled(HOSTILE.join('\n')),
};

describe('The schemas of JSON', () => {
  it('are schemas that say what each field is', () => {
    assert.equal(schemas.length, 4);
    const undescribed: string[] = [];
    const look = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties } = node as { properties?: Record<string, Json> };
      for (const [name, field] of Object.entries(properties ?? {}))
        if (
          !field.description &&
          !('const' in field) &&
          !path.includes('nterval') &&
          !/^(median|low|high)$/.test(name)
        )
          undescribed.push(`${path}.${name}`);
      for (const [name, child] of Object.entries(node)) look(child, `${path}.${name}`);
    };
    for (const schema of schemas) look(schema, String(schema.title));
    assert.deepEqual(undescribed, []);
  });

  for (const [name, run] of Object.entries(RUNS)) {
    it(`have every field of a run that is ${name}`, () => assertValid('run', runJson(run)));
  }

  it('have every field of several runs, a comparison and a project', () => {
    const runs = Object.values(RUNS);
    assertValid('runs', runsJson(runs));
    assertValid('runs', runsJson([]));
    assertValid('comparison', comparisonJson(comparisonOf(...runs.slice(-6))));
    const unknown = snapshot({ howKnown: 'unknown', energyJoules: 0 });
    assertValid('comparison', comparisonJson(comparisonOf(unknown, unknown)));
    assertValid('project', projectJson(totalOf(...runs)));
    assertValid('project', projectJson({ ...totalOf(), period: daysFromTo('2026-01-01', '2026-01-31') }));
  });

  it('refuse what is no such thing, and allow fields of later versions', () => {
    const validate = validator('run', false);
    const json = runJson(snapshot());
    assert(validate({ ...json, fieldOfTomorrow: 1 }));
    for (const wrong of [
      { version: 2 },
      { energyJoules: '1' },
      { energyJoules: -1 },
      { startedAt: 'today' },
      { state: 'x' },
    ])
      assert(!validate({ ...json, ...wrong }), JSON.stringify(wrong));
    assert(!validate({ ...json, energyJoules: undefined }));
  });
});
