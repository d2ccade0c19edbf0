import { promisify } from 'node:util';
import { t } from '../../../language.ts';
import type { Ffi } from '../native/ffi.ts';
import { rawItems, type RawItem } from './pdhItems.ts';

/** The library of Windows' performance counters. */
export const PDH_LIBRARY = 'pdh.dll';

/** `PDH_MORE_DATA` (pdhmsg.h): the buffer is too small, or there is none yet. */
const MORE_DATA = 0x800007d2;

/** `PDH_ACCESS_DENIED` (pdhmsg.h). */
const ACCESS_DENIED = 0xc0000bdb;

/** A counter of some dozen instances needs a few kilobytes. */
const MOST_BYTES = 1_000_000;

type Call = (...args: readonly unknown[]) => Promise<unknown>;

/** A call of PDH that failed, with its status, which Microsoft lists in pdhmsg.h. */
export class PdhError extends Error {
  readonly isDenied: boolean;

  constructor(name: string, status: number) {
    super(t('{0} gave {1}', name, hex(status)));
    this.isDenied = status === ACCESS_DENIED;
  }
}

/**
 * The raw values of all instances of one counter (Microsoft, "Performance Data Helper", pdh.h: PdhOpenQueryW,
 * PdhAddEnglishCounterW, PdhCollectQueryData, PdhGetRawCounterArrayW). The English name holds on a Windows of any
 * language. Written after the documentation; run against a stand-in, never on Windows.
 *
 * Adding and collecting read the registry's performance data, which can take a while: they run in a thread.
 */
export class PdhCounter {
  readonly #functions;
  #query: unknown;
  #counter: unknown = null;
  #pending: Promise<unknown> = Promise.resolve();

  private constructor(ffi: Ffi, file: string) {
    const library = ffi.load(file);
    const add = library.func(
      'uint32_t PdhAddEnglishCounterW(uintptr_t, const char16_t *, uintptr_t, _Out_ uintptr_t *)',
    );
    const collect = library.func('uint32_t PdhCollectQueryData(uintptr_t)');
    const open = library.func('uint32_t PdhOpenQueryW(const char16_t *, uintptr_t, _Out_ uintptr_t *)');
    this.#functions = {
      add: promisify(add.async) as Call,
      collect: promisify(collect.async) as Call,
      array: library.func(
        'uint32_t PdhGetRawCounterArrayW(uintptr_t, _Inout_ uint32_t *, _Out_ uint32_t *, void *)',
      ),
      close: library.func('uint32_t PdhCloseQuery(uintptr_t)'),
      address: (buffer: Buffer) => ffi.address(buffer),
    };
    const query = [0];
    check('PdhOpenQueryW', open(null, 0, query));
    this.#query = query[0];
  }

  /**
   * @param path such as `\Energy Meter(*)\Energy`
   * @throws PdhError where there is no such counter, Error where there is no library
   */
  static async open(ffi: Ffi, file: string, path: string): Promise<PdhCounter> {
    const counter = new PdhCounter(ffi, file);
    try {
      const added = [0];
      const { add } = counter.#functions;
      check('PdhAddEnglishCounterW', await add(counter.#query, path, 0, added));
      counter.#counter = added[0];
      return counter;
    } catch (error) {
      await counter.close();
      throw error;
    }
  }

  /** @throws PdhError where nothing is told */
  async read(): Promise<readonly RawItem[]> {
    const { collect, array, address } = this.#functions;
    const collecting = collect(this.#query);
    this.#pending = collecting.catch(() => undefined);
    check('PdhCollectQueryData', await collecting);
    const size = [0];
    const count = [0];
    const status = Number(array(this.#counter, size, count, null));
    if (status !== MORE_DATA) check('PdhGetRawCounterArrayW', status);
    if (!size[0] || size[0] > MOST_BYTES) return [];
    const buffer = Buffer.alloc(size[0]);
    check('PdhGetRawCounterArrayW', array(this.#counter, size, count, buffer));
    return rawItems(buffer, address(buffer), count[0] ?? 0);
  }

  /** Closes the query, after what is being collected. */
  async close(): Promise<void> {
    await this.#pending;
    if (this.#query) this.#functions.close(this.#query);
    this.#query = null;
  }
}

function check(name: string, status: unknown): void {
  if (status !== 0) throw new PdhError(name, Number(status));
}

function hex(status: number): string {
  return `0x${status.toString(16).toUpperCase().padStart(8, '0')}`;
}
