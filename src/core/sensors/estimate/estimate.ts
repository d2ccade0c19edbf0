import os from 'node:os';
import { monotonicSeconds } from '../../metering/clock.ts';
import { tdpWatts } from './cpuTable.ts';
import { cpuPower, DRAM_WATTS_PER_GIGABYTE, ESTIMATE_UNCERTAINTY, type CpuPower } from './powerModel.ts';
import { ready } from '../probe.ts';
import type { CounterReading, Probe, Scope, Sensor } from '../sensor.ts';

interface Model {
  readonly cpu: CpuPower;
  readonly dramWatts: number;
  readonly cpuName: string;
  readonly memoryGigabytes: number;
}

/**
 * For machines without a power sensor: processor power between idle and full by its load, memory by its size.
 *
 * The power curve is linear in the load, so the energy since boot follows from the processor times since boot. That
 * makes the estimate a counter like any other: exact over any interval, and nothing is lost while nobody reads it.
 */
export class EstimateSensor implements Sensor {
  readonly id = 'estimate';
  readonly title = 'Estimate from load and hardware model';
  readonly quality = 'estimated';
  #model: Model | null = null;

  async probe(): Promise<Probe> {
    this.#model ??= await modelThisMachine();
    const { cpu, dramWatts, cpuName, memoryGigabytes } = this.#model;
    return ready({
      components: ['cpu', 'dram'],
      message: `Estimates the processor (${cpuName}) between ${watts(cpu.idleWatts)} and ${watts(cpu.fullWatts)} by its load, and memory at ${watts(dramWatts)}.`,
      resolution: '10 ms of processor time',
      uncertainty: ESTIMATE_UNCERTAINTY,
      assumptions: [
        { component: 'cpu', text: `Processor: ${cpu.basis}; linear in load.` },
        {
          component: 'dram',
          text: `Memory: ${memoryGigabytes.toFixed(1)} GB at ${DRAM_WATTS_PER_GIGABYTE} W/GB (Green Algorithms, 2021).`,
        },
      ],
    });
  }

  read(): Promise<readonly CounterReading[]> {
    if (!this.#model) return Promise.resolve([]);
    const { cpu, dramWatts } = this.#model;
    const timeSeconds = monotonicSeconds();
    const { busyShareSeconds, seenSeconds } = processorTimes();
    // Linux counts the time that processors wait for disks apart, and Node does not tell it
    const upSeconds = process.platform === 'linux' ? timeSeconds : seenSeconds;
    const cpuJoules = cpu.idleWatts * upSeconds + (cpu.fullWatts - cpu.idleWatts) * busyShareSeconds;
    return Promise.resolve([
      reading('cpu', timeSeconds, cpuJoules),
      reading('dram', timeSeconds, dramWatts * upSeconds),
    ]);
  }
}

/** Seconds since boot, and of them the seconds that all processors together would have been fully busy. */
function processorTimes(): { busyShareSeconds: number; seenSeconds: number } {
  const cpus = os.cpus();
  let busyMillis = 0;
  let totalMillis = 0;
  for (const { times } of cpus) {
    const busy = times.user + times.nice + times.sys + times.irq;
    busyMillis += busy;
    totalMillis += busy + times.idle;
  }
  const count = Math.max(1, cpus.length);
  return { busyShareSeconds: busyMillis / count / 1000, seenSeconds: totalMillis / count / 1000 };
}

function reading(component: Scope, timeSeconds: number, energyJoules: number): CounterReading {
  return {
    kind: 'counter',
    channel: `estimate/${component}`,
    component,
    device: component,
    source: 'estimate',
    quality: 'estimated',
    uncertainty: ESTIMATE_UNCERTAINTY,
    timeSeconds,
    energyJoules,
    rangeJoules: null,
  };
}

async function modelThisMachine(): Promise<Model> {
  const { cpu: readCpu, system: readSystem } = await import('systeminformation');
  const [cpu, system] = await Promise.all([readCpu(), readSystem()]);
  const threads = os.cpus().length;
  const cpuName = `${cpu.manufacturer} ${cpu.brand}`.trim() || 'unknown model';
  const virtual = system.virtual || / hypervisor /.test(` ${cpu.flags} `);
  const memoryGigabytes = os.totalmem() / 1e9;
  return {
    cpu: cpuPower(virtual, threads, Math.max(1, cpu.processors), tdpWatts(cpuName)),
    dramWatts: memoryGigabytes * DRAM_WATTS_PER_GIGABYTE,
    cpuName,
    memoryGigabytes,
  };
}

function watts(value: number): string {
  return `${value.toFixed(1)} W`;
}
