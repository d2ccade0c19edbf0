import { setTimeout as sleep } from 'node:timers/promises';
import type { Zone } from './powercap.ts';

/** Counters move every millisecond; in this time they surely have. */
const PAUSE_MILLIS = 60;

/** How often a pair is looked at: counters of different dies will not stand within a few millijoules each time. */
const LOOKS = 2;

/**
 * Finds zones that show another zone's counter once more. On processors of several dies the kernel names a zone for
 * each die, `package-0-die-0` and `package-0-die-1`, though some have one counter for the whole package: both zones
 * tell it, and added they would count it twice. Other processors have a counter for each die, so the names alone
 * decide nothing. A pair is one counter when the second, read between two readings of the first, stands between
 * them each time, and has moved in between.
 *
 * @param read tells a zone's counter in joules; throws where it cannot
 * @returns by each mirror the zone that it mirrors
 */
export async function findMirrors(
  zones: readonly Zone[],
  read: (zone: Zone) => Promise<number>,
): Promise<ReadonlyMap<Zone, Zone>> {
  const groups = new Map<string, Zone[]>();
  for (const zone of zones) {
    const die = /^(package-\d+)-die-\d+$/.exec(zone.parent);
    if (!die) continue;
    const key = `${die[1]} ${zone.name === zone.parent ? 'package' : zone.name}`;
    groups.set(key, [...(groups.get(key) ?? []), zone]);
  }
  const mirrors = new Map<Zone, Zone>();
  for (const [first, ...others] of groups.values()) {
    if (!first) continue;
    const outcomes = await Promise.all(
      others.map((other) => isMirror(first, other, read).catch(() => false)),
    );
    others.forEach((other, index) => outcomes[index] && mirrors.set(other, first));
  }
  return mirrors;
}

async function isMirror(first: Zone, other: Zone, read: (zone: Zone) => Promise<number>): Promise<boolean> {
  let startJoules: number | null = null;
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await sleep(PAUSE_MILLIS);
    const before = await read(first);
    const between = await read(other);
    const after = await read(first);
    if (!(before <= between && between <= after)) return false;
    startJoules ??= between;
    if (look === LOOKS - 1) return between !== startJoules;
  }
  return false;
}
