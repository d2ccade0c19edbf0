import { t } from '../../language.ts';
import { absent, ready, refused } from './probe.ts';
import type { Probe } from './sensor.ts';

/** What a laptop's battery says of the machine: its power is the machine's only while it alone runs it. */
export type BatteryState = { readonly watts: number } | 'none' | 'mains' | 'silent';

/** @param more what is said of the battery where it measures */
export function batteryProbe(state: BatteryState, more: Pick<Probe, 'resolution' | 'uncertainty'>): Probe {
  if (state === 'none') return absent(t('No battery here.'));
  if (state === 'silent')
    return refused(
      t('The battery runs the machine, but does not tell its power.'),
      t('Try again in a minute.'),
    );
  if (state === 'mains')
    return refused(
      t(
        'The battery tells the machine’s power only while the machine runs on it: {0}.',
        t('it is on mains now'),
      ),
      t('To measure by the battery, unplug the power supply before the training starts.'),
    );
  const message = t('Measures the whole machine by its battery, while it is unplugged.');
  return ready({ components: ['machine'], message, ...more });
}
