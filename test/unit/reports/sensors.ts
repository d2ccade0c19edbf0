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
  probed('rapl', 'measured', {
    state: 'refused',
    components: [],
    message: 'May not be *read*.',
    fix: 'chmod\nit',
    assumptions: [],
  }),
  probed('estimate', 'estimated', {
    state: 'ready',
    components: ['cpu', 'dram'],
    message: 'Estimates.',
    fix: null,
    assumptions: ['85 W assumed'],
  }),
];
