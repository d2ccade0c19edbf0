import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { ffiProblem, loadFfi } from '../native/ffi.ts';
import { Standstill } from '../native/standstill.ts';
import { batteryProbe, type BatteryState } from '../batteryProbe.ts';
import { absent, refused } from '../probe.ts';
import type { PowerReading, Probe, Sensor, SensorContext } from '../sensor.ts';
import { batteryState, STATE_BYTES } from './batteryState.ts';

const LIBRARY = 'powrprof.dll';

/** `SystemBatteryState` of POWER_INFORMATION_LEVEL (winnt.h). */
const SYSTEM_BATTERY_STATE = 5;

/** Engineering judgement: gauges average over half a minute and more, and so do what hangs on them. */
const UNCERTAINTY = 0.15;

const PERIOD_SECONDS = 5;

/** Gauges tell something new every 3 to 60 s; Windows was seen to tell an old figure on and on. Engineering judgement. */
const STUCK_SECONDS = 120;

/**
 * The whole laptop's power, from its batteries while it runs on them, by CallNtPowerInformation (Microsoft, powerbase.h),
 * which any user may call. Written after the documentation; run against a stand-in of powrprof.dll, never on Windows.
 */
export class WindowsBatterySensor implements Sensor {
  readonly id = 'windows-battery';
  readonly title = t('Battery of the laptop (Windows)');
  readonly quality = 'measured';
  readonly powerPeriodSeconds = PERIOD_SECONDS;
  readonly #platform: NodeJS.Platform;
  readonly #library: string;
  readonly #stuckSeconds: number;
  #ask: ((...args: readonly unknown[]) => unknown) | null = null;
  #still: Standstill;

  /** @param stuckSeconds after which a power that does not change is not told */
  constructor(
    { platform = process.platform }: SensorContext,
    library = LIBRARY,
    stuckSeconds = STUCK_SECONDS,
  ) {
    this.#platform = platform;
    this.#library = library;
    this.#stuckSeconds = stuckSeconds;
    this.#still = new Standstill(stuckSeconds);
  }

  async probe(): Promise<Probe> {
    if (this.#platform !== 'win32') return absent(t('Only on Windows.'));
    try {
      return batteryProbe(await this.#state(), {
        resolution: t('1 mW, the mean of half a minute or more, as the battery has it'),
        uncertainty: UNCERTAINTY,
      });
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
      return refused(t('The battery cannot be asked ({0}).', reason), null);
    }
  }

  async read(): Promise<readonly PowerReading[]> {
    const state = await this.#state().catch(() => 'silent' as const);
    const timeSeconds = monotonicSeconds();
    if (typeof state === 'string' || this.#still.isStuck(state.watts, timeSeconds)) return [];
    return [
      {
        ...{ kind: 'power', channel: this.id, component: 'machine', device: 'machine', source: this.id },
        ...{ quality: 'measured', uncertainty: UNCERTAINTY, timeSeconds, powerWatts: state.watts },
      },
    ];
  }

  release(): void {
    this.#still = new Standstill(this.#stuckSeconds);
  }

  /** @throws Error where it cannot be asked */
  async #state(): Promise<BatteryState> {
    if (!this.#ask) {
      const ffi = await loadFfi();
      if (!ffi) throw new Error(ffiProblem() ?? 'no foreign function interface');
      this.#ask = ffi
        .load(this.#library)
        .func('int32_t CallNtPowerInformation(int32_t, void *, uint32_t, void *, uint32_t)');
    }
    const buffer = Buffer.alloc(STATE_BYTES);
    const status = this.#ask(SYSTEM_BATTERY_STATE, null, 0, buffer, STATE_BYTES);
    if (status !== 0) throw new Error(t('{0} gave {1}', 'CallNtPowerInformation', String(status)));
    return batteryState(buffer);
  }
}
