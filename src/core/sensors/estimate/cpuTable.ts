import table from './data/cpuTdp.json' with { type: 'json' };

/** Drops what vendors write differently: marks, `CPU`, `with Radeon Graphics`, clock speeds, core counts. */
export function normalizeCpuName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\((r|tm|c)\)|[®™©]/g, ' ')
    .replace(
      /\bwith\b.*$|@.*$|\b\d+(-|th |st |nd |rd )(core|gen)\b|\b(cpu|processor|intel|amd|genuine)\b/g,
      ' ',
    )
    .replace(/[^a-z0-9.-]+/g, ' ')
    .trim();
}

/**
 * Thermal design power of one processor package in watts by its model name, null where the model is not in the
 * table (CodeCarbon's, MIT; see data/generate.ts).
 */
export function tdpWatts(cpuName: string): number | null {
  const wanted = normalizeCpuName(cpuName);
  if (!/\d/.test(wanted)) return null;
  for (const [watts, names] of Object.entries(table)) {
    if (names.split('|').includes(wanted)) return Number(watts);
  }
  return null;
}
