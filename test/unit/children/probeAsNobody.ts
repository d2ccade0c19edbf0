/** Prints what a user without rights is told about the RAPL tree below the given root. */
import { RaplSensor } from '../../../src/core/sensors/linux/rapl.ts';
import { becomeNobody } from './nobody.ts';

becomeNobody();
const sensor = new RaplSensor({ sysfs: process.argv[2] ?? '', procfs: '/proc' });
console.log(JSON.stringify(await sensor.probe()));
