/**
 * Writes cpuTdp.json from CodeCarbon's table of processor TDPs (MIT, © CodeCarbon; scraped there from Intel's and
 * AMD's public specifications). Usage: node generate.ts PATH/TO/codecarbon/data/hardware/cpu_power.csv
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { normalizeCpuName } from '../cpuTable.ts';

const csv = process.argv[2];
if (!csv) {
  console.error('usage: node generate.ts PATH/TO/cpu_power.csv (from the codecarbon package)');
  process.exit(2);
}
const namesByWatts = new Map<number, Set<string>>();
for (const line of readFileSync(csv, 'utf8').split(/\r?\n/).slice(1)) {
  const comma = line.lastIndexOf(',');
  const watts = Number(line.slice(comma + 1));
  const name = normalizeCpuName(line.slice(0, comma));
  if (!name || !(watts > 0)) continue;
  namesByWatts.set(watts, (namesByWatts.get(watts) ?? new Set()).add(name));
}
const table = Object.fromEntries(
  [...namesByWatts].sort(([a], [b]) => a - b).map(([watts, names]) => [watts, [...names].sort().join('|')]),
);
writeFileSync(new URL('cpuTdp.json', import.meta.url), `${JSON.stringify(table, null, 1)}\n`);
