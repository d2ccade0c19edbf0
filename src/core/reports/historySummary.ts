import type { RunSnapshot } from '../runs/snapshot.ts';
import { formatEnergy, formatGrams } from './format.ts';

/** `37 runs · 1.27 kWh · 310 g CO2e`, with how many of them hold estimates. */
export function historySummary(runs: readonly RunSnapshot[]): string {
  const sum = (value: (run: RunSnapshot) => number) => runs.reduce((total, run) => total + value(run), 0);
  const count = runs.length === 1 ? '1 run' : `${runs.length} runs`;
  const energy = formatEnergy(sum((run) => run.energyJoules));
  const grams = formatGrams(sum((run) => run.emissionsGrams));
  const estimated = runs.filter((run) => run.howKnown !== 'measured').length;
  return `${count} · ${energy} · ${grams} CO2e${estimated > 0 ? ` · ${estimated} with estimates` : ''}`;
}
