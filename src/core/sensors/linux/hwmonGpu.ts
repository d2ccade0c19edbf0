import path from 'node:path';
import { t } from '../../../language.ts';
import { firstThere, pciAddress, type HwmonDevice } from './hwmon.ts';
import { codeOf, quickText } from './kernelFile.ts';

/** A graphics card with a hwmon device. */
export interface HwmonGpu {
  /** Names it, the same after a restart: its PCI address. */
  readonly id: string;
  readonly pci: string | null;
  readonly driver: string;
  /** For people. */
  readonly name: string;
  /** Folder of the PCI device. */
  readonly device: string | null;
  /** Folder of its power values. */
  readonly folder: string;
}

/** @param vendor for a card that does not tell its own name */
export function gpusOf(found: readonly HwmonDevice[], vendor: string): readonly HwmonGpu[] {
  const names = found.map(({ device }) => modelName(device, vendor));
  return found.map(({ id, name: driver, device, folder }, index) => {
    const name = names[index] ?? vendor;
    const isOne = names.filter((other) => other === name).length === 1;
    return { id, pci: pciAddress(id), driver, name: isOne ? name : `${name} (${id})`, device, folder };
  });
}

/** `product_name` is there for boards that carry their name (kernel documentation, gpu/amdgpu/driver-misc.rst). */
function modelName(device: string | null, vendor: string): string {
  if (device === null) return `${vendor} GPU`;
  const product = quickText(path.join(device, 'product_name')) ?? '';
  if (/^[\w .,()+/-]{3,60}$/.test(product)) return product;
  const number = /^0x([\da-f]{4})$/.exec(quickText(path.join(device, 'device')) ?? '')?.[1];
  return number ? `${vendor} GPU ${number}` : `${vendor} GPU`;
}

/**
 * Whether the card is switched off while nobody uses it (kernel documentation, power/runtime_pm.rst). The kernel
 * tells this from its own memory; asking for the power would wake the card. So a sleeping card is not read at all and
 * has no figure while it sleeps: nobody measures it then, and a zero would be invented.
 */
export function isAsleep({ device }: HwmonGpu): boolean {
  if (device === null) return false;
  const status = quickText(path.join(device, 'power', 'runtime_status'));
  return status === 'suspended' || status === 'suspending';
}

/** Instinct MI300A, the one processor with built-in GPU that has no northbridge voltage in hwmon. */
const MI300A = '0x74a0';

/**
 * Whether an AMD GPU is a part of the processor. Such a one is known by `in1_input`, the northbridge's voltage, which the
 * driver shows for these only (amdgpu_pm.c: "only APUs have vddnb").
 */
export function isApu({ folder, device }: Pick<HwmonGpu, 'folder' | 'device'>): boolean {
  return (
    firstThere([folder], ['in1_input']) !== null || quickText(path.join(device ?? '', 'device')) === MI300A
  );
}

/** Which cards answer, or are asleep and may answer later, and which do not, each with the system's code. */
export interface Answers<T> {
  readonly good: readonly T[];
  readonly silent: readonly { readonly gpu: T; readonly code: string }[];
}

export async function ask<T extends HwmonGpu>(
  gpus: readonly T[],
  read: (gpu: T) => Promise<unknown>,
): Promise<Answers<T>> {
  const codes = await Promise.all(
    gpus.map((gpu) => (isAsleep(gpu) ? null : read(gpu).then(() => null, codeOf))),
  );
  return {
    good: gpus.filter((_, index) => codes[index] === null),
    silent: gpus.flatMap((gpu, index) => (codes[index] ? [{ gpu, code: codes[index] }] : [])),
  };
}

/** Sentences on the cards that give no figure now. */
export function exceptions({ good, silent }: Answers<HwmonGpu>): string[] {
  const sleeping = good.filter(isAsleep);
  return [
    ...(sleeping.length > 0
      ? [t('Switched off while nobody uses it, and left so: {0}.', list(sleeping))]
      : []),
    ...silent.map(({ gpu, code }) => t('Without {0}, which does not answer ({1}).', gpu.name, code)),
  ];
}

/** `card A, card B` */
export function list(gpus: readonly HwmonGpu[]): string {
  return gpus.map(({ name }) => name).join(', ');
}
