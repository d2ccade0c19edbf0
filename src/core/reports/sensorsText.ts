import type { ProbedSensor } from '../sensors/sensor.ts';
import { columns } from './columns.ts';
import { absentText, assumptionsOf, sensorCells, sensorColumns, sensorUses } from './sensorUse.ts';

/** The report of `training-footprint sensors`. @param chosen the source of each slot, see `slots.ts` */
export function textSensors(
  sensors: readonly ProbedSensor[],
  chosen: ReadonlyMap<string, ProbedSensor>,
): string {
  const uses = sensorUses(sensors, chosen);
  const present = uses.filter(({ probe }) => probe.state !== 'absent');
  const refused = present.filter(({ probe }) => probe.state === 'refused');
  const ready = present.filter(({ probe }) => probe.state === 'ready');
  const tell = ready.map(({ sensor, probe }) => `${sensor.title}: ${probe.message}`);
  const blocks = [
    columns([sensorColumns().map((name) => name.toLowerCase()), ...present.map(sensorCells)]),
    ...refused.map(({ sensor, probe }) =>
      [`${sensor.title}: refused`, `  ${probe.message}`, ...indented(probe.fix)].join('\n'),
    ),
    section('What each tells:', tell),
    section('What the estimates in use assume:', uses.flatMap(assumptionsOf)),
    absentText(uses),
  ];
  return `${blocks
    .filter(Boolean)
    .map((block) => block.trimEnd())
    .join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)].join('\n') : '';
}

function indented(fix: string | null): readonly string[] {
  return fix === null ? [] : ['', ...fix.split('\n').map((line) => `  ${line}`)];
}
