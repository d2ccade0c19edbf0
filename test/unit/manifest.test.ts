import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { IDLE_POWERS } from '../../src/core/metering/attribution.ts';
import { OVERRIDE_NAMES } from '../../src/core/sensors/estimate/overrides.ts';
import manifest from '../../package.json' with { type: 'json' };

const COMMANDS = new URL('../../src/host/commands/', import.meta.url);

function source(file: string): string {
  return readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8');
}

describe('package.json', () => {
  it('names the commands that there are', () => {
    const files = readdirSync(COMMANDS).map((name) => readFileSync(new URL(name, COMMANDS), 'utf8'));
    const ids = files.flatMap((text) => /^ {2}id: '(\w+)'/m.exec(text)?.[1] ?? []);
    const named = manifest.contributes.commands.map(({ command }) =>
      command.replace('trainingFootprint.', ''),
    );
    assert.deepEqual(named.sort(), ids.sort());
  });

  it('names the settings that are read', () => {
    const read = [...source('host/settings.ts').matchAll(/(?:read|#amount)\('([\w.]+)'/g)].map(
      (match) => match[1],
    );
    const named = Object.keys(manifest.contributes.configuration.properties);
    assert.deepEqual(named.sort(), [...new Set(read)].map((name) => `trainingFootprint.${name}`).sort());
  });

  it('explains each thing that can become of idle power', () => {
    const { enum: values, enumDescriptions } =
      manifest.contributes.configuration.properties['trainingFootprint.idlePower'];
    assert.deepEqual(values, [...IDLE_POWERS]);
    assert.equal(enumDescriptions.length, values.length);
  });

  it('has a setting for each thing that a user may say of the hardware', () => {
    const named = Object.keys(manifest.contributes.configuration.properties);
    for (const name of OVERRIDE_NAMES) assert(named.includes(`trainingFootprint.hardware.${name}`), name);
  });

  it('lets no workspace allow requests or say where they go', () => {
    const settings = Object.entries<object>(manifest.contributes.configuration.properties);
    const scopes = new Map(settings.map(([name, setting]) => [name, 'scope' in setting && setting.scope]));
    const scopeOf = (name: string) => scopes.get(`trainingFootprint.carbon.${name}`);
    for (const name of ['allowNetwork', 'allowInstanceMetadata', 'marginal'])
      assert.equal(scopeOf(name), 'application', name);
    for (const name of ['source', 'url', 'urlPath', 'csvFile', 'constant'])
      assert.equal(scopeOf(name), 'machine', name);
  });

  it('lets no workspace send or write metrics, which is off until the user says where they go', () => {
    const { properties } = manifest.contributes.configuration;
    for (const name of ['otlpEndpoint', 'prometheusFolder'] as const) {
      const setting = properties[`trainingFootprint.metrics.${name}`];
      assert.deepEqual([setting.scope, setting.default], ['machine', ''], name);
    }
  });

  it('names the profile and the task type', () => {
    assert.match(
      source('host/trainingTerminals.ts'),
      new RegExp(manifest.contributes.terminal.profiles[0]?.id ?? '-'),
    );
    assert.equal(manifest.contributes.taskDefinitions[0]?.type, 'training');
  });
});
