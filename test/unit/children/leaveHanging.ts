/** Asks a library that hangs, and ends with code 7 while it does. */
import { NvmlSensor } from '../../../src/core/sensors/nvidia/nvml.ts';

const sensor = new NvmlSensor({ sysfs: '/sys', procfs: '/proc', environment: process.env });
await sensor.probe();
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  void sensor.read();
  setImmediate(() => process.exit(7));
});
