/** Prints what a user without rights is told by a sensor about the tree below the given root. */
import { allSensors } from '../../../src/core/sensors/index.ts';
import { becomeNobody } from './nobody.ts';

const [, , sysfs = '', id = 'rapl', procfs = '/proc', PATH = ''] = process.argv;
becomeNobody();
const sensor = allSensors({ sysfs, procfs, environment: { PATH } }).find((candidate) => candidate.id === id);
console.log(JSON.stringify(await sensor?.probe()));
