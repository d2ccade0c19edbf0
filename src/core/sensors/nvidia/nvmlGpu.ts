import { monotonicSeconds } from '../../metering/clock.ts';
import type { Reading } from '../sensor.ts';
import { gpuName, uuidOf } from './gpuName.ts';
import type { NvmlApi } from './nvmlApi.ts';
import { NvmlError } from './nvmlCodes.ts';

/**
 * "accurate to within +/- 5 % of current power draw" (nvidia-smi's help and man page on power.draw); the energy counter
 * is of the same sensor.
 */
export const UNCERTAINTY = 0.05;

/** No machine has more; a driver that tells of more tells nonsense. */
const MOST_GPUS = 64;

/** What NVML gives for a number that it does not know (nvml.h, NVML_VALUE_NOT_AVAILABLE). */
const UNKNOWN_64 = 0xffffffffffffffffn;
/** More is nonsense: 100 kW. */
const MOST_MILLIWATTS = 1e8;

/** How a GPU tells its energy, best first. */
export type Source = 'counter' | 'instant' | 'usual';

/** A MIG device: a part of a GPU that stands alone (NVIDIA Multi-Instance GPU User Guide). */
export interface MigDevice {
  readonly handle: bigint;
  readonly uuid: string | null;
}

/** One GPU that the library lists. */
export interface NvmlGpu {
  readonly handle: bigint;
  /** NVML's number of it, in the order of PCI addresses. */
  readonly index: number;
  readonly uuid: string | null;
  /** Names it, the same after a restart. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Whether there are GPUs of other models, too. */
  readonly hasUnlike: boolean;
  readonly deviceFile: string | null;
  /** Null where it is not divided. */
  readonly instances: readonly MigDevice[] | null;
  readonly source: Source;
}

/** A GPU that gives no figure, and NVML's code for why. */
export interface SilentGpu {
  readonly name: string;
  readonly code: number;
}

export interface Listed {
  readonly gpus: readonly NvmlGpu[];
  readonly silent: readonly SilentGpu[];
}

/**
 * Asks for each GPU what it is and how it tells its energy.
 *
 * @param known sources of before, by id: a GPU that had a counter has it still
 * @throws NvmlError where not even their number is told
 */
export async function listGpus(api: NvmlApi, known: ReadonlyMap<string, Source>): Promise<Listed> {
  const count = Math.min(MOST_GPUS, await api.count());
  const gpus: Described[] = [];
  const silent: SilentGpu[] = [];
  for (let index = 0; index < count; index++) {
    const gpu = await describe(api, index, known);
    if ('code' in gpu) silent.push(gpu);
    else if (gpus.every(({ id }) => id !== gpu.id)) gpus.push(gpu);
  }
  const hasUnlike = new Set(gpus.map(({ model }) => model)).size > 1;
  return { gpus: gpus.map((gpu) => ({ ...gpu, hasUnlike })), silent };
}

type Described = Omit<NvmlGpu, 'hasUnlike'> & { readonly model: string };

async function describe(
  api: NvmlApi,
  index: number,
  known: ReadonlyMap<string, Source>,
): Promise<Described | SilentGpu> {
  let name = gpuName('', index);
  try {
    const handle = await api.handle(index);
    const model = await api.name(handle);
    name = gpuName(model, index);
    const uuid = uuidOf(await api.uuid(handle));
    const id = uuid ?? String(index);
    const source = known.get(id) ?? (await findSource(api, handle));
    const minor = await orNull(api.minor(handle));
    const deviceFile = minor === null ? null : `/dev/nvidia${minor}`;
    const instances = (await api.hasMig(handle)) ? await migDevices(api, handle) : null;
    return { handle, index, uuid, id, name, model, deviceFile, instances, source };
  } catch (error) {
    if (error instanceof NvmlError) return { name, code: error.code };
    throw error;
  }
}

/** @throws NvmlError where it tells neither energy nor power */
async function findSource(api: NvmlApi, handle: bigint): Promise<Source> {
  const millijoules = await orNull(api.energyMillijoules(handle));
  // a counter that stands at nothing does not count
  if (millijoules !== null && millijoules !== UNKNOWN_64 && millijoules > 0n) return 'counter';
  const milliwatts = await orNull(api.instantMilliwatts(handle));
  if (milliwatts !== null && milliwatts > 0 && milliwatts < MOST_MILLIWATTS) return 'instant';
  await api.powerMilliwatts(handle);
  return 'usual';
}

async function migDevices(api: NvmlApi, gpu: bigint): Promise<readonly MigDevice[]> {
  const devices: MigDevice[] = [];
  for (const handle of await api.migHandles(gpu))
    devices.push({ handle, uuid: uuidOf((await orNull(api.uuid(handle))) ?? '') });
  return devices;
}

/**
 * Reads its energy or power now; null where what it tells is no figure.
 *
 * @throws NvmlError where it does not answer
 */
export async function readGpu(api: NvmlApi, gpu: NvmlGpu, source: string): Promise<Reading | null> {
  const figure = gpu.source === 'counter' ? await readEnergy(api, gpu) : await readPower(api, gpu);
  if (!figure) return null;
  return {
    ...{ channel: `${source}/${gpu.id}`, component: 'gpu', device: gpu.name, source },
    ...{ quality: 'measured', uncertainty: UNCERTAINTY, timeSeconds: monotonicSeconds() },
    ...figure,
  };
}

async function readEnergy(api: NvmlApi, { handle }: NvmlGpu) {
  const millijoules = await api.energyMillijoules(handle);
  if (millijoules === UNKNOWN_64) return null;
  return { kind: 'counter', energyJoules: Number(millijoules) / 1e3, rangeJoules: null } as const;
}

async function readPower(api: NvmlApi, { handle, source }: NvmlGpu) {
  const milliwatts =
    source === 'instant' ? await api.instantMilliwatts(handle) : await api.powerMilliwatts(handle);
  return milliwatts < MOST_MILLIWATTS ? ({ kind: 'power', powerWatts: milliwatts / 1e3 } as const) : null;
}

/** What NVML tells, null where it does not. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NvmlError) return null;
    throw error;
  }
}
