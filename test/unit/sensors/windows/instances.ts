import { readFileSync } from 'node:fs';
import type { RawItem } from '../../../../src/core/sensors/windows/pdhItems.ts';

/** The instances of a table of `test/fixtures/sensors/windows`. */
export function instancesOf(name: string): readonly RawItem[] {
  const file = new URL(`../../../fixtures/sensors/windows/${name}`, import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [instance = '', value = ''] = line.split('\t');
    return { instance, value: Number(value) };
  });
}
