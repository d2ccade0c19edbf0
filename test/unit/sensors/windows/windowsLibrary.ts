import koffi from 'koffi';
import path from 'node:path';
import type { RawItem } from '../../../../src/core/sensors/windows/pdhItems.ts';
import { buildLibrary } from '../../../hardware/sharedLibrary.ts';
import { removeFolder } from '../../../hardware/tempFolder.ts';

/** The stand-in of Windows' libraries, and what it is set to tell. */
export class WindowsLibrary {
  readonly file = buildLibrary('windows');
  readonly #library = koffi.load(this.file);
  readonly #setInstance = this.#library.func('void set_instance(const char16_t *, uint32_t, int64_t)');
  readonly #setFaults = this.#library.func('void set_faults(int, uint32_t)');
  readonly #setNothing = this.#library.func('void set_nothing()');
  readonly #setBattery = this.#library.func('void set_battery(int, int, int, int32_t, int32_t)');
  readonly #countOpenQueries = this.#library.func('int count_open_queries()');

  /** @param status of these instances: 0 where their values are good */
  set(items: readonly RawItem[], status = 0): void {
    for (const { instance, value } of items) this.#setInstance(instance, status, value);
  }

  fail({ noCounterSet = false, collect = 0 }): void {
    this.#setFaults(Number(noCounterSet), collect);
  }

  setBattery({ isThere = true, isOnMains = false, isCharging = false, milliwatts = 0, status = 0 }): void {
    this.#setBattery(Number(isThere), Number(isOnMains), Number(isCharging), milliwatts, status);
  }

  clear(): void {
    this.#setNothing();
  }

  get openQueries(): number {
    return this.#countOpenQueries() as number;
  }

  remove(): void {
    removeFolder(path.dirname(this.file));
  }
}
