import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { t } from '../../../language.ts';
import { findHwmon } from './hwmon.ts';
import type { Scope } from '../sensor.ts';
import { quickText, type KernelFiles } from './kernelFile.ts';

/** One supply line of a Jetson module. */
export interface Rail {
  /** Names it, the same after a restart: `1-0040/VDD_IN`. */
  readonly id: string;
  readonly label: string;
  readonly scope: Scope;
  /** Files whose product is the power, and what a product of 1 is in watts. */
  readonly files: readonly string[];
  readonly unitWatts: number;
}

/**
 * What feeds what, by the names in NVIDIA's Jetson Linux Developer Guide (Platform Power and Performance, power
 * monitor of each module). Lines that are not here feed neither: input and output, cameras, the rest of the chip.
 *
 * A line that feeds both CPU and GPU counts as the processor. The slot of the processor would otherwise be filled with
 * an estimate and so be counted twice; that of the GPU stays empty.
 */
const SCOPES: readonly (readonly [scope: Scope, labels: readonly string[]])[] = [
  ['machine', ['VDD_IN', 'POM_5V_IN']],
  ['gpu', ['GPU', 'VDD_GPU', 'VDD_SYS_GPU', 'POM_5V_GPU', 'VDD_GPU_SOC']],
  ['cpu', ['CPU', 'VDD_CPU', 'VDD_SYS_CPU', 'POM_5V_CPU', 'VDD_CPU_CV', 'VDD_CPU_SOC_MSS', 'VDD_CPU_GPU_CV']],
  ['dram', ['VDDRQ', 'VDD_SYS_DDR', 'VDDQ_VDD2_1V8AO']],
];

/** Of the INA3221's inputs 1 to 3 are lines; 4 to 7 are shunt voltages and sums (kernel, hwmon/ina3221.rst). */
const INPUTS = [1, 2, 3];

/** The module's lines that are known, by the kernel's own driver or by that of older Jetson releases. */
export async function findRails(sysfs: string): Promise<readonly Rail[]> {
  const rails = [...(await hwmonRails(sysfs)), ...(await oldRails(sysfs))];
  return rails.filter(({ id }, index) => rails.findIndex((rail) => rail.id === id) === index);
}

/** @throws Error where one of its files does not answer, or the power is below zero */
export async function railWatts(rail: Rail, files: KernelFiles): Promise<number> {
  const factors = await Promise.all(rail.files.map((file) => files.number(file)));
  const watts = factors.reduce((product, factor) => product * factor, rail.unitWatts);
  if (factors.some((factor) => factor < 0)) throw new Error(t('{0} is below zero', rail.label));
  return watts;
}

/** Voltage in millivolts and current in milliamperes. */
async function hwmonRails(sysfs: string): Promise<Rail[]> {
  const chips = (await findHwmon(sysfs, ['ina3221', 'ina3221x'])).map(({ id, folder }) => ({ id, folder }));
  for (const { id, folder } of await chipFolders(sysfs, ['ina3221', 'ina3221x'])) {
    const parent = path.join(folder, 'hwmon');
    for (const name of await readdir(parent).catch(() => []))
      if (name.startsWith('hwmon') && !chips.some((chip) => chip.id === id))
        chips.push({ id, folder: path.join(parent, name) });
  }
  return chips.flatMap(({ id, folder }) =>
    INPUTS.flatMap((input) => {
      const files = [path.join(folder, `in${input}_input`), path.join(folder, `curr${input}_input`)];
      return rail(id, quickText(path.join(folder, `in${input}_label`)), files, 1e-6);
    }),
  );
}

/** Until Jetson Linux 32 the driver was an IIO device with powers in milliwatts: `rail_name_0`, `in_power0_input`. */
async function oldRails(sysfs: string): Promise<Rail[]> {
  const rails: Rail[] = [];
  for (const { id, folder } of await chipFolders(sysfs, ['ina3221x', 'ina3221'])) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((entry) => /^iio[:_]device/.test(entry))) {
      const device = path.join(folder, name);
      for (const input of INPUTS.map((number) => number - 1)) {
        const label = quickText(path.join(device, `rail_name_${input}`));
        rails.push(...rail(id, label, [path.join(device, `in_power${input}_input`)], 1e-3));
      }
    }
  }
  return rails;
}

/** The chips by their addresses on the bus: `1-0040`. */
async function chipFolders(
  sysfs: string,
  drivers: readonly string[],
): Promise<{ id: string; folder: string }[]> {
  const chips: { id: string; folder: string }[] = [];
  for (const driver of drivers) {
    const root = path.join(sysfs, 'bus', 'i2c', 'drivers', driver);
    const names = (await readdir(root).catch(() => [])).filter((name) => /^\d+-[\da-f]{4}$/.test(name));
    chips.push(...names.sort().map((id) => ({ id, folder: path.join(root, id) })));
  }
  return chips;
}

/** Nothing for a line that is not connected (`NC`) or not known. */
function rail(chip: string, label: string | null, files: readonly string[], unitWatts: number): Rail[] {
  const scope = SCOPES.find(([, labels]) => labels.includes(label ?? ''))?.[0];
  return label !== null && scope ? [{ id: `${chip}/${label}`, label, scope, files, unitWatts }] : [];
}
