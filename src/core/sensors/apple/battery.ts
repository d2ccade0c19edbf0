import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { ffiProblem, loadFfi } from '../native/ffi.ts';
import { batteryProbe, type BatteryState } from '../batteryProbe.ts';
import { absent, refused } from '../probe.ts';
import type { PowerReading, Probe, Sensor, SensorContext } from '../sensor.ts';
import { APPLE_LIBRARIES, type AppleLibraries } from './coreFoundation.ts';
import { RegistryService } from './ioRegistry.ts';

/** Engineering judgement, as for other batteries: the gauge's current is good to a few per cent, but lags. */
const UNCERTAINTY = 0.1;

/** The gauge tells something new every some seconds to a minute. */
const PERIOD_SECONDS = 5;

/** What the battery says. `none`: there is none; `mains`: it does not run the machine. */
/**
 * The whole MacBook's power, from its battery while it runs on it: `InstantAmperage` in mA, negative while it gives,
 * times `Voltage` in mV of the service AppleSmartBattery, as `ioreg -rn AppleSmartBattery` shows them to any user. Apple
 * documents the functions, not these properties; they are as in public captures. Run against a stand-in, never on a Mac.
 */
export class AppleBatterySensor implements Sensor {
  readonly id = 'apple-battery';
  readonly title = t('Battery of the MacBook');
  readonly quality = 'measured';
  readonly powerPeriodSeconds = PERIOD_SECONDS;
  readonly #platform: NodeJS.Platform;
  readonly #libraries: AppleLibraries;
  #service: RegistryService | null = null;

  constructor({ platform = process.platform }: SensorContext, libraries = APPLE_LIBRARIES) {
    this.#platform = platform;
    this.#libraries = libraries;
  }

  async probe(): Promise<Probe> {
    if (this.#platform !== 'darwin') return absent(t('Only on macOS.'));
    try {
      const state = await this.#state();
      if (typeof state === 'string') this.release();
      return batteryProbe(state, {
        resolution: t('about 10 mW, every few seconds to a minute, as the battery has it'),
        uncertainty: UNCERTAINTY,
      });
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
      return refused(t('The battery cannot be asked ({0}).', reason), null);
    }
  }

  async read(): Promise<readonly PowerReading[]> {
    const state = await this.#state().catch(() => 'silent' as const);
    if (typeof state === 'string') return [];
    return [
      {
        ...{ kind: 'power', channel: this.id, component: 'machine', device: 'machine', source: this.id },
        ...{ quality: 'measured', uncertainty: UNCERTAINTY, timeSeconds: monotonicSeconds() },
        powerWatts: state.watts,
      },
    ];
  }

  release(): void {
    this.#service?.close();
    this.#service = null;
  }

  /** @throws Error where it cannot be asked */
  async #state(): Promise<BatteryState> {
    if (!this.#service) {
      const ffi = await loadFfi();
      if (!ffi) throw new Error(ffiProblem() ?? 'no foreign function interface');
      this.#service = new RegistryService(ffi, this.#libraries, 'AppleSmartBattery');
    }
    const service = this.#service;
    if (!service.isThere) return 'none';
    if (service.boolean('ExternalConnected') !== false) return 'mains';
    const milliamperes = service.number('InstantAmperage');
    const millivolts = service.number('Voltage');
    if (milliamperes === null || millivolts === null) return 'silent';
    const watts = (-milliamperes * millivolts) / 1e6;
    return watts > 0 ? { watts } : 'silent';
  }
}
