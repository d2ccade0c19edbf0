/** The unit of a whole chart, chosen by its greatest value: axis and readouts then agree. */
export interface Unit {
  /** What one of the unit is in the base unit. */
  readonly size: number;
  readonly name: string;
}

const ENERGY_UNITS: readonly Unit[] = [
  { size: 1e6, name: 'MWh' },
  { size: 1e3, name: 'kWh' },
  { size: 1, name: 'Wh' },
  { size: 1e-3, name: 'mWh' },
];

const POWER_UNITS: readonly Unit[] = [
  { size: 1e3, name: 'kW' },
  { size: 1, name: 'W' },
  { size: 1e-3, name: 'mW' },
];

const MASS_UNITS: readonly Unit[] = [
  { size: 1e6, name: 't' },
  { size: 1e3, name: 'kg' },
  { size: 1, name: 'g' },
  { size: 1e-3, name: 'mg' },
];

/** For the axis of `greatest` watt-hours. */
export function energyUnit(greatest: number): Unit {
  return fitting(ENERGY_UNITS, greatest);
}

/** For the axis of `greatest` watts. */
export function powerUnit(greatest: number): Unit {
  return fitting(POWER_UNITS, greatest);
}

/** For the axis of `greatest` grams. */
export function massUnit(greatest: number): Unit {
  return fitting(MASS_UNITS, greatest);
}

/** `12.4 Wh`; a dash where nothing is known. */
export function readout(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return '–';
  const scaled = value / unit.size;
  const digits = Math.abs(scaled) >= 99.95 ? 0 : Math.abs(scaled) >= 9.995 ? 1 : 2;
  return `${scaled === 0 ? '0' : scaled.toFixed(digits)} ${unit.name}`;
}

export function tick(value: number, unit: Unit): string {
  return `${Number((value / unit.size).toPrecision(6))} ${unit.name}`.trim();
}

/** `2:03`, from an hour on `1:02:03`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, two(whole % 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

function fitting(units: readonly Unit[], greatest: number): Unit {
  const smallest: Unit = units.at(-1) ?? { size: 1, name: '' };
  return units.find((unit) => greatest >= unit.size) ?? smallest;
}
