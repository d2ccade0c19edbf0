import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDriver, type Driver } from '../../hardware/driverProcess.ts';
import { ProcTree } from '../../hardware/procTree.ts';
import type { TraceName } from '../../hardware/trace.ts';
import type { RunSample } from '../../../src/core/metering/attribution.ts';
import { Procfs } from '../../../src/core/metering/procfs.ts';
import type { TreeRoot } from '../../../src/core/metering/processTree.ts';
import { Sampler } from '../../../src/core/metering/sampler.ts';
import { RaplSensor } from '../../../src/core/sensors/linux/rapl.ts';
import { assertClose } from './readings.ts';

const RUN: TreeRoot = { pid: 50, startSeconds: 100, counts: 'itself', childrenSinceSeconds: 0 };
const CPU_SHARE = 0.375;
const MEMORY_SHARE = 0.25;
const SECONDS = 7;

/** One machine with a known power, and a run on it that uses a known share. */
class Machine {
  readonly proc = new ProcTree();
  readonly driver: Driver;
  readonly samples: RunSample[] = [];
  readonly #sampler: Sampler;
  #step = 0;

  constructor(driver: Driver) {
    this.driver = driver;
    this.#sampler = new Sampler({
      sensors: [new RaplSensor({ sysfs: driver.root, procfs: this.proc.root })],
      procfs: new Procfs(this.proc.root),
      periodSeconds: () => 0.5,
      onError: (error) => assert.fail(String(error)),
    });
  }

  async run(): Promise<void> {
    this.#work();
    await this.#sampler.attach(RUN, ({ sample }) => sample && this.samples.push(sample));
    const work = setInterval(() => this.#work(), 50);
    await sleep(SECONDS * 1000);
    this.#work();
    await this.#sampler.detach(RUN);
    clearInterval(work);
  }

  /** The machine is busy for 0.16 s more, of which 0.06 s are the run's. */
  #work(): void {
    this.#step += 1;
    this.proc.machine({ busySeconds: this.#step * 0.16, usedMemoryBytes: 4 * 2 ** 30 });
    this.proc.process({ pid: 50, startSeconds: 100, cpuSeconds: this.#step * 0.06, residentBytes: 2 ** 30 });
  }
}

describe('A run’s energy on a simulated machine of known power, by the real clock', () => {
  const names = ['idle', 'ramp', 'steps', 'wrap'] as const satisfies readonly TraceName[];
  const machines = new Map<TraceName, Machine>();

  before(async function () {
    if (process.platform !== 'linux') return this.skip();
    for (const name of names) machines.set(name, new Machine(await startDriver(name)));
    await Promise.all([...machines.values()].map((machine) => machine.run()));
  });

  after(async () => {
    for (const { driver, proc } of machines.values()) {
      await driver.stop();
      proc.remove();
    }
  });

  for (const name of names) {
    it(`is within 0.5 % of the true joules (${name})`, () => {
      const machine = machines.get(name);
      assert(machine);
      const { samples, driver } = machine;
      const [start, end] = [samples[0]?.startSeconds ?? 0, samples.at(-1)?.endSeconds ?? 0];
      const parts = samples.flatMap((sample) => sample.parts);
      for (const [component, channel, share] of [
        ['cpu', 'package', CPU_SHARE],
        ['dram', 'dram', MEMORY_SHARE],
      ] as const) {
        const truth = driver.joulesBetween(start, end, channel);
        const own = parts.filter((part) => part.component === component);
        const machineJoules = own.reduce((sum, part) => sum + part.energyJoules, 0);
        const runJoules = own.reduce((sum, part) => sum + part.runEnergyJoules, 0);
        assertClose(machineJoules, truth, 0.005, `machine’s ${component}`);
        assertClose(runJoules, truth * share, 0.005, `run’s ${component}`);
      }
      assert.deepEqual(
        samples.flatMap((sample) => sample.notes),
        [],
      );
    });
  }
});
