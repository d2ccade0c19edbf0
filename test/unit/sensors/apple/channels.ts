import { readFileSync } from 'node:fs';
import type { EnergyChannel } from '../../../../src/core/sensors/apple/energyModel.ts';

/** The text of a sample of `test/fixtures/sensors/apple`. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../../../fixtures/sensors/apple/${name}`, import.meta.url), 'utf8');
}

/** The channels of a table of name, unit and value. */
export function channelsOf(name: string): readonly EnergyChannel[] {
  const lines = fixture(name).trim().split('\n');
  return lines.map((line) => {
    const [name = '', unit = '', value = ''] = line.split('\t');
    return { name, unit, value: Number(value) };
  });
}
