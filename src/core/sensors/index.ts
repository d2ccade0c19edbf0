import { EstimateSensor } from './estimate.ts';
import { RaplSensor } from './rapl.ts';
import type { Component, ProbedSensor, Sensor, SensorRoots } from './sensor.ts';

/** Every sensor, best first. A new one is its file and its line here. */
export function allSensors(roots: SensorRoots): readonly Sensor[] {
  return [new RaplSensor(roots), new EstimateSensor()];
}

/** Probes every sensor, all at once. */
export function probeSensors(sensors: readonly Sensor[]): Promise<readonly ProbedSensor[]> {
  return Promise.all(sensors.map(async (sensor) => ({ sensor, probe: await sensor.probe() })));
}

/** The first ready sensor of the list for each component, so that nothing is counted twice. */
export function chooseSources(probed: readonly ProbedSensor[]): ReadonlyMap<Component, ProbedSensor> {
  const chosen = new Map<Component, ProbedSensor>();
  for (const entry of probed) {
    if (entry.probe.state !== 'ready') continue;
    for (const component of entry.probe.components) {
      if (!chosen.has(component)) chosen.set(component, entry);
    }
  }
  return chosen;
}

/** The roots to look under: `/sys` and `/proc`, or what the two variables name. */
export function sensorRoots(environment: NodeJS.ProcessEnv): SensorRoots {
  return {
    sysfs: environment.TRAINING_FOOTPRINT_SYSFS_ROOT || '/sys',
    procfs: environment.TRAINING_FOOTPRINT_PROCFS_ROOT || '/proc',
  };
}
