import { leaveDespite } from './leave.ts';
import type { Ffi, LibraryFunction, LibraryHandle } from './ffi.ts';

/** A function of a library that gives an `int`. It runs in a thread of Node's pool, so that it may take its time. */
export type NativeFunction = (...args: readonly unknown[]) => Promise<number>;

/**
 * A shared library whose functions are called one at a time, however many ask: one that hangs keeps one thread of
 * Node's pool of four, and the rest of Node goes on.
 */
export class CallLine {
  readonly #library: LibraryHandle;
  readonly #ffi: Ffi;
  #tail: Promise<unknown> = Promise.resolve();
  #askedMillis: number | null = null;

  /** @throws Error with the system's words where the file cannot be loaded */
  constructor(ffi: Ffi, file: string) {
    this.#ffi = ffi;
    this.#library = ffi.load(file);
    leaveDespite(ffi, this);
  }

  /** For how many seconds a call has been on its way; 0 where none is. */
  get waitingSeconds(): number {
    return this.#askedMillis === null ? 0 : (performance.now() - this.#askedMillis) / 1000;
  }

  /**
   * A function to be called within `run`; null where the library has none of that name.
   *
   * @param parameters their C types; a Buffer serves for `void *`
   */
  bind(name: string, ...parameters: readonly string[]): NativeFunction | null {
    const native = this.#find(name, parameters);
    if (!native) return null;
    return (...args) => {
      this.#askedMillis = performance.now();
      return new Promise<number>((resolve, reject) => {
        native.async(...args, (error: unknown, result: number) => {
          this.#askedMillis = null;
          if (error) reject(error);
          else resolve(result);
        });
      });
    };
  }

  /** Runs a chain of calls after those that were asked for before. */
  run<T>(chain: () => Promise<T>): Promise<T> {
    const done = this.#tail.then(chain);
    this.#tail = done.catch(() => undefined); // whoever asked for it is told
    return done;
  }

  #find(name: string, parameters: readonly string[]): LibraryFunction | null {
    try {
      return this.#library.func(name, this.#ffi.types.int, [...parameters]);
    } catch {
      return null;
    }
  }
}
