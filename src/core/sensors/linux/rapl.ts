import path from 'node:path';
import { monotonicSeconds } from '../../metering/clock.ts';
import { findZones, type Zone } from './powercap.ts';
import { absent, ready, refused } from '../probe.ts';
import { findMirrors } from './raplMirrors.ts';
import type { CounterReading, Probe, Scope, Sensor, SensorContext } from '../sensor.ts';
import { readSmallFile } from './smallFile.ts';

/**
 * RAPL's own error against reference meters: package within about 3-5 %
 * (Khan et al., "RAPL in Action", ACM TOMPECS 3(2), 2018).
 */
export const RAPL_UNCERTAINTY = 0.05;

const FIX = [
  'Put this line into /etc/udev/rules.d/99-rapl.rules, with a group of yours for YOURGROUP:',
  '  SUBSYSTEM=="powercap", KERNEL=="intel-rapl*", RUN+="/bin/chgrp YOURGROUP /sys/%p/energy_uj", RUN+="/bin/chmod g+r /sys/%p/energy_uj"',
  'then run: sudo udevadm control --reload-rules && sudo udevadm trigger --subsystem-match=powercap',
  'What it opens: that group may read the energy counters, and nothing else, now and after each boot.',
  'Why they are closed: from fine differences of this energy an attacker on the same machine can work out what',
  'others compute, even secret keys (PLATYPUS, CVE-2020-8694), so Linux lets only root read it since 2020. Open it',
  'only where everyone in the group may know what the processor is doing.',
].join('\n');

/** What there is to read, after a look at all zones. */
interface Choice {
  readonly zones: readonly Zone[];
  /** Plain sentences about what is left out, or what is missing. */
  readonly notes: readonly string[];
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
  readonly #sysfs: string;
  #zones: readonly Zone[] = [];

  constructor(context: SensorContext) {
    this.#sysfs = context.sysfs;
  }

  async probe(): Promise<Probe> {
    const { zones, notes } = await choose(await findZones(this.#sysfs));
    if (zones.length === 0) {
      return absent(
        'No energy counters here: not Linux on Intel or AMD hardware, or hidden by a virtual machine or container.',
      );
    }
    const outcomes = await Promise.all(zones.map(async (zone) => ({ zone, error: await refusal(zone) })));
    this.#zones = outcomes.filter(({ error }) => error === null).map(({ zone }) => zone);
    if (this.#zones.length === 0) return refusedFor(outcomes[0]?.error ?? 'unreadable');
    return ready({
      components: [...new Set(this.#zones.map(componentOf))],
      message: [`Measures ${list(this.#zones)}.`, ...unanswered(outcomes), ...notes].join(' '),
      resolution: '15 or 61 µJ, every millisecond',
      uncertainty: RAPL_UNCERTAINTY,
    });
  }

  async read(): Promise<readonly CounterReading[]> {
    const readings = await Promise.all(this.#zones.map((zone) => readZone(zone, this.id)));
    return readings.filter((reading) => reading !== null);
  }
}

/** Packages and memory, each once; cores only where no package tells their energy. */
async function choose(all: readonly Zone[]): Promise<Choice> {
  const hasPackage = all.some(({ name }) => /^package/.test(name));
  const wanted = all.filter(({ name }) => (hasPackage ? /^(package.*|dram)$/ : /^(core|dram)$/).test(name));
  const mirrors = await findMirrors(wanted, readJoules);
  const notes = [...mirrors].map(
    ([mirror, zone]) => `${nameOf(mirror)} shows the counter of ${nameOf(zone)} once more and is not added.`,
  );
  if (hasPackage && all.some(({ name }) => name === 'psys'))
    notes.push('psys is there, too, and is not added: it contains the package.');
  if (!hasPackage && wanted.length > 0)
    notes.push('Only the cores are counted: there is no counter for the whole package.');
  return { zones: wanted.filter((zone) => !mirrors.has(zone)), notes };
}

function componentOf({ name }: Zone): Scope {
  return name === 'dram' ? 'dram' : 'cpu';
}

function nameOf(zone: Zone): string {
  return `${zone.parent} ${componentOf(zone)}`;
}

function list(zones: readonly Zone[]): string {
  return zones.map(nameOf).join(', ');
}

/** The counters that are there but are missing from every figure. */
function unanswered(outcomes: readonly { readonly zone: Zone; readonly error: string | null }[]): string[] {
  const silent = outcomes.filter(({ error }) => error !== null);
  if (silent.length === 0) return [];
  return [`Without ${list(silent.map(({ zone }) => zone))}, which does not answer (${silent[0]?.error}).`];
}

async function readZone(zone: Zone, source: string): Promise<CounterReading | null> {
  try {
    const energyJoules = await readJoules(zone);
    return {
      kind: 'counter',
      channel: `${source}/${zone.id}`,
      component: componentOf(zone),
      device: zone.parent,
      source,
      quality: 'measured',
      uncertainty: RAPL_UNCERTAINTY,
      timeSeconds: monotonicSeconds(),
      energyJoules,
      rangeJoules: zone.rangeJoules,
    };
  } catch {
    return null;
  }
}

async function readJoules({ folder }: Zone): Promise<number> {
  const file = path.join(folder, 'energy_uj');
  const text = await readSmallFile(file);
  if (!/^\d+$/.test(text)) throw new Error(`${file} holds no counter`);
  return Number(text) / 1e6;
}

async function refusal(zone: Zone): Promise<string | null> {
  try {
    await readJoules(zone);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  }
}

function refusedFor(code: string): Probe {
  return code === 'EACCES' || code === 'EPERM'
    ? refused('The energy counters are there, but this user may not read them.', FIX)
    : refused(`The energy counters are there, but do not answer (${code}).`, null);
}
