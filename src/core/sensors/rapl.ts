import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { monotonicSeconds } from '../metering/clock.ts';
import type { Component, CounterReading, Probe, Sensor, SensorRoots } from './sensor.ts';

/**
 * RAPL's own error against reference meters: package within about 3-5 %
 * (Khan et al., "RAPL in Action", ACM TOMPECS 3(2), 2018).
 */
const UNCERTAINTY = 0.05;

/** Zones of the MSR interface. `intel-rapl-mmio` mirrors the package, so it is left out. AMD uses the same name. */
const ZONE = /^intel-rapl:\d+(:\d+)?$/;

const FIX = [
  'Since CVE-2020-8694 (PLATYPUS) Linux lets only root read the processor’s energy counters.',
  'To let your own group read them, now and after each boot, put this line into /etc/udev/rules.d/99-rapl.rules:',
  '  SUBSYSTEM=="powercap", KERNEL=="intel-rapl*", RUN+="/bin/chgrp YOURGROUP /sys/%p/energy_uj", RUN+="/bin/chmod g+r /sys/%p/energy_uj"',
  'then run: sudo udevadm control --reload-rules && sudo udevadm trigger --subsystem-match=powercap',
  'Do so only where everyone in that group may know what the processor is doing.',
].join('\n');

interface Zone {
  readonly folder: string;
  readonly id: string;
  readonly component: Component;
  readonly device: string;
  readonly rangeJoules: number | null;
}

/**
 * Intel and AMD processor energy through Linux powercap
 * (kernel documentation, power/powercap/powercap.rst): `energy_uj` counts microjoules and wraps at
 * `max_energy_range_uj`. Packages and their dram are read; core and uncore are inside the package and psys around
 * it, so they are not added.
 */
export class RaplSensor implements Sensor {
  readonly id = 'rapl';
  readonly title = 'Processor energy counters (RAPL)';
  readonly quality = 'measured';
  readonly #root: string;
  #zones: readonly Zone[] = [];

  constructor(roots: SensorRoots) {
    this.#root = path.join(roots.sysfs, 'class', 'powercap');
  }

  async probe(): Promise<Probe> {
    const zones = await findZones(this.#root);
    if (zones.length === 0) {
      return absent(
        'No energy counters here: not Linux on Intel or AMD hardware, or hidden by a virtual machine or container.',
      );
    }
    const outcomes = await Promise.all(zones.map(async (zone) => ({ zone, error: await refusal(zone) })));
    this.#zones = outcomes.filter(({ error }) => error === null).map(({ zone }) => zone);
    if (this.#zones.length === 0) return refused(outcomes[0]?.error ?? 'unreadable');
    return {
      state: 'ready',
      components: [...new Set(this.#zones.map((zone) => zone.component))],
      message: [`Measures ${names(this.#zones)}.`, ...unanswered(outcomes)].join(' '),
      fix: null,
      assumptions: [],
    };
  }

  async read(): Promise<readonly CounterReading[]> {
    const readings = await Promise.all(this.#zones.map((zone) => readZone(zone, this.id)));
    return readings.filter((reading) => reading !== null);
  }
}

function names(zones: readonly Zone[]): string {
  return zones.map((zone) => `${zone.device} ${zone.component}`).join(', ');
}

/** The counters that are there but are missing from every figure. */
function unanswered(outcomes: readonly { readonly zone: Zone; readonly error: string | null }[]): string[] {
  const silent = outcomes.filter(({ error }) => error !== null);
  if (silent.length === 0) return [];
  return [`Without ${names(silent.map(({ zone }) => zone))}, which does not answer (${silent[0]?.error}).`];
}

async function readZone(zone: Zone, source: string): Promise<CounterReading | null> {
  try {
    const energyJoules = await readMicrojoules(path.join(zone.folder, 'energy_uj'));
    return {
      kind: 'counter',
      channel: `${source}/${zone.id}`,
      component: zone.component,
      device: zone.device,
      source,
      quality: 'measured',
      uncertainty: UNCERTAINTY,
      timeSeconds: monotonicSeconds(),
      energyJoules,
      rangeJoules: zone.rangeJoules,
    };
  } catch {
    return null;
  }
}

async function readMicrojoules(file: string): Promise<number> {
  const text = (await readFile(file, 'utf8')).trim();
  if (!/^\d+$/.test(text)) throw new Error(`${file} holds no counter`);
  return Number(text) / 1e6;
}

async function refusal(zone: Zone): Promise<string | null> {
  try {
    await readMicrojoules(path.join(zone.folder, 'energy_uj'));
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  }
}

/** Finds the zones, whether they stand side by side (as links, the kernel's way) or nested. */
async function findZones(root: string): Promise<readonly Zone[]> {
  const folders = new Map<string, string>();
  await collect(root, folders);
  await collect(path.join(root, 'intel-rapl'), folders);
  for (const folder of [...folders.values()]) await collect(folder, folders);
  const names = new Map<string, string>();
  for (const [id, folder] of folders) names.set(id, await readName(folder));
  const zones: Zone[] = [];
  for (const [id, folder] of [...folders].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))) {
    const component = componentOf(names.get(id) ?? '');
    if (!component) continue;
    const parent = names.get(id.split(':').slice(0, 2).join(':')) ?? id;
    zones.push({ folder, id, component, device: parent, rangeJoules: await readRange(folder) });
  }
  return zones;
}

async function collect(folder: string, into: Map<string, string>): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (ZONE.test(name) && !into.has(name)) into.set(name, path.join(folder, name));
  }
}

function componentOf(name: string): Component | null {
  if (/^package/.test(name)) return 'cpu';
  return name === 'dram' ? 'dram' : null;
}

async function readName(folder: string): Promise<string> {
  return (await readFile(path.join(folder, 'name'), 'utf8').catch(() => '')).trim();
}

async function readRange(folder: string): Promise<number | null> {
  return readMicrojoules(path.join(folder, 'max_energy_range_uj')).catch(() => null);
}

function absent(message: string): Probe {
  return { state: 'absent', components: [], message, fix: null, assumptions: [] };
}

function refused(code: string): Probe {
  const denied = code === 'EACCES' || code === 'EPERM';
  return {
    state: 'refused',
    components: [],
    message: denied
      ? 'The energy counters are there, but this user may not read them.'
      : `The energy counters are there, but do not answer (${code}).`,
    fix: denied ? FIX : null,
    assumptions: [],
  };
}
