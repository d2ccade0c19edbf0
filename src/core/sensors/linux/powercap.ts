import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { KernelFiles } from './kernelFile.ts';

/** Zones of the MSR interface. `intel-rapl-mmio` mirrors the package, so it is left out. AMD uses the same name. */
const ZONE = /^intel-rapl:\d+(:\d+)?$/;

/** A zone of Linux powercap (kernel documentation, power/powercap/powercap.rst). */
export interface Zone {
  readonly folder: string;
  /** `intel-rapl:0`, `intel-rapl:0:1`. */
  readonly id: string;
  /** `package-0`, `package-0-die-1`, `core`, `uncore`, `dram`, `psys`. */
  readonly name: string;
  /** Name of the zone that it is part of; its own for one at the top. */
  readonly parent: string;
  /** `energy_uj` wraps here; null where that is not told. */
  readonly rangeJoules: number | null;
}

/** Finds the zones, whether they stand side by side (as links, the kernel's way) or nested. */
export async function findZones(sysfs: string): Promise<readonly Zone[]> {
  const files = new KernelFiles();
  const root = path.join(sysfs, 'class', 'powercap');
  const folders = new Map<string, string>();
  await collect(root, folders);
  await collect(path.join(root, 'intel-rapl'), folders);
  for (const folder of [...folders.values()]) await collect(folder, folders);
  const found = [...folders].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  const names = new Map<string, string>();
  for (const [id, folder] of found)
    names.set(id, await files.text(path.join(folder, 'name')).catch(() => ''));
  return Promise.all(
    found.map(async ([id, folder]) => ({
      ...{ folder, id },
      name: names.get(id) ?? '',
      parent: names.get(topOf(id)) || topOf(id),
      rangeJoules: await readMillionth(files, path.join(folder, 'max_energy_range_uj')),
    })),
  );
}

async function collect(folder: string, into: Map<string, string>): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (ZONE.test(name) && !into.has(name)) into.set(name, path.join(folder, name));
  }
}

/** Id of the zone at the top that a zone is part of. */
export function topOf(id: string): string {
  return id.split(':').slice(0, 2).join(':');
}

/** What a file tells in millionths, as joules or watts; null where it tells nothing. */
async function readMillionth(files: KernelFiles, file: string): Promise<number | null> {
  const value = await files.number(file).catch(() => null);
  return value !== null && value > 0 ? value / 1e6 : null;
}

/**
 * Beyond this a limit says nothing of the processor: firmware that sets none writes 4095 W and the like, and no
 * processor on the market is made for more than 1 kW.
 */
const MOST_PACKAGE_WATTS = 1000;

/**
 * The power that all packages together may draw for long: the long-term limit in force, `constraint_0_power_limit_uw`,
 * else the design power, `constraint_0_max_power_uw` (powercap.rst; both stay readable for everyone when the counters
 * do not). Null where a package tells neither.
 */
export async function packageLimitWatts(sysfs: string): Promise<number | null> {
  const packages = (await findZones(sysfs)).filter(({ name }) => /^package-\d+/.test(name));
  const limits = await Promise.all(packages.map(({ folder }) => limitWatts(folder)));
  let sum = 0;
  for (const watts of limits) {
    if (watts === null) return null;
    sum += watts;
  }
  return sum > 0 ? sum : null;
}

async function limitWatts(folder: string): Promise<number | null> {
  const files = new KernelFiles();
  const isOff = (await files.text(path.join(folder, 'enabled')).catch(() => '')) === '0';
  const names = [...(isOff ? [] : ['constraint_0_power_limit_uw']), 'constraint_0_max_power_uw'];
  for (const name of names) {
    const watts = (await readMillionth(files, path.join(folder, name))) ?? 0;
    if (watts >= 1 && watts <= MOST_PACKAGE_WATTS) return watts;
  }
  return null;
}
