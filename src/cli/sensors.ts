import { parseArgs } from 'node:util';
import { sensorsJson } from '../core/reports/sensorsJson.ts';
import { textSensors } from '../core/reports/text.ts';
import { allSensors, probeSensors, sensorRoots } from '../core/sensors/index.ts';
import type { CliCommand } from './usage.ts';

export const sensors: CliCommand = {
  name: 'sensors',
  usage: 'sensors [--json]',
  summary: 'What measures power here, or why it cannot and the fix.',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } });
    const probed = await probeSensors(allSensors(sensorRoots(process.env)));
    process.stdout.write(
      values.json ? `${JSON.stringify(sensorsJson(probed), null, 2)}\n` : textSensors(probed),
    );
    return 0;
  },
};
