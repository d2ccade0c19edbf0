import { overridesIn } from '../core/sensors/estimate/overrides.ts';
import type { HardwareOverrides } from '../core/sensors/sensor.ts';
import { UsageError } from './usage.ts';

/** What the user says of the hardware; it belongs to the machine, so it is in its environment. @throws UsageError */
export function hardwareIn(environment: NodeJS.ProcessEnv): HardwareOverrides {
  try {
    return overridesIn(environment);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
