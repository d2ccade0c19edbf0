import path from 'node:path';
import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { findHwmon, firstThere, hwmonFix, Inventory } from './hwmon.ts';
import { railsOf, readRails, type GraceRails } from './acpiMeterGrace.ts';
import { absent, ready, refused } from '../probe.ts';
import type { PowerReading, Probe, Scope, Sensor, SensorContext } from '../sensor.ts';
import { codeOf, failure, isDenied, KernelFiles, quickText } from './kernelFile.ts';

/** Where the firmware states no accuracy. Engineering judgement for the meters of servers' power supplies. */
const USUAL_UNCERTAINTY = 0.05;

/** Where the firmware names no interval, and the limits to what it names. */
const USUAL_PERIOD_SECONDS = 1;
const SHORTEST_PERIOD_SECONDS = 0.05;
const LONGEST_PERIOD_SECONDS = 10;

/** What ACPI gives for "not known", in the kernel's microwatts: 2^32-1 mW (ACPI 6.5, 10.4.1, _PMM). */
const UNKNOWN_MICROWATTS = 4294967295000;

/** A power meter of the firmware. */
export interface AcpiMeter {
  readonly id: string;
  readonly powerFile: string;
  /** The maker's own words on what it measures; empty for most. */
  readonly label: string;
  readonly uncertainty: number;
  readonly periodSeconds: number;
}

/**
 * Power meters of the firmware (ACPI 4.0 and later, chapter 10.4; kernel documentation, hwmon/acpi_power_meter.rst):
 * `power1_average` in microwatts, averaged over `power1_average_interval` milliseconds. On servers it is the supply of
 * the whole machine. NVIDIA Grace has several with labels, for the processor and its memory: see acpiMeterGrace.ts.
 */
export class AcpiMeterSensor implements Sensor {
  readonly id = 'acpi-meter';
  readonly title = t('Power meter of the firmware (ACPI)');
  readonly quality = 'measured';
  readonly #files = new KernelFiles();
  readonly #meters: Inventory<AcpiMeter>;
  #all: readonly AcpiMeter[] = [];
  /** The meter of the whole machine, by its id. */
  #machineId: string | null = null;

  constructor({ sysfs }: SensorContext) {
    this.#meters = new Inventory(() => findMeters(sysfs));
  }

  /** The shortest interval of the meters: between two reads they tell nothing new. */
  get powerPeriodSeconds(): number {
    const periods = this.#all.map(({ periodSeconds }) => periodSeconds);
    return periods.length > 0 ? Math.min(...periods) : USUAL_PERIOD_SECONDS;
  }

  async probe(): Promise<Probe> {
    this.#all = await this.#meters.search();
    if (this.#all.length === 0) return absent(t('The firmware has no power meter (ACPI) here.'));
    const asked = await Promise.all(this.#all.map(async (meter) => ({ meter, ...(await this.#try(meter)) })));
    const rails = railsOf(asked.filter(({ watts }) => watts !== null).map(({ meter }) => meter));
    const whole = asked
      .filter(({ meter, watts }) => meter.label === '' && watts !== null)
      .sort((a, b) => (b.watts ?? 0) - (a.watts ?? 0));
    this.#machineId = whole[0]?.meter.id ?? null;
    const components: Scope[] = rails.length > 0 ? ['cpu', 'dram'] : [];
    if (this.#machineId !== null) components.push('machine');
    if (components.length === 0) return useless(asked);
    return ready({
      components,
      message: messageOf(rails, whole.length),
      resolution: t('averaged over {0} s by the firmware', this.powerPeriodSeconds),
      uncertainty: Math.max(...asked.map(({ meter }) => meter.uncertainty)),
    });
  }

  async read(): Promise<readonly PowerReading[]> {
    const values = await this.#meters.readAll(async (meter) => {
      if (meter.label === '' && meter.id !== this.#machineId) return null;
      return { meter, watts: await this.#watts(meter), timeSeconds: monotonicSeconds() };
    });
    const whole = values.filter(({ meter }) => meter.label === '');
    return [
      ...readRails(values, this.id),
      ...whole.map(({ meter, watts: powerWatts, timeSeconds }): PowerReading => {
        const { id, uncertainty } = meter;
        return {
          ...{ kind: 'power', channel: `${this.id}/${id}`, component: 'machine', device: 'machine' },
          ...{ source: this.id, quality: 'measured', uncertainty, timeSeconds, powerWatts },
        };
      }),
    ];
  }

  /** @throws Error where there is no power; nothing that reads it runs on 0 W, so that is none either */
  async #watts({ powerFile }: AcpiMeter): Promise<number> {
    const microwatts = await this.#files.number(powerFile);
    if (microwatts <= 0 || microwatts === UNKNOWN_MICROWATTS) throw failure('ENODATA', powerFile);
    return microwatts / 1e6;
  }

  async #try(meter: AcpiMeter): Promise<{ watts: number | null; code: string }> {
    return this.#watts(meter).then(
      (watts) => ({ watts, code: '' }),
      (error: unknown) => ({ watts: null, code: codeOf(error) }),
    );
  }
}

async function findMeters(sysfs: string): Promise<readonly AcpiMeter[]> {
  const found = await findHwmon(sysfs, ['power_meter', 'acpi_power_meter']);
  return found.flatMap(({ id, folder, device }) => {
    const powerFile = firstThere([folder, device], ['power1_average']);
    if (!powerFile) return [];
    const text = (name: string) => quickText(path.join(path.dirname(powerFile), name)) ?? '';
    if (text('power1_is_battery') === '1') return [];
    const seconds = Number(text('power1_average_interval')) / 1000 || USUAL_PERIOD_SECONDS;
    return {
      ...{
        id,
        powerFile,
        label: text('power1_oem_info'),
        uncertainty: uncertaintyOf(text('power1_accuracy')),
      },
      periodSeconds: Math.min(LONGEST_PERIOD_SECONDS, Math.max(SHORTEST_PERIOD_SECONDS, seconds)),
    };
  });
}

/** The firmware states `95.0%` for ±5 % (ACPI 6.5, 10.4.2, _PMC: accuracy). */
function uncertaintyOf(accuracy: string): number {
  const percent = Number(/^(\d+(\.\d+)?)%$/.exec(accuracy)?.[1]);
  return percent >= 50 && percent <= 99 ? Math.round((100 - percent) * 1000) / 1e5 : USUAL_UNCERTAINTY;
}

function messageOf(rails: readonly GraceRails[], wholes: number): string {
  const text: string[] = [];
  if (rails.length > 0) text.push(t('Measures processor and memory of {0} NVIDIA Grace.', rails.length));
  if (wholes > 0) text.push(t('Measures the supply of the whole machine.'));
  if (wholes > 1) text.push(t('Of {0} meters the one that shows most, for others may be inside it.', wholes));
  return text.join(' ');
}

function useless(
  asked: readonly { readonly meter: AcpiMeter; readonly watts: number | null; readonly code: string }[],
): Probe {
  const silent = asked.find(({ watts }) => watts === null);
  if (!silent) {
    const labels = asked.map(({ meter }) => meter.label).join(', ');
    return absent(
      t('The firmware’s power meters measure neither the machine nor a part that is known: {0}.', labels),
    );
  }
  return isDenied(silent.code)
    ? refused(
        t('The firmware’s power meter is there, but this user may not read it.'),
        hwmonFix('power_meter', silent.meter.powerFile),
      )
    : refused(t('The firmware’s power meter is there, but does not answer ({0}).', silent.code), null);
}
