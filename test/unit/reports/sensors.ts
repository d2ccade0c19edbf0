import { absent, ready, refused } from '../../../src/core/sensors/probe.ts';
import type { GpuFamily, Probe, ProbedSensor, Quality } from '../../../src/core/sensors/sensor.ts';

function probed(id: string, quality: Quality, probe: Probe, gpuFamily?: GpuFamily): ProbedSensor {
  const sensor = {
    id,
    title: `Title of ${id}`,
    quality,
    ...(gpuFamily && { gpuFamily }),
    probe: () => Promise.resolve(probe),
    read: () => Promise.resolve([]),
  };
  return { sensor, probe };
}

/** A sensor that is refused, one in use, one that is not there, and two estimates of which one is in use. */
export const PROBED: readonly ProbedSensor[] = [
  probed('rapl', 'measured', refused('May not be *read*.', 'chmod\nit')),
  probed(
    'nvml',
    'measured',
    ready({ components: ['gpu'], message: 'Measures a card.', resolution: '1 mJ', uncertainty: 0.05 }),
    'nvidia',
  ),
  probed('ipmi', 'measured', absent('No controller here.')),
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
  probed(
    'second',
    'estimated',
    ready({
      components: ['cpu'],
      message: 'Estimates, too.',
      resolution: '1 s',
      uncertainty: 0.6,
      assumptions: [{ component: 'cpu', text: '90 W assumed' }],
    }),
  ),
];
