import { check, CODE, NvmlError } from './nvmlCodes.ts';
import type { Name, NvmlLibrary } from './nvmlLibrary.ts';

/** NVML_FI_DEV_POWER_INSTANT, milliwatts of this moment; the usual power is the mean over a second since Ampere. */
const FIELD_POWER_INSTANT = 186;

/** sizeof nvmlFieldValue_t, and in it nvmlReturn and value; fieldId and scopeId (0: the GPU) come first. */
const FIELD = { bytes: 40, result: 28, value: 32 } as const;

/** sizeof nvmlProcessInfo_t, of version 2 and 3; the pid comes first. */
const PROCESS_BYTES = 24;

/** sizeof nvmlProcessUtilizationSample_t, and in it timeStamp and smUtil; the pid comes first. */
const LOAD = { bytes: 32, micros: 8, percent: 16 } as const;

/** NVML_DEVICE_NAME_V2_BUFFER_SIZE and NVML_DEVICE_UUID_V2_BUFFER_SIZE. */
const TEXT_BYTES = 96;

/** More processes than one GPU has for; a driver that tells of more tells nonsense. */
const MOST_ENTRIES = 1024;

/** Room for those that come between two calls. */
const SPARE_ENTRIES = 8;

/** How long a process kept the GPU busy, as the driver measured it at one moment. */
export interface ProcessLoad {
  readonly pid: number;
  /** Microseconds since 1970. */
  readonly micros: bigint;
  readonly percent: number;
}

/**
 * NVML's questions as JavaScript has them. Each throws NvmlError where NVML fails. They share their memory, so they are
 * asked within the library's `run`, one after the other.
 */
export class NvmlApi {
  readonly #library: NvmlLibrary;
  readonly #word = Buffer.alloc(8);
  readonly #word2 = Buffer.alloc(8);
  readonly #text = Buffer.alloc(TEXT_BYTES);
  readonly #field = Buffer.alloc(FIELD.bytes);
  #entries = Buffer.alloc(LOAD.bytes * 32);

  constructor(library: NvmlLibrary) {
    this.#library = library;
  }

  async count(): Promise<number> {
    await this.#checked('count', this.#word);
    return this.#word.readUInt32LE();
  }

  async handle(index: number): Promise<bigint> {
    await this.#checked('handle', index, this.#word);
    return this.#word.readBigUInt64LE();
  }

  name(handle: bigint): Promise<string> {
    return this.#textOf('name', handle);
  }

  uuid(handle: bigint): Promise<string> {
    return this.#textOf('uuid', handle);
  }

  /** Number of the device file: /dev/nvidia3. */
  async minor(handle: bigint): Promise<number> {
    await this.#checked('minor', handle, this.#word);
    return this.#word.readUInt32LE();
  }

  /** Millijoules since the driver was loaded. */
  async energyMillijoules(handle: bigint): Promise<bigint> {
    await this.#checked('energy', handle, this.#word);
    return this.#word.readBigUInt64LE();
  }

  async powerMilliwatts(handle: bigint): Promise<number> {
    await this.#checked('power', handle, this.#word);
    return this.#word.readUInt32LE();
  }

  async instantMilliwatts(handle: bigint): Promise<number> {
    this.#field.fill(0).writeUInt32LE(FIELD_POWER_INSTANT);
    await this.#checked('fields', handle, 1, this.#field);
    check(this.#field.readInt32LE(FIELD.result));
    return this.#field.readUInt32LE(FIELD.value);
  }

  /** Percent of the last moments' time in which a kernel ran on it. */
  async loadPercent(handle: bigint): Promise<number> {
    await this.#checked('load', handle, this.#word);
    return this.#word.readUInt32LE();
  }

  /** Pids of those who compute on the GPU or the MIG device. */
  pids(handle: bigint): Promise<readonly number[]> {
    return this.#pidsOf('processes', handle);
  }

  /** Pids of those for whom NVIDIA's multi-process service computes there. */
  clientPids(handle: bigint): Promise<readonly number[]> {
    return this.#pidsOf('clients', handle);
  }

  /** What the driver measured of each process since the time stamp; empty where there is nothing new. */
  async loads(handle: bigint, sinceMicros: bigint): Promise<readonly ProcessLoad[]> {
    const count = await this.#list('loads', LOAD.bytes, (entries) => [
      handle,
      entries,
      this.#word,
      sinceMicros,
    ]);
    return Array.from({ length: count }, (_, index) => {
      const entry = this.#entries.subarray(index * LOAD.bytes);
      const [pid, percent] = [entry.readUInt32LE(), entry.readUInt32LE(LOAD.percent)];
      return { pid, micros: entry.readBigUInt64LE(LOAD.micros), percent };
    });
  }

  /** Whether the GPU is divided into MIG devices. */
  async hasMig(handle: bigint): Promise<boolean> {
    if ((await this.#library.call('migMode', handle, this.#word, this.#word2)) !== CODE.success) return false;
    return this.#word.readUInt32LE() === 1;
  }

  /** Handles of the GPU's MIG devices. */
  async migHandles(handle: bigint): Promise<readonly bigint[]> {
    await this.#checked('migCount', handle, this.#word);
    const handles: bigint[] = [];
    const most = Math.min(MOST_ENTRIES, this.#word.readUInt32LE());
    for (let index = 0; index < most; index++) {
      const code = await this.#library.call('migHandle', handle, index, this.#word);
      if (code === CODE.success) handles.push(this.#word.readBigUInt64LE());
    }
    return handles;
  }

  async #textOf(name: 'name' | 'uuid', handle: bigint): Promise<string> {
    await this.#checked(name, handle, this.#text.fill(0), TEXT_BYTES);
    const end = this.#text.indexOf(0);
    return this.#text.toString('utf8', 0, end < 0 ? TEXT_BYTES : end);
  }

  async #pidsOf(name: 'processes' | 'clients', handle: bigint): Promise<readonly number[]> {
    const count = await this.#list(name, PROCESS_BYTES, (entries) => [handle, this.#word, entries]);
    return Array.from({ length: count }, (_, index) => this.#entries.readUInt32LE(index * PROCESS_BYTES));
  }

  /** Has a list written into `#entries`, which grows to what the driver says it needs. @returns its length */
  async #list(name: Name, bytes: number, args: (entries: Buffer) => readonly unknown[]): Promise<number> {
    for (;;) {
      const room = Math.floor(this.#entries.length / bytes);
      this.#word.writeUInt32LE(room);
      const code = await this.#library.call(name, ...args(this.#entries));
      const count = this.#word.readUInt32LE();
      if (code === CODE.notFound) return 0;
      if (code === CODE.success && count <= room) return count;
      if (code !== CODE.insufficientSize || count <= room || count > MOST_ENTRIES) throw new NvmlError(code);
      this.#entries = Buffer.alloc(bytes * (count + SPARE_ENTRIES));
    }
  }

  async #checked(name: Name, ...args: readonly unknown[]): Promise<void> {
    check(await this.#library.call(name, ...args));
  }
}
