import { t } from '../../../language.ts';
import type { CallLine, NativeFunction } from '../native/callLine.ts';
import { check, CODE } from './nvmlCodes.ts';

/** NVML's functions with their C parameters (nvml.h, docs.nvidia.com/deploy/nvml-api). The first that is there is used. */
const FUNCTIONS = {
  init: [['nvmlInit_v2']],
  shutdown: [['nvmlShutdown']],
  count: [['nvmlDeviceGetCount_v2', 'void *']],
  handle: [['nvmlDeviceGetHandleByIndex_v2', 'uint', 'void *']],
  name: [['nvmlDeviceGetName', 'void *', 'void *', 'uint']],
  uuid: [['nvmlDeviceGetUUID', 'void *', 'void *', 'uint']],
  minor: [['nvmlDeviceGetMinorNumber', 'void *', 'void *']],
  energy: [['nvmlDeviceGetTotalEnergyConsumption', 'void *', 'void *']],
  power: [['nvmlDeviceGetPowerUsage', 'void *', 'void *']],
  fields: [['nvmlDeviceGetFieldValues', 'void *', 'int', 'void *']],
  load: [['nvmlDeviceGetUtilizationRates', 'void *', 'void *']],
  processes: [
    ['nvmlDeviceGetComputeRunningProcesses_v3', 'void *', 'void *', 'void *'],
    ['nvmlDeviceGetComputeRunningProcesses_v2', 'void *', 'void *', 'void *'],
  ],
  clients: [['nvmlDeviceGetMPSComputeRunningProcesses_v3', 'void *', 'void *', 'void *']],
  loads: [['nvmlDeviceGetProcessUtilization', 'void *', 'void *', 'void *', 'uint64']],
  migMode: [['nvmlDeviceGetMigMode', 'void *', 'void *', 'void *']],
  migCount: [['nvmlDeviceGetMaxMigDeviceCount', 'void *', 'void *']],
  migHandle: [['nvmlDeviceGetMigDeviceHandleByIndex', 'void *', 'uint', 'void *']],
} as const satisfies Record<string, readonly (readonly string[])[]>;

export type Name = keyof typeof FUNCTIONS;

/** Without these a library is not NVML. */
const NEEDED: readonly Name[] = ['init', 'shutdown', 'count', 'handle', 'name', 'uuid', 'power'];

/** NVML's library in this process: its functions by name, opened once however many use it. */
export class NvmlLibrary {
  readonly #line: CallLine;
  readonly #bound: ReadonlyMap<Name, NativeFunction>;
  #users = 0;
  #generation = 0;

  /** @throws Error where the library is not NVML */
  constructor(line: CallLine) {
    this.#line = line;
    const bound = new Map<Name, NativeFunction>();
    for (const [name, versions] of Object.entries(FUNCTIONS)) {
      for (const [symbol, ...types] of versions) {
        const found = bound.has(name as Name) ? null : line.bind(symbol, ...types);
        if (found) bound.set(name as Name, found);
      }
    }
    this.#bound = bound;
    if (NEEDED.some((name) => !bound.has(name))) throw new Error(t('it has not the functions of NVML'));
  }

  /** For how many seconds the driver has not answered a call; 0 where none is on its way. */
  get waitingSeconds(): number {
    return this.#line.waitingSeconds;
  }

  /** Another number after each opening: handles of before are worth nothing. */
  get generation(): number {
    return this.#generation;
  }

  /** Runs a chain of calls, after those that others have asked for before. */
  run<T>(chain: () => Promise<T>): Promise<T> {
    return this.#line.run(chain);
  }

  /** Opens it for one more user. @throws NvmlError */
  async acquire(): Promise<void> {
    if (this.#users === 0) await this.#open();
    this.#users++;
  }

  async release(): Promise<void> {
    this.#users--;
    if (this.#users === 0) await this.call('shutdown');
  }

  /** Closes and opens it for all its users, after the driver or a GPU was lost. @throws NvmlError */
  async reopen(): Promise<void> {
    await this.call('shutdown'); // it may not be open at all: then that is what it says
    await this.#open();
  }

  /** @returns NVML's code */
  call(name: Name, ...args: readonly unknown[]): Promise<number> {
    return this.#bound.get(name)?.(...args) ?? Promise.resolve(CODE.functionNotFound);
  }

  async #open(): Promise<void> {
    check(await this.call('init'));
    this.#generation++;
  }
}
