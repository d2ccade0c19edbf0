import type { RawItem } from './pdhItems.ts';

/** One rail of the energy meter that is counted. */
export interface MeterChannel {
  readonly instance: string;
  readonly component: 'cpu' | 'dram';
  readonly device: string;
}

/** 1 pWh, the unit of EMI's energies (Microsoft, "Energy Metering Interface", EMI_CHANNEL_MEASUREMENT_DATA). */
export const JOULES_PER_PICOWATT_HOUR = 3.6e-9;

/**
 * As Windows 11 names the rails of processors by Intel and AMD. Others are inside of these, cores (`_PP0`, `_CORE`) and
 * graphics (`_PP1`), or their sum or nothing (`_Total`). PDH tells a name that comes again with a number: `#1`.
 */
const RAIL = /^RAPL_Package(\d{1,3})_(PKG|DRAM)(#\d{1,3})?$/i;

/** Two counters of different sockets do not agree to so many digits. Engineering judgement; codecarbon has the same. */
const MIRROR = 1e-6;

/**
 * Which rails are counted. A rail that never counted anything is one that the processor does not have. On AMD processors
 * of several dies each die shows the package's one counter, which must count once.
 */
export function meterChannels(items: readonly RawItem[]): readonly MeterChannel[] {
  const packages: number[] = [];
  return items.flatMap(({ instance, value }) => {
    const [, number, rail] = RAIL.exec(instance) ?? [];
    if (number === undefined || !(value > 0)) return [];
    const component = rail?.toUpperCase() === 'DRAM' ? 'dram' : 'cpu';
    if (component === 'cpu') {
      if (packages.some((other) => Math.abs(other - value) <= MIRROR * Math.max(other, value))) return [];
      packages.push(value);
    }
    return [{ instance, component, device: `package-${Number(number)}` }];
  });
}
