import koffi from 'koffi';
import path from 'node:path';
import type { AppleLibraries } from '../../../../src/core/sensors/apple/coreFoundation.ts';
import type { EnergyChannel } from '../../../../src/core/sensors/apple/energyModel.ts';
import { buildLibrary } from '../../../hardware/sharedLibrary.ts';
import { removeFolder } from '../../../hardware/tempFolder.ts';

/** The stand-in of macOS' libraries, and what it is set to tell. */
export class AppleLibrary {
  readonly files: AppleLibraries;
  readonly #file = buildLibrary('apple');
  readonly #library = koffi.load(this.#file);
  readonly #setChannel = this.#library.func('void set_channel(const char *, const char *, int64_t)');
  readonly #setFaults = this.#library.func('void set_faults(int, int, int)');
  readonly #setNothing = this.#library.func('void set_nothing()');
  readonly #setBattery = this.#library.func('void set_battery(int, int, int64_t, int64_t)');
  readonly #liveObjects = this.#library.func('int live_objects()');
  readonly #countFaults = this.#library.func('int count_faults()');

  constructor() {
    this.files = { coreFoundation: this.#file, ioKit: this.#file, ioReport: this.#file };
  }

  set(channels: readonly EnergyChannel[]): void {
    for (const { name, unit, value } of channels) this.#setChannel(name, unit, value);
  }

  fail({ noGroup = false, noSubscription = false, noSamples = false }): void {
    this.#setFaults(Number(noGroup), Number(noSubscription), Number(noSamples));
  }

  /** @param milliamperes null where the battery does not tell them */
  setBattery(isPluggedIn: boolean, milliamperes: number | null, millivolts: number): void {
    this.#setBattery(1, Number(isPluggedIn), milliamperes ?? -(2n ** 63n), millivolts);
  }

  clear(): void {
    this.#setNothing();
    this.#setBattery(0, 0, 0, 0);
  }

  /** Objects that have not been released. */
  get liveObjects(): number {
    return this.#liveObjects() as number;
  }

  /** Calls with wrong arguments, with objects of another kind, or with released ones. */
  get faults(): number {
    return this.#countFaults() as number;
  }

  remove(): void {
    removeFolder(path.dirname(this.#file));
  }
}
