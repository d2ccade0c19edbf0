import { ready, refused } from '../../../src/core/sensors/probe.ts';
import type { Probe, ProbedSensor, Quality } from '../../../src/core/sensors/sensor.ts';

function probed(id: string, quality: Quality, probe: Probe): ProbedSensor {
  const sensor = {
    id,
    title: `Title of ${id}`,
    quality,
    probe: () => Promise.resolve(probe),
    read: () => Promise.resolve([]),
  };
  return { sensor, probe };
}

/** A sensor that is refused, and an estimate. */
export const PROBED: readonly ProbedSensor[] = [
  probed('rapl', 'measured', refused('May not be *read*.', 'chmod\nit')),
  probed(
    'estimate',
    'estimated',
    ready({
      components: ['cpu', 'dram'],
      message: 'Estimates.',
      resolution: '10 ms',
      uncertainty: 0.5,
      assumptions: [{ component: 'cpu', text: '85 W assumed' }],
    }),
  ),
];
