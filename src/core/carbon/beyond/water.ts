import { JOULES_PER_KWH } from '../facility.ts';

/**
 * Water for cooling on site, in litres: the machine's energy in kWh times water usage effectiveness (ISO/IEC 30134-9:2022,
 * WUE category 1). Water for making the electricity is not in it.
 *
 * @param wue litres a kWh of the machines, by setting or of a cloud region
 */
export function waterLitres(energyJoules: number, wue: number): number {
  return (energyJoules / JOULES_PER_KWH) * wue;
}
