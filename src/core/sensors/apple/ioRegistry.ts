import type { Ffi } from '../native/ffi.ts';
import { CoreFoundation, type AppleLibraries, type Reference } from './coreFoundation.ts';

/**
 * Properties of one service of the I/O Registry, read in this process (Apple, IOKit reference: IOKitLib). Written
 * after the documentation; run against a stand-in, never on a Mac.
 */
export class RegistryService {
  readonly #foundation: CoreFoundation;
  readonly #property;
  readonly #releaseEntry;
  #entry: number;

  /**
   * @param name of the service's class
   * @throws Error where the libraries are missing
   */
  constructor(ffi: Ffi, { coreFoundation, ioKit }: AppleLibraries, name: string) {
    this.#foundation = new CoreFoundation(ffi, coreFoundation);
    const library = ffi.load(ioKit);
    const matching = library.func('void *IOServiceMatching(const char *)');
    const matchingService = library.func('uint32_t IOServiceGetMatchingService(uint32_t, void *)');
    this.#property = library.func(
      'void *IORegistryEntryCreateCFProperty(uint32_t, void *, void *, uint32_t)',
    );
    this.#releaseEntry = library.func('int32_t IOObjectRelease(uint32_t)');
    this.#entry = Number(matchingService(0, matching(name))); // which releases what `matching` made
  }

  get isThere(): boolean {
    return this.#entry !== 0;
  }

  /** An integer; null where there is none. */
  number(key: string): number | null {
    return this.#read(key, (value) => this.#foundation.number(value));
  }

  boolean(key: string): boolean | null {
    return this.#read(key, (value) => this.#foundation.boolean(value));
  }

  close(): void {
    if (this.isThere) this.#releaseEntry(this.#entry);
    this.#entry = 0;
    this.#foundation.close();
  }

  #read<T>(key: string, read: (value: Reference) => T): T | null {
    if (!this.isThere) return null;
    const value: Reference = this.#property(this.#entry, this.#foundation.key(key), null, 0);
    if (!value) return null;
    const told = read(value);
    this.#foundation.release(value);
    return told;
  }
}
