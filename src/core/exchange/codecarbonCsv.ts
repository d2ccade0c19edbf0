import { cell } from '../reports/csv.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import { facilityKwh } from '../carbon/facility.ts';

/** The columns of CodeCarbon 3.3, in its order (codecarbon/output_methods/emissions_data.py, 3.3.2). */
const COLUMNS = [
  ...['timestamp', 'project_name', 'run_id', 'experiment_id', 'duration', 'emissions', 'emissions_rate'],
  ...['cpu_power', 'gpu_power', 'ram_power', 'cpu_energy', 'gpu_energy', 'ram_energy', 'energy_consumed'],
  ...['water_consumed', 'country_name', 'country_iso_code', 'region', 'cloud_provider', 'cloud_region'],
  ...['os', 'python_version', 'codecarbon_version', 'cpu_count', 'cpu_model', 'gpu_count', 'gpu_model'],
  ...['longitude', 'latitude', 'ram_total_size', 'tracking_mode', 'cpu_utilization_percent'],
  ...['gpu_utilization_percent', 'ram_utilization_percent', 'ram_used_gb', 'on_cloud', 'pue', 'wue'],
];

type Columns = Readonly<Record<string, string | number | null>>;

/**
 * Runs as CodeCarbon's emissions.csv: kWh with PUE in them, kg, seconds, watts; the time is that of the end, in this
 * machine's zone. What we do not know is empty, which pandas reads as missing.
 */
export function codecarbonCsv(runs: readonly RunSnapshot[]): string {
  const rows = runs.map((run) => {
    const values = columnsOf(run);
    return COLUMNS.map((name) => cell(values[name] ?? null)).join(',');
  });
  return [COLUMNS.join(','), ...rows, ''].join('\n');
}

function columnsOf(run: RunSnapshot): Columns {
  const { durationSeconds, emissionsGrams, carbon, project, id } = run;
  const kilograms = emissionsGrams / 1000;
  const endedAtMillis = run.endedAtMillis ?? run.startedAtMillis + durationSeconds * 1000;
  const isRun = durationSeconds > 0;
  return {
    timestamp: localTime(endedAtMillis),
    ...{ project_name: project, run_id: id, experiment_id: run.label, duration: durationSeconds },
    ...{ emissions: kilograms, emissions_rate: isRun ? kilograms / durationSeconds : null },
    ...componentColumns(run, 'cpu', 'cpu'),
    ...componentColumns(run, 'gpu', 'gpu'),
    ...componentColumns(run, 'dram', 'ram'),
    energy_consumed: kwh(run.energyJoules, run),
    country_name: carbon.intensity.place,
    tracking_mode: run.machineEnergyJoules === run.energyJoules ? 'machine' : 'process',
    on_cloud: 'N',
    pue: carbon.pue,
  };
}

/** Energy and mean power; empty where no source told the component. */
function componentColumns(run: RunSnapshot, component: 'cpu' | 'gpu' | 'dram', name: string): Columns {
  const entries = run.components.filter((entry) => entry.component === component);
  if (entries.length === 0) return {};
  const joules = entries.reduce((sum, { energyJoules }) => sum + energyJoules, 0);
  const watts = run.durationSeconds > 0 ? (joules * run.carbon.pue) / run.durationSeconds : null;
  return { [`${name}_energy`]: kwh(joules, run), [`${name}_power`]: watts };
}

function kwh(energyJoules: number, { carbon }: RunSnapshot): number {
  return facilityKwh(energyJoules, carbon.pue);
}

/** `2026-11-24T10:15:00`, as CodeCarbon writes it: local, without a zone. */
function localTime(millis: number): string {
  const date = new Date(millis);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
