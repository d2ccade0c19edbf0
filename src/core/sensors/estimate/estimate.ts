import os from 'node:os';
import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { packageLimitWatts } from '../linux/powercap.ts';
import { readMachineFacts, type MachineFacts } from './machineFacts.ts';
import { memoryPower, type MemoryPower } from './memory.ts';
import { NO_OVERRIDES } from './overrides.ts';
import { cpuPower, type CpuPower } from './powerModel.ts';
import { ready } from '../probe.ts';
import type { CounterReading, Probe, Scope, Sensor, SensorContext } from '../sensor.ts';

interface Model {
  readonly cpu: CpuPower;
  readonly memory: MemoryPower;
}

/**
 * For machines without a power sensor: processor power between idle and full by its load, memory by what is installed.
 *
 * The power curve is linear in the load, so the energy since boot follows from the processor times since boot. That
 * makes the estimate a counter like any other: exact over any interval, and nothing is lost while nobody reads it.
 */
export class EstimateSensor implements Sensor {
  readonly id = 'estimate';
  readonly title = t('Estimate from load and hardware model');
  readonly quality = 'estimated';
  readonly #context: Partial<SensorContext>;
  #facts: MachineFacts | null = null;
  #model: Model | null = null;

  /** @param context with the roots to look under and what the user says of the hardware; `/sys` is read only if named */
  constructor(context: Partial<SensorContext> = {}) {
    this.#context = context;
  }

  async probe(): Promise<Probe> {
    const facts = (this.#facts ??= await readMachineFacts());
    const { sysfs, overrides } = this.#context;
    const told = overrides?.() ?? NO_OVERRIDES;
    // a laptop's limit is another one on its battery
    const limitWatts = sysfs === undefined ? null : await packageLimitWatts(sysfs);
    const cpu = cpuPower({ ...facts, limitWatts }, told);
    const memory = memoryPower(facts.memoryGigabytes, facts.modules, told);
    this.#model = { cpu, memory };
    return ready({
      components: ['cpu', 'dram'],
      message: t(
        'Estimates the processor ({0}) between {1} and {2} by its load, and memory at {3}.',
        facts.cpuName,
        watts(cpu.idleWatts),
        watts(cpu.fullWatts),
        watts(memory.watts),
      ),
      resolution: t('10 ms of processor time'),
      uncertainty: Math.max(cpu.uncertainty, memory.uncertainty),
      assumptions: [
        { component: 'cpu', text: t('Processor: {0}; linear in load (Fan et al., 2007).', cpu.basis) },
        { component: 'dram', text: t('Memory: {0}, whatever it does.', memory.basis) },
      ],
    });
  }

  read(): Promise<readonly CounterReading[]> {
    if (!this.#model) return Promise.resolve([]);
    const { cpu, memory } = this.#model;
    const timeSeconds = monotonicSeconds();
    const { busyShareSeconds, seenSeconds } = processorTimes();
    // Linux counts the time that processors wait for disks apart, and Node does not tell it
    const upSeconds = process.platform === 'linux' ? timeSeconds : seenSeconds;
    const cpuJoules = cpu.idleWatts * upSeconds + (cpu.fullWatts - cpu.idleWatts) * busyShareSeconds;
    // energy since boot by one model says nothing about energy since boot by another, so each has its own channel
    const cpuModel = `${cpu.idleWatts} W-${cpu.fullWatts} W`;
    return Promise.resolve([
      reading('cpu', cpuModel, cpu.uncertainty, timeSeconds, cpuJoules),
      reading('dram', `${memory.watts} W`, memory.uncertainty, timeSeconds, memory.watts * upSeconds),
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

function reading(
  component: Scope,
  model: string,
  uncertainty: number,
  timeSeconds: number,
  energyJoules: number,
): CounterReading {
  return {
    ...{ kind: 'counter', channel: `estimate/${component}/${model}`, component, device: component },
    ...{
      source: 'estimate',
      quality: 'estimated',
      uncertainty,
      timeSeconds,
      energyJoules,
      rangeJoules: null,
    },
  };
}

function watts(value: number): string {
  return `${value.toFixed(1)} W`;
}
