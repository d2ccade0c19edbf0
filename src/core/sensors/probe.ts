import type { Probe } from './sensor.ts';

/** A sensor that works. */
export function ready(
  found: Pick<Probe, 'components' | 'message' | 'resolution' | 'uncertainty'> & Partial<Probe>,
): Probe {
  return { state: 'ready', fix: null, assumptions: [], ...found };
}

/** A sensor that this machine does not have. */
export function absent(message: string): Probe {
  return unusable('absent', message, null);
}

/** A sensor that is there but does not answer. */
export function refused(message: string, fix: string | null): Probe {
  return unusable('refused', message, fix);
}

function unusable(state: 'absent' | 'refused', message: string, fix: string | null): Probe {
  return { state, components: [], message, fix, resolution: null, uncertainty: null, assumptions: [] };
}
