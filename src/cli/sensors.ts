import { parseArgs } from 'node:util';
import { sensorsJson } from '../core/reports/sensorsJson.ts';
import { textSensors } from '../core/reports/sensorsText.ts';
import { allSensors } from '../core/sensors/index.ts';
import { probeSensors, sensorRoots } from '../core/sensors/probing.ts';
import { chooseSources } from '../core/sensors/slots.ts';
import { hardwareIn } from './hardware.ts';
import type { CliCommand } from './usage.ts';

export const sensors: CliCommand = {
  name: 'sensors',
  usage: 'sensors [--json]',
  summary: 'What measures power here, or why it cannot and the fix.',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } });
    const hardware = hardwareIn(process.env);
    const probed = await probeSensors(allSensors(sensorRoots(process.env, () => hardware)));
    const chosen = chooseSources(probed);
    process.stdout.write(
      values.json ? `${JSON.stringify(sensorsJson(probed, chosen), null, 2)}\n` : textSensors(probed, chosen),
    );
    return 0;
  },
};
