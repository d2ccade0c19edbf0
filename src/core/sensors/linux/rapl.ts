import path from 'node:path';
import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { codeOf, failure, isDenied, KernelFiles } from './kernelFile.ts';
import { findZones, topOf, type Zone } from './powercap.ts';
import { absent, ready, refused } from '../probe.ts';
import { findMirrors } from './raplMirrors.ts';
import type { CounterReading, Probe, Scope, Sensor, SensorContext } from '../sensor.ts';

/**
 * RAPL's own error against reference meters: package within about 3-5 %
 * (Khan et al., "RAPL in Action", ACM TOMPECS 3(2), 2018).
 */
export const RAPL_UNCERTAINTY = 0.05;

const fix = () =>
  [
    t(
      'Put this line into {0}, with a group of yours for {1}:',
      '/etc/udev/rules.d/99-rapl.rules',
      'YOURGROUP',
    ),
    '  SUBSYSTEM=="powercap", KERNEL=="intel-rapl*", RUN+="/bin/chgrp YOURGROUP /sys/%p/energy_uj", RUN+="/bin/chmod g+r /sys/%p/energy_uj"',
    t(
      'then run: {0}',
      'sudo udevadm control --reload-rules && sudo udevadm trigger --subsystem-match=powercap',
    ),
    t('What it opens: that group may read the energy counters, and nothing else, now and after each boot.'),
    t(
      'Why they are closed: from fine differences of this energy an attacker on the same machine can work out what\nothers compute, even secret keys (PLATYPUS, CVE-2020-8694), so Linux lets only root read it since 2020. Open it\nonly where everyone in the group may know what the processor is doing.',
    ),
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
  readonly title = t('Processor energy counters (RAPL)');
  readonly quality = 'measured';
  readonly #sysfs: string;
  readonly #files = new KernelFiles();
  #zones: readonly Zone[] = [];

  constructor(context: SensorContext) {
    this.#sysfs = context.sysfs;
  }

  async probe(): Promise<Probe> {
    const read = (zone: Zone) => readJoules(this.#files, zone);
    const { zones, notes } = await choose(await findZones(this.#sysfs), read);
    if (zones.length === 0) {
      return absent(
        t(
          'No energy counters here: not Linux on Intel or AMD hardware, or hidden by a virtual machine or container.',
        ),
      );
    }
    const outcomes = await Promise.all(
      zones.map(async (zone) => ({ zone, error: await read(zone).then(() => null, codeOf) })),
    );
    this.#zones = outcomes.filter(({ error }) => error === null).map(({ zone }) => zone);
    if (this.#zones.length === 0) return refusedFor(outcomes[0]?.error ?? 'unreadable');
    return ready({
      components: [...new Set(this.#zones.map(componentOf))],
      message: [t('Measures {0}.', list(this.#zones)), ...unanswered(outcomes), ...notes].join(' '),
      resolution: t('15 or 61 µJ, every millisecond'),
      uncertainty: RAPL_UNCERTAINTY,
    });
  }

  async read(): Promise<readonly CounterReading[]> {
    const readings = await Promise.all(this.#zones.map((zone) => this.#readZone(zone).catch(() => null)));
    return readings.filter((reading) => reading !== null);
  }

  /** @throws Error where the counter does not answer */
  async #readZone(zone: Zone): Promise<CounterReading> {
    const energyJoules = await readJoules(this.#files, zone);
    return {
      ...{ kind: 'counter', channel: `${this.id}/${zone.id}`, component: componentOf(zone) },
      ...{ device: zone.parent, source: this.id, quality: 'measured', uncertainty: RAPL_UNCERTAINTY },
      ...{ timeSeconds: monotonicSeconds(), energyJoules, rangeJoules: zone.rangeJoules },
    };
  }
}

/** Packages and memory, each once; of a socket without a counter for its package the cores. */
async function choose(all: readonly Zone[], read: (zone: Zone) => Promise<number>): Promise<Choice> {
  const isPackage = ({ name }: Zone) => /^package/.test(name);
  const whole = new Set(all.filter(isPackage).map(({ id }) => topOf(id)));
  const isWanted = (zone: Zone) =>
    isPackage(zone) || zone.name === 'dram' || (zone.name === 'core' && !whole.has(topOf(zone.id)));
  const wanted = all.filter(isWanted);
  const mirrors = await findMirrors(wanted, read);
  const cores = wanted.filter(({ name }) => name === 'core');
  const notes = [...mirrors].map(([mirror, zone]) =>
    t('{0} shows the counter of {1} once more and is not added.', nameOf(mirror), nameOf(zone)),
  );
  if (whole.size > 0 && all.some(({ name }) => name === 'psys'))
    notes.push(t('psys is there, too, and is not added: it contains the package.'));
  if (cores.length > 0)
    notes.push(
      t('Of {0} only the cores are counted: there is no counter for the whole package.', list(cores)),
    );
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
  return [
    t(
      'Without {0}, which does not answer ({1}).',
      list(silent.map(({ zone }) => zone)),
      silent[0]?.error ?? '',
    ),
  ];
}

/** @throws Error where the counter does not answer */
async function readJoules(files: KernelFiles, { folder }: Zone): Promise<number> {
  const microjoules = await files.number(path.join(folder, 'energy_uj'));
  if (microjoules < 0) throw failure('EBADMSG', folder);
  return microjoules / 1e6;
}

function refusedFor(code: string): Probe {
  return isDenied(code)
    ? refused(t('The energy counters are there, but this user may not read them.'), fix())
    : refused(t('The energy counters are there, but do not answer ({0}).', code), null);
}
