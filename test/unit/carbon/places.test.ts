import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const DATA = fileURLToPath(new URL('../../../src/core/carbon/data/', import.meta.url));
const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

describe('Table of places', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'places-'));
    symlinkSync(MODULES, path.join(folder, 'node_modules'));
    writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
    mkdirSync(path.join(folder, 'data'));
    copyFileSync(path.join(DATA, 'generate.ts'), path.join(folder, 'data', 'generate.ts'));
    execFileSync(process.execPath, [path.join(folder, 'data', 'generate.ts')]);
  });

  after(() => rmSync(folder, { recursive: true }));

  it('is what its generator writes from the installed packages', () => {
    const generated = readFileSync(path.join(folder, 'data', 'places.json'), 'utf8');
    assert.equal(generated, readFileSync(path.join(DATA, 'places.json'), 'utf8'));
  });

  it('has the zones in a file of their own, with the notice that their licence asks for', () => {
    const generated = readFileSync(path.join(folder, 'data', 'zones.json'), 'utf8');
    assert.equal(generated, readFileSync(path.join(DATA, 'zones.json'), 'utf8'));
    const { notice, zones } = JSON.parse(generated);
    assert.match(notice, /Electricity Maps.*Open Database License/);
    const figures = Object.values<{ gramsPerKwh: number }>(zones).map(({ gramsPerKwh }) => gramsPerKwh);
    assert(figures.length > 340);
    assert(figures.every((grams) => grams > 0 && grams < 1500));
  });

  it('holds no figure that is no intensity of a grid', () => {
    const { countries } = JSON.parse(readFileSync(path.join(DATA, 'places.json'), 'utf8'));
    const figures = Object.entries<{ gramsPerKwh: number | null }>(countries);
    const known = figures.filter(([, { gramsPerKwh }]) => gramsPerKwh !== null);
    assert(known.length > 180, `${known.length} countries`);
    for (const [code, { gramsPerKwh }] of known) {
      assert(gramsPerKwh !== null && gramsPerKwh > 0 && gramsPerKwh < 1500, `${code}: ${gramsPerKwh}`);
    }
  });
});
