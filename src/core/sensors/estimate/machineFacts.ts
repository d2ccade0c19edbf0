import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { t } from '../../../language.ts';
import { tdpWatts } from './cpuTable.ts';
import { readModules, type Modules } from './memory.ts';
import type { CpuFacts } from './powerModel.ts';

/** What the estimate needs to know of a machine and does not change while it is on. */
export interface MachineFacts extends Omit<CpuFacts, 'limitWatts'> {
  readonly cpuName: string;
  readonly memoryGigabytes: number;
  readonly modules: Modules | null;
}

/** On Windows a program has to be asked; a sensor has 5 s to say whether it is there. */
const MODULES_MILLIS = 2500;

/** Asks once; takes up to some seconds on Windows. */
export async function readMachineFacts(): Promise<MachineFacts> {
  const { cpu: readCpu, system: readSystem } = await import('systeminformation');
  const [cpu, system, modules] = await Promise.all([readCpu(), readSystem(), modulesInTime()]);
  const cpuName = `${cpu.manufacturer} ${cpu.brand}`.trim() || t('unknown model');
  const isVirtual = system.virtual || / hypervisor /.test(` ${cpu.flags} `);
  return {
    cpuName,
    isVirtual,
    threads: os.cpus().length,
    packages: Math.max(1, cpu.processors),
    tdpWatts: tdpWatts(cpuName),
    memoryGigabytes: os.totalmem() / 1e9,
    modules: isVirtual ? null : modules, // a virtual machine's are made up
  };
}

function modulesInTime(): Promise<Modules | null> {
  return Promise.race([readModules(), delay(MODULES_MILLIS, null, { ref: false })]);
}
