import type { SysfsTree } from '../../../hardware/sysfsTree.ts';
import { Meter, type MeterInterval } from '../../../../src/core/metering/meter.ts';
import type { Reading, Sensor, SensorContext } from '../../../../src/core/sensors/sensor.ts';

/** Where a sensor looks on the simulated machine. */
export function contextOf(tree: SysfsTree, environment: NodeJS.ProcessEnv = {}): SensorContext {
  return { sysfs: tree.root, procfs: '/proc', environment };
}

/** What a meter makes of a sensor that is read at these seconds of the tree's traces: the clock is ours. */
export async function follow(
  sensor: Sensor,
  tree: SysfsTree,
  times: readonly number[],
): Promise<(MeterInterval | null)[]> {
  const meter = new Meter();
  const samples: (MeterInterval | null)[] = [];
  for (const second of times) {
    tree.set(second);
    const readings = await sensor.read();
    samples.push(meter.add(readings.map((reading) => ({ ...reading, timeSeconds: 1000 + second }))));
  }
  return samples;
}

/** Every `step` seconds. */
export function regular(from: number, to: number, step: number): number[] {
  const count = Math.round((to - from) / step);
  return Array.from({ length: count + 1 }, (_, index) => from + index * step);
}

/** One random moment in each slot, as `SensorReader` chooses them; the same ones each time. */
export function scattered(from: number, to: number, slot: number): number[] {
  let state = 12345;
  const random = () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  const slots = Math.round((to - from) / slot) - 1;
  return [from, ...Array.from({ length: slots }, (_, index) => from + (index + random()) * slot), to];
}

/** Powers by device, or joules where it is a counter. */
export function figures(readings: readonly Reading[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    readings.map((reading) => [
      reading.device,
      reading.kind === 'power' ? reading.powerWatts : reading.energyJoules,
    ]),
  );
}

/** Reads until it is as expected; what is waited for comes by itself. */
export async function readUntil(
  sensor: Sensor,
  isSo: (readings: readonly Reading[]) => boolean,
): Promise<readonly Reading[]> {
  for (;;) {
    const readings = await sensor.read();
    if (isSo(readings)) return readings;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
