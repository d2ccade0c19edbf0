import { absent, ready, refused } from './probe.ts';
import type { Probe } from './sensor.ts';

/** What a laptop's battery says of the machine: its power is the machine's only while it alone runs it. */
export type BatteryState = { readonly watts: number } | 'none' | 'mains' | 'silent';

/** @param more what is said of the battery where it measures */
export function batteryProbe(state: BatteryState, more: Pick<Probe, 'resolution' | 'uncertainty'>): Probe {
  if (state === 'none') return absent('No battery here.');
  if (state === 'silent')
    return refused('The battery runs the machine, but does not tell its power.', 'Try again in a minute.');
  if (state === 'mains')
    return refused(
      'The battery tells the machine’s power only while the machine runs on it: it is on mains now.',
      'To measure by the battery, unplug the power supply before the training starts.',
    );
  const message = 'Measures the whole machine by its battery, while it is unplugged.';
  return ready({ components: ['machine'], message, ...more });
}
