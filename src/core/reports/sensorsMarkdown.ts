import { t } from '../../language.ts';
import type { ProbedSensor } from '../sensors/sensor.ts';
import { codeBlock, escapeMarkdown, list, table } from './markdown.ts';
import {
  absentText,
  assumptionsOf,
  sensorCells,
  sensorColumns,
  sensorUses,
  type SensorUse,
} from './sensorUse.ts';

/** The report of *Check Power Sensors*. @param chosen the source of each slot, see `slots.ts` */
export function sensorsReport(
  sensors: readonly ProbedSensor[],
  chosen: ReadonlyMap<string, ProbedSensor>,
): string {
  const uses = sensorUses(sensors, chosen);
  const present = uses.filter(({ probe }) => probe.state !== 'absent');
  const rows = present.map((use) => sensorCells(use).map(escapeMarkdown));
  const sections = [
    `# ${t('Power sensors of this machine')}`,
    table(sensorColumns(), rows),
    ...present.filter(({ probe }) => probe.state === 'refused').map(refusedSection),
    list(
      `## ${t('What each tells')}`,
      present.filter(({ probe }) => probe.state === 'ready').map(messageLine),
    ),
    list(`## ${t('What the estimates in use assume')}`, uses.flatMap(assumptionsOf)),
    absentText(uses, escapeMarkdown),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

function refusedSection({ sensor, probe }: SensorUse): string {
  return [
    `## ${t('{0}: refused', escapeMarkdown(sensor.title))}`,
    escapeMarkdown(probe.message),
    probe.fix ? codeBlock(probe.fix, 'text') : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function messageLine({ sensor, probe }: SensorUse): string {
  return `${sensor.title}: ${probe.message}`;
}
