import type { BatteryState } from '../batteryProbe.ts';

/** The size of `SYSTEM_BATTERY_STATE` (winnt.h). */
export const STATE_BYTES = 32;

/**
 * Takes apart a `SYSTEM_BATTERY_STATE` (Microsoft, winnt.h): four booleans of a byte each, AcOnLine, BatteryPresent,
 * Charging and Discharging; four bytes of no interest; then 32 bits each: two capacities and, at 16, the rate in
 * milliwatts, negative while the battery gives. "Some batteries report only discharging rates", so the sign is not
 * relied upon. The highest negative number is no rate (BATTERY_UNKNOWN_RATE, poclass.h), nor is 0 while it gives.
 */
export function batteryState(buffer: Buffer): BatteryState {
  const [isOnMains, isThere, isCharging, isDischarging] = [...buffer.subarray(0, 4)].map(
    (byte) => byte !== 0,
  );
  if (buffer.length < STATE_BYTES || !isThere) return 'none';
  if (isOnMains || isCharging || !isDischarging) return 'mains';
  const milliwatts = buffer.readInt32LE(16);
  return milliwatts === 0 || milliwatts === -(2 ** 31) ? 'silent' : { watts: Math.abs(milliwatts) / 1000 };
}
