import type { DeviceUse } from '../sensor.ts';

/** One channel of IOReport's group "Energy Model": a counter in the unit of its label. */
export interface EnergyChannel {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
}

/** What a component of the chip has used since its counter began. */
export interface PartEnergy {
  readonly component: 'cpu' | 'gpu' | 'dram';
  readonly device: string;
  readonly energyJoules: number;
}

/** The names by which both of Apple's sensors know the devices of a chip. */
export const APPLE_DEVICES = {
  cpu: 'package-0',
  dram: 'package-0',
  gpu: 'Apple GPU',
  engine: 'Apple Neural Engine',
} as const;

/**
 * Engineering judgement: Apple's figures come from a model in the chip and are published without an error, and `man
 * powermetrics`, which shows the same, warns against comparing devices by them.
 */
export const APPLE_UNCERTAINTY = 0.1;

/** macOS tells nobody which process uses the GPU. */
export const UNKNOWN_USE: DeviceUse = {
  ...{ index: null, uuid: null, busyShare: null, processes: null, drmDevice: null },
};

interface Part extends Pick<PartEnergy, 'component' | 'device'> {
  /** Names of the channels that make it up together; the first form that the chip has, for others tell the same again. */
  readonly names: readonly RegExp[];
}

/**
 * The group has hundreds of channels, of cores within clusters within the chip, so only those of whole components are
 * taken. IOReport is not documented by Apple. The names are those that macmon (src/metrics.rs), zeus-apple-silicon
 * (apple_energy.hpp) and all-smi's list of an M1 Ultra (its pull request 424) tell of: one `CPU Energy`, or one for
 * each die of an Ultra; `GPU Energy`, beside which older chips have a coarser `GPU` or `GPU0_0`; `ANE`, `ANE0`,
 * `ANE0_1`; `DRAM`, `DRAM0`, `DRAM0_1`. The Neural Engine is an accelerator, so it counts as a GPU, and as a device of
 * its own, since it does not belong to the GPU's energy. `GPU SRAM`, the memory controllers and the rest are left out:
 * whether they are inside of others is not known.
 */
const PARTS: readonly Part[] = [
  { component: 'cpu', device: APPLE_DEVICES.cpu, names: [/^CPU Energy$/, /^DIE_\d+_CPU Energy$/] },
  {
    component: 'gpu',
    device: APPLE_DEVICES.gpu,
    names: [/^GPU Energy$/, /^DIE_\d+_GPU Energy$/, /^GPU\d*(_\d+)?$/],
  },
  { component: 'gpu', device: APPLE_DEVICES.engine, names: [/^ANE\d*(_\d+)?$/] },
  { component: 'dram', device: APPLE_DEVICES.dram, names: [/^DRAM\d*(_\d+)?$/] },
];

/** Units differ from channel to channel on one chip: `CPU Energy` in mJ, `GPU Energy` in nJ. */
const JOULES_BY_UNIT: Readonly<Record<string, number>> = {
  nJ: 1e-9,
  uJ: 1e-6,
  µJ: 1e-6,
  mJ: 1e-3,
  J: 1,
};

/** Whether a channel may be needed; saves asking for the others. */
export function isPartOfEnergy(name: string): boolean {
  return PARTS.some(({ names }) => names.some((form) => form.test(name)));
}

/** Adds up the channels. A component of which one channel tells nothing sensible is left out: the rest is not all. */
export function energyOfParts(channels: readonly EnergyChannel[]): readonly PartEnergy[] {
  return PARTS.flatMap(({ component, device, names }) => {
    const form = names.find((name) => channels.some((channel) => name.test(channel.name)));
    if (!form) return [];
    const joules = channels.filter(({ name }) => form.test(name)).map(joulesOf);
    const energyJoules = joules.reduce((sum, value) => sum + value, 0);
    return energyJoules >= 0 && joules.every((value) => value >= 0)
      ? [{ component, device, energyJoules }]
      : [];
  });
}

/** NaN where the unit is not known. */
function joulesOf({ unit, value }: EnergyChannel): number {
  return value * (JOULES_BY_UNIT[unit.trim()] ?? NaN);
}
