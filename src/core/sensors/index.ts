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
import { NvmlSensor } from './nvidia/nvml.ts';
import { NvidiaSmiSensor } from './nvidia/smi.ts';
import { PowermetricsSensor } from './apple/powermetrics.ts';
import { RaplSensor } from './linux/rapl.ts';
import { RaplPerfSensor } from './linux/raplPerf.ts';
import type { Sensor, SensorContext } from './sensor.ts';
import { WindowsBatterySensor } from './windows/battery.ts';

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
