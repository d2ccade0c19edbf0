import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { ffiProblem, loadFfi } from '../native/ffi.ts';
import { Standstill } from '../native/standstill.ts';
import { absent, ready, refused } from '../probe.ts';
import type { CounterReading, Probe, Sensor, SensorContext } from '../sensor.ts';
import { APPLE_LIBRARIES, type AppleLibraries } from './coreFoundation.ts';
import { APPLE_UNCERTAINTY, energyOfParts, UNKNOWN_USE, type PartEnergy } from './energyModel.ts';
import { EnergyModel, NoEnergyModel } from './ioReportLibrary.ts';

/** The processor's counter moves twice a second; once it was seen to stand still for good (macmon, issue 76): 10 s. */
const STUCK_SECONDS = 10;

const none = () => t('No energy counters of an Apple chip here.');

/**
 * Energy of processor, GPU, Neural Engine and memory of an Apple chip, by the counters of IOReport, which need no
 * rights. Written after public sources; run against a stand-in of the libraries, never on a Mac.
 */
export class IoReportSensor implements Sensor {
  readonly id = 'ioreport';
  readonly title = t('Apple Silicon energy counters (IOReport)');
  readonly quality = 'measured';
  readonly gpuFamily = 'apple';
  readonly #platform: NodeJS.Platform;
  readonly #libraries: AppleLibraries;
  readonly #stuckSeconds: number;
  #model: EnergyModel | null = null;
  #cpu: Standstill;

  /** @param stuckSeconds after which a processor's counter that does not move is not told */
  constructor(
    { platform = process.platform }: SensorContext,
    libraries = APPLE_LIBRARIES,
    stuckSeconds = STUCK_SECONDS,
  ) {
    this.#platform = platform;
    this.#libraries = libraries;
    this.#stuckSeconds = stuckSeconds;
    this.#cpu = new Standstill(stuckSeconds);
  }

  async probe(): Promise<Probe> {
    if (this.#platform !== 'darwin') return absent(t('Only on macOS.'));
    try {
      const parts = await this.#parts();
      if (parts.length > 0) return found(parts);
      this.release();
      return absent(none());
    } catch (error) {
      this.release();
      if (error instanceof NoEnergyModel) return absent(none());
      return refused(t('The energy counters cannot be read ({0}).', messageOf(error)), null);
    }
  }

  async read(): Promise<readonly CounterReading[]> {
    const parts = await this.#parts().catch(() => []);
    const timeSeconds = monotonicSeconds();
    const moving = parts.filter(
      ({ component, energyJoules }) => component !== 'cpu' || !this.#cpu.isStuck(energyJoules, timeSeconds),
    );
    return moving.map((part) => reading(part, timeSeconds));
  }

  release(): void {
    const model = this.#model;
    this.#model = null;
    this.#cpu = new Standstill(this.#stuckSeconds);
    void model?.close().catch(() => undefined);
  }

  /** @throws Error where they cannot be read */
  async #parts(): Promise<readonly PartEnergy[]> {
    if (!this.#model) {
      const ffi = await loadFfi();
      if (!ffi) throw new Error(ffiProblem() ?? 'no foreign function interface');
      this.#model ??= new EnergyModel(ffi, this.#libraries);
    }
    return energyOfParts(await this.#model.read());
  }
}

function found(parts: readonly PartEnergy[]): Probe {
  const names = parts.map(({ component, device }) => (component === 'gpu' ? device : component));
  return ready({
    components: [...new Set(parts.map(({ component }) => component))],
    message: t('Measures {0} by the chip’s own energy model.', names.join(', ')),
    resolution: t('1 mJ or finer, twice a second'),
    uncertainty: APPLE_UNCERTAINTY,
  });
}

function reading({ component, device, energyJoules }: PartEnergy, timeSeconds: number): CounterReading {
  return {
    ...{ kind: 'counter', channel: `ioreport/${component} ${device}`, component, device, source: 'ioreport' },
    ...{ quality: 'measured', uncertainty: APPLE_UNCERTAINTY, timeSeconds, energyJoules, rangeJoules: null },
    ...(component === 'gpu' ? { use: UNKNOWN_USE } : {}),
  };
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
