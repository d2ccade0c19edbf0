import { AcpiMeterSensor } from './linux/acpiMeter.ts';
import { AmdGpuSensor } from './linux/amdGpu.ts';
import { AppleBatterySensor } from './apple/battery.ts';
import { BatterySensor } from './linux/battery.ts';
import { EnergyMeterSensor } from './windows/energyMeter.ts';
import { EstimateSensor } from './estimate/estimate.ts';
import { GpuEstimateSensor } from './estimate/gpuEstimate.ts';
import { IntelGpuSensor } from './linux/intelGpu.ts';
import { IoReportSensor } from './apple/ioReport.ts';
import { IpmiSensor } from './linux/ipmi.ts';
import { JetsonSensor } from './linux/jetson.ts';
import { NO_OVERRIDES } from './estimate/overrides.ts';
import { NvmlSensor } from './nvidia/nvml.ts';
import { NvidiaSmiSensor } from './nvidia/smi.ts';
import { PowermetricsSensor } from './apple/powermetrics.ts';
import { refused } from './probe.ts';
import { RaplSensor } from './linux/rapl.ts';
import { RaplPerfSensor } from './linux/raplPerf.ts';
import type { HardwareOverrides, Probe, ProbedSensor, Sensor, SensorContext } from './sensor.ts';
import { WindowsBatterySensor } from './windows/battery.ts';

export { chooseSources } from './slots.ts';

/** Every sensor, best first. A new one is its file and its line here. */
export function allSensors(context: SensorContext): readonly Sensor[] {
  return [
    new RaplSensor(context),
    new RaplPerfSensor(context),
    new EnergyMeterSensor(context),
    new IoReportSensor(context),
    new PowermetricsSensor(context),
    new NvmlSensor(context),
    new NvidiaSmiSensor(context),
    new AmdGpuSensor(context),
    new IntelGpuSensor(context),
    new JetsonSensor(context),
    new AcpiMeterSensor(context),
    new IpmiSensor(context),
    new BatterySensor(context),
    new AppleBatterySensor(context),
    new WindowsBatterySensor(context),
    new GpuEstimateSensor(context),
    new EstimateSensor(context),
  ];
}

/** A sensor that has not said by then whether it is there is left out: 5 s. */
const PROBE_MILLIS = 5000;

/** Probes every sensor, all at once. */
export function probeSensors(sensors: readonly Sensor[]): Promise<readonly ProbedSensor[]> {
  return Promise.all(sensors.map(async (sensor) => ({ sensor, probe: await probeInTime(sensor) })));
}

async function probeInTime(sensor: Sensor): Promise<Probe> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Probe>((resolve) => {
    const tell = () => resolve(refused(`It did not answer within ${PROBE_MILLIS / 1000} s.`, null));
    timer = setTimeout(tell, PROBE_MILLIS);
  });
  const asked = Promise.resolve().then(() => sensor.probe());
  const found = asked.catch((error: unknown) => refused(`It failed: ${String(error)}.`, null));
  return Promise.race([found, late]).finally(() => clearTimeout(timer));
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
