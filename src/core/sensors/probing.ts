import { t } from '../../language.ts';
import { within } from '../within.ts';
import { NO_OVERRIDES } from './estimate/overrides.ts';
import { refused } from './probe.ts';
import type { HardwareOverrides, Probe, ProbedSensor, Sensor, SensorContext } from './sensor.ts';

/** A sensor that has not said by then whether it is there is left out: 5 s. */
const PROBE_MILLIS = 5000;

/** Probes every sensor, all at once. */
export function probeSensors(sensors: readonly Sensor[]): Promise<readonly ProbedSensor[]> {
  return Promise.all(sensors.map(async (sensor) => ({ sensor, probe: await probeInTime(sensor) })));
}

async function probeInTime(sensor: Sensor): Promise<Probe> {
  const asked = Promise.resolve().then(() => sensor.probe());
  const found = asked.catch((error: unknown) => refused(t('It failed: {0}.', String(error)), null));
  const late = t('It did not answer within {0} s.', PROBE_MILLIS / 1000);
  return (await within(found, PROBE_MILLIS)) ?? refused(late, null);
}

/** The roots to look under: `/sys` and `/proc`, or what the two variables name. */
export function sensorRoots(
  environment: NodeJS.ProcessEnv,
  overrides: () => HardwareOverrides = () => NO_OVERRIDES,
): SensorContext {
  return {
    overrides,
    sysfs: environment.TRAINING_FOOTPRINT_SYSFS_ROOT || '/sys',
    procfs: environment.TRAINING_FOOTPRINT_PROCFS_ROOT || '/proc',
    environment,
  };
}
