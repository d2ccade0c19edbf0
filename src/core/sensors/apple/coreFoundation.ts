import type { Ffi } from '../native/ffi.ts';

/** Where macOS has the libraries. They lie in the system's cache of libraries, not as files. */
export interface AppleLibraries {
  readonly coreFoundation: string;
  readonly ioKit: string;
  readonly ioReport: string;
}

export const APPLE_LIBRARIES: AppleLibraries = {
  coreFoundation: '/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation',
  ioKit: '/System/Library/Frameworks/IOKit.framework/IOKit',
  ioReport: '/usr/lib/libIOReport.dylib',
};

/** A reference to an object of Core Foundation, as the FFI gives it. Null is none. */
export type Reference = unknown;

/** `kCFStringEncodingUTF8` (CFString.h). */
const UTF8 = 0x08000100;

/** `kCFNumberSInt64Type` (CFNumber.h). */
const SINT64 = 4;

/** Names and units have a few characters. */
const MOST_BYTES = 256;

/**
 * The few functions of Core Foundation that are needed (Apple, Core Foundation reference: CFString, CFDictionary,
 * CFArray, CFNumber, CFBase). Written after the documentation; run against a stand-in, never on a Mac.
 *
 * Who makes or copies an object releases it; who gets one does not ("Create Rule" and "Get Rule").
 */
export class CoreFoundation {
  readonly #functions;
  readonly #keys = new Map<string, Reference>();

  /** @throws Error where the library is missing */
  constructor(ffi: Ffi, file: string) {
    const library = ffi.load(file);
    this.#functions = {
      createString: library.func('void *CFStringCreateWithCString(void *, const char *, uint32_t)'),
      getCString: library.func('uint8_t CFStringGetCString(void *, _Out_ uint8_t *, int64_t, uint32_t)'),
      dictionaryValue: library.func('void *CFDictionaryGetValue(void *, void *)'),
      mutableCopy: library.func('void *CFDictionaryCreateMutableCopy(void *, int64_t, void *)'),
      arrayCount: library.func('int64_t CFArrayGetCount(void *)'),
      arrayItem: library.func('void *CFArrayGetValueAtIndex(void *, int64_t)'),
      numberValue: library.func('uint8_t CFNumberGetValue(void *, int64_t, _Out_ int64_t *)'),
      booleanValue: library.func('uint8_t CFBooleanGetValue(void *)'),
      release: library.func('void CFRelease(void *)'),
    };
  }

  /** A string, the same each time, which is kept until `close`. */
  key(text: string): Reference {
    const key = this.#keys.get(text) ?? this.#functions.createString(null, text, UTF8);
    this.#keys.set(text, key);
    return key;
  }

  /** What a string says; null where it is none or too long. */
  text(string: Reference): string | null {
    if (!string) return null;
    const buffer = Buffer.alloc(MOST_BYTES);
    if (!this.#functions.getCString(string, buffer, MOST_BYTES, UTF8)) return null;
    const end = buffer.indexOf(0);
    return buffer.toString('utf8', 0, end === -1 ? MOST_BYTES : end);
  }

  /** What a dictionary has under a key; it belongs to the dictionary. */
  value(dictionary: Reference, key: string): Reference {
    return this.#functions.dictionaryValue(dictionary, this.key(key));
  }

  /** The items of an array, which belong to it. */
  items(array: Reference): readonly Reference[] {
    const count = Number(this.#functions.arrayCount(array));
    return Array.from({ length: count }, (_, index) => this.#functions.arrayItem(array, index));
  }

  /** A copy of a dictionary, to be released. */
  mutableCopy(dictionary: Reference): Reference {
    return this.#functions.mutableCopy(null, 0, dictionary);
  }

  /** The value of a number; null where it is none. */
  number(number: Reference): number | null {
    const value = [0];
    return number && this.#functions.numberValue(number, SINT64, value) ? Number(value[0]) : null;
  }

  boolean(boolean: Reference): boolean | null {
    return boolean ? this.#functions.booleanValue(boolean) !== 0 : null;
  }

  release(object: Reference): void {
    if (object) this.#functions.release(object);
  }

  /** Releases the keys. */
  close(): void {
    for (const key of this.#keys.values()) this.release(key);
    this.#keys.clear();
  }
}
