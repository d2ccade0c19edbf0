import type { Probe, ProbedSensor, Quality } from '../sensors/sensor.ts';
import type { Slot } from '../sensors/slots.ts';
import { sensorUses } from './sensorUse.ts';

/**
 * One sensor as JSON. What the fields of a probe mean says `Probe` in sensors/sensor.ts: state, components, message,
 * fix, resolution, uncertainty (0.05 for ±5 %), assumptions.
 */
export interface SensorJson extends Probe {
  readonly id: string;
  readonly title: string;
  readonly quality: Quality;
  /**
   * What it serves: `cpu`, `dram`, `machine`, and GPUs by family, `gpu nvidia`. Each is served by one sensor, the best
   * that is ready. Empty where it is not in use.
   */
  readonly inUse: readonly Slot[];
}

/**
 * Every sensor as JSON, version 1, best first: what it measures or why it cannot, and the fix. Fields may be added
 * within a version; none changes its meaning.
 */
export interface SensorsJson {
  readonly schema: 'training-footprint/sensors';
  readonly version: 1;
  readonly sensors: readonly SensorJson[];
}

/** @param chosen the source of each slot, see `slots.ts` */
export function sensorsJson(
  sensors: readonly ProbedSensor[],
  chosen: ReadonlyMap<Slot, ProbedSensor>,
): SensorsJson {
  return {
    schema: 'training-footprint/sensors',
    version: 1,
    sensors: sensorUses(sensors, chosen).map(({ sensor, probe, inUse }) => ({
      ...{ id: sensor.id, title: sensor.title, quality: sensor.quality, inUse },
      ...probe,
    })),
  };
}
