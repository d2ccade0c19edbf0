import { readFile } from 'node:fs/promises';
import { t } from '../../../language.ts';
import type { HardwareOverrides } from '../sensor.ts';
import { ESTIMATE_UNCERTAINTY, TOLD_UNCERTAINTY } from './powerModel.ts';

/**
 * Memory power by installed size, watts per gigabyte
 * (Lannelongue, Grealey, Inouye, "Green Algorithms", Advanced Science 8, 2021).
 */
export const DRAM_WATTS_PER_GIGABYTE = 0.3725;

/**
 * The same for LPDDR, the memory of thin laptops. Engineering judgement: a third of the above, as it runs at a lower
 * voltage and switches itself down between accesses.
 */
export const LPDDR_WATTS_PER_GIGABYTE = 0.12;

/** Power of a memory module whatever its size: CodeCarbon's methodology from version 3 on. */
export const WATTS_PER_MODULE = 5;

/** Which memory is installed. */
export interface Modules {
  /** Modules that hold memory. */
  readonly count: number;
  /** Whether all of it is LPDDR. */
  readonly isLowPower: boolean;
}

export interface MemoryPower {
  readonly watts: number;
  readonly uncertainty: number;
  /** Where it comes from, for people. */
  readonly basis: string;
}

/** Power of the memory, by the best that is known. @param modules null where they cannot be seen */
export function memoryPower(
  gigabytes: number,
  modules: Modules | null,
  told: HardwareOverrides,
): MemoryPower {
  const size = `${gigabytes.toFixed(1)} GB`;
  const bySize = (each: number, source: string) => t('{0} at {1} W/GB ({2})', size, each, source);
  if (told.dramWattsPerGigabyte !== null) {
    const each = told.dramWattsPerGigabyte;
    return { watts: gigabytes * each, uncertainty: TOLD_UNCERTAINTY, basis: bySize(each, t('your setting')) };
  }
  const uncertainty = ESTIMATE_UNCERTAINTY;
  if (modules?.isLowPower) {
    const each = LPDDR_WATTS_PER_GIGABYTE;
    return { watts: gigabytes * each, uncertainty, basis: bySize(each, t('LPDDR, our judgement')) };
  }
  if (modules) {
    const { count } = modules;
    const basis =
      count === 1
        ? t('{0} in 1 module at {1} W each (CodeCarbon)', size, WATTS_PER_MODULE)
        : t('{0} in {1} modules at {2} W each (CodeCarbon)', size, count, WATTS_PER_MODULE);
    return { watts: count * WATTS_PER_MODULE, uncertainty, basis };
  }
  const each = DRAM_WATTS_PER_GIGABYTE;
  return { watts: gigabytes * each, uncertainty, basis: bySize(each, 'Green Algorithms, 2021') };
}

/**
 * Where udev keeps what the firmware tells of the memory (SMBIOS type 17), for everyone to read: the properties
 * `MEMORY_DEVICE_n_SIZE` and `_TYPE` of systemd's `dmi_memory_id`, from version 248 on.
 */
const UDEV_FILE = '/run/udev/data/+dmi:id';

const SIZES = /^E:MEMORY_DEVICE_(\d+)_SIZE=(\d+)$/gm;
const TYPES = /^E:MEMORY_DEVICE_(\d+)_TYPE=(.*)$/gm;

/** The memory modules, as far as they are told without a privilege; null where they are not. */
export async function readModules(
  { platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'> = process,
  udevFile = UDEV_FILE,
): Promise<Modules | null> {
  try {
    if (platform === 'linux') return modulesIn(await readFile(udevFile, 'utf8'));
    if (platform === 'win32') return await modulesByLibrary();
    // every Mac with a processor of Apple has it (Apple's technical specifications)
    return platform === 'darwin' && arch === 'arm64' ? { count: 1, isLowPower: true } : null;
  } catch {
    return null;
  }
}

function modulesIn(text: string): Modules | null {
  const types = new Map([...text.matchAll(TYPES)].map(([, slot, type = '']) => [slot, type]));
  const filled = [...text.matchAll(SIZES)].filter(([, , bytes]) => Number(bytes) > 0);
  return modulesOf(filled.map(([, slot]) => types.get(slot) ?? ''));
}

async function modulesByLibrary(): Promise<Modules | null> {
  const { memLayout } = await import('systeminformation');
  const filled = (await memLayout()).filter(({ size, type }) => size > 0 && type !== 'Empty' && type !== '');
  return modulesOf(filled.map(({ type }) => type));
}

/** @param types of the modules that hold memory: `DDR5`, `LPDDR4` */
function modulesOf(types: readonly string[]): Modules | null {
  const isLowPower = types.every((type) => type.startsWith('LPDDR'));
  return types.length > 0 ? { count: types.length, isLowPower } : null;
}
