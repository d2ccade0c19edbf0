import type { ProbedSensor } from '../sensors/sensor.ts';

/** Every sensor as JSON, version 1: what it measures or why it cannot, and the fix. */
export function sensorsJson(sensors: readonly ProbedSensor[]) {
  return {
    schema: 'training-footprint/sensors',
    version: 1,
    sensors: sensors.map(({ sensor, probe }) => ({
      id: sensor.id,
      title: sensor.title,
      quality: sensor.quality,
      ...probe,
    })),
  };
}
