import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { RAPL_UNCERTAINTY } from '../linux/rapl.ts';
import { ffiProblem, loadFfi } from '../native/ffi.ts';
import { absent, ready, refused } from '../probe.ts';
import type { CounterReading, Probe, Sensor, SensorContext } from '../sensor.ts';
import { JOULES_PER_PICOWATT_HOUR, meterChannels, type MeterChannel } from './meterChannels.ts';
import { PDH_LIBRARY, PdhCounter, PdhError } from './pdh.ts';
import type { RawItem } from './pdhItems.ts';

const COUNTER = '\\Energy Meter(*)\\Energy';

const none = () =>
  t('Windows has no energy meter for this processor; Windows 11 on the machine itself has one for most.');

/**
 * Whoever is in this group may read performance counters. Its name is another in each language, its identifier is not
 * (Microsoft, "Security identifiers": S-1-5-32-558, Performance Monitor Users).
 */
const rightsFix = () =>
  [
    t('Add yourself to the group that may read performance counters, as administrator, then sign in again:'),
    '  Add-LocalGroupMember -SID S-1-5-32-558 -Member YOURNAME',
    t('It opens the counters of the whole machine: what each program uses of it.'),
  ].join('\n');

/**
 * The processor's own energy counters (RAPL) by Windows' performance counters "Energy Meter", which need no rights and no
 * driver: Windows 11 on processors by Intel and AMD, not in virtual machines. The raw value of the counter "Energy" is
 * the energy in picowatt-hours since some start. Written after Microsoft's documentation of PDH and EMI and public
 * sources; run against a stand-in of pdh.dll, never on Windows.
 */
export class EnergyMeterSensor implements Sensor {
  readonly id = 'energy-meter';
  readonly title = t('Windows energy meter (RAPL)');
  readonly quality = 'measured';
  readonly #platform: NodeJS.Platform;
  readonly #library: string;
  #counter: Promise<PdhCounter> | null = null;
  #channels: readonly MeterChannel[] = [];

  constructor({ platform = process.platform }: SensorContext, library = PDH_LIBRARY) {
    this.#platform = platform;
    this.#library = library;
  }

  async probe(): Promise<Probe> {
    if (this.#platform !== 'win32') return absent(t('Only on Windows.'));
    try {
      const items = await this.#items();
      this.#channels = meterChannels(items);
      if (this.#channels.length > 0) return found(this.#channels);
      this.release();
      return absent(items.length > 0 ? unknown(items) : none());
    } catch (error) {
      this.release();
      if (error instanceof PdhError && error.isDenied)
        return refused(t('Windows has an energy meter, but this user may not read it.'), rightsFix());
      if (error instanceof PdhError) return absent(`${none().slice(0, -1)} (${error.message}).`);
      return refused(t('The energy meter cannot be read ({0}).', messageOf(error)), null);
    }
  }

  async read(): Promise<readonly CounterReading[]> {
    if (this.#channels.length === 0) return [];
    const items = await this.#items().catch(() => []);
    const timeSeconds = monotonicSeconds();
    return this.#channels.flatMap(({ instance, component, device }) => {
      const item = items.find((each) => each.instance === instance);
      if (!item) return [];
      const reading: CounterReading = {
        ...{ kind: 'counter', channel: `${this.id}/${instance}`, component, device, source: this.id },
        ...{ quality: 'measured', uncertainty: RAPL_UNCERTAINTY, timeSeconds },
        ...{ energyJoules: item.value * JOULES_PER_PICOWATT_HOUR, rangeJoules: null },
      };
      return [reading];
    });
  }

  release(): void {
    const counter = this.#counter;
    this.#counter = null;
    void counter?.then((open) => open.close()).catch(() => undefined);
  }

  /** @throws Error where it cannot be read */
  async #items(): Promise<readonly RawItem[]> {
    this.#counter ??= this.#open();
    const counter = this.#counter;
    return (await counter).read();
  }

  async #open(): Promise<PdhCounter> {
    const ffi = await loadFfi();
    if (!ffi) throw new Error(ffiProblem() ?? 'no foreign function interface');
    return PdhCounter.open(ffi, this.#library, COUNTER);
  }
}

function found(channels: readonly MeterChannel[]): Probe {
  return ready({
    components: [...new Set(channels.map(({ component }) => component))],
    message: t('Measures {0}.', channels.map(({ device, component }) => `${device} ${component}`).join(', ')),
    resolution: t('as the processor’s own counters, updated about once a second'),
    uncertainty: RAPL_UNCERTAINTY,
  });
}

function unknown(items: readonly RawItem[]): string {
  const names = items.slice(0, 10).map(({ instance }) => instance);
  return t('Windows’ energy meter tells nothing of a whole processor, only {0}.', names.join(', '));
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
