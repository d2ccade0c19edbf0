export const JOULES_PER_KWH = 3.6e6;

/** Energy of the facility in kWh: PUE times the machine's (ISO/IEC 30134-2). */
export function facilityKwh(energyJoules: number, pue: number): number {
  return (energyJoules * pue) / JOULES_PER_KWH;
}

/** Grams of CO2 equivalent: energy of the facility times intensity. */
export function gramsOf(energyJoules: number, pue: number, gramsPerKwh: number): number {
  return facilityKwh(energyJoules, pue) * gramsPerKwh;
}

/** The intensity, gCO2e/kWh, by which energy comes to so many grams; null where there is no energy. */
export function meanIntensity(grams: number, energyJoules: number, pue: number): number | null {
  const kwh = facilityKwh(energyJoules, pue);
  return kwh > 0 ? grams / kwh : null;
}
