import { t } from '../../language.ts';
import { componentsInUse } from '../sensors/assumptions.ts';
import type { ProbedSensor, Quality, Scope } from '../sensors/sensor.ts';
import { slotOf, type Slot } from '../sensors/slots.ts';
import { formatPercent } from './format.ts';

/** What a source does on this machine. */
export interface SensorUse extends ProbedSensor {
  /** What it serves: `cpu`, `gpu nvidia`. Empty where it is not in use. */
  readonly inUse: readonly Slot[];
  readonly state: 'in use' | 'ready, not used' | 'refused' | 'not on this machine';
  /** What its assumptions are of, where it is in use. */
  readonly scopes: readonly Scope[];
}

const SCOPE_NAMES: Readonly<Record<Scope, () => string>> = {
  cpu: () => t('processor'),
  dram: () => t('memory'),
  gpu: () => 'GPUs',
  machine: () => t('whole machine'),
};

const STATE_NAMES: Readonly<Record<SensorUse['state'], () => string>> = {
  'in use': () => t('in use'),
  'ready, not used': () => t('ready, not used'),
  refused: () => t('refused'),
  'not on this machine': () => t('not on this machine'),
};

/** Every sensor with what it does. @param chosen the source of each slot */
export function sensorUses(
  probed: readonly ProbedSensor[],
  chosen: ReadonlyMap<Slot, ProbedSensor>,
): readonly SensorUse[] {
  const served = componentsInUse(chosen);
  return probed.map((entry) => {
    const scopes = served.get(entry) ?? [];
    const inUse = [...new Set(scopes.map((scope) => slotOf(entry.sensor, scope)))];
    return { ...entry, inUse, scopes, state: stateOf(entry, inUse.length > 0) };
  });
}

function stateOf({ probe }: ProbedSensor, isInUse: boolean): SensorUse['state'] {
  switch (probe.state) {
    case 'ready':
      return isInUse ? 'in use' : 'ready, not used';
    case 'refused':
      return 'refused';
    case 'absent':
      return 'not on this machine';
  }
}

export function sensorColumns(): readonly string[] {
  return [t('Source'), t('State'), t('Measures'), t('Resolution'), t('Error')];
}

/** The cells of a sensor in the table of all, by `sensorColumns`; a dash where nothing is to be said. */
export function sensorCells({ sensor, probe, state, scopes }: SensorUse): readonly string[] {
  const named = (scopes.length > 0 ? scopes : probe.components).map((scope) => SCOPE_NAMES[scope]());
  return [
    sensor.title,
    STATE_NAMES[state](),
    named.length > 0 ? measuredText(named.join(', '), sensor.quality) : '–',
    probe.resolution ?? '–',
    probe.uncertainty === null ? '–' : `±${formatPercent(probe.uncertainty)}`,
  ];
}

function measuredText(names: string, quality: Quality): string {
  return quality === 'estimated' ? t('{0} (estimated)', names) : names;
}

/** What the sources in use assume: where something is measured, nothing is assumed of it. */
export function assumptionsOf({ probe, scopes }: SensorUse): readonly string[] {
  return probe.assumptions.filter(({ component }) => scopes.includes(component)).map(({ text }) => text);
}

/** `Not on this machine: A, B.` @param escape for a format with marks of its own @returns empty where there is none */
export function absentText(uses: readonly SensorUse[], escape = (title: string) => title): string {
  const titles = uses.filter(({ probe }) => probe.state === 'absent').map(({ sensor }) => sensor.title);
  return titles.length > 0 ? t('Not on this machine: {0}.', titles.map(escape).join(', ')) : '';
}
