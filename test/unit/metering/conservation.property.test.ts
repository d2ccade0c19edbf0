import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ProcTree } from '../../hardware/procTree.ts';
import type { IdlePower, RunSample } from '../../../src/core/metering/attribution.ts';
import type { TreeRoot } from '../../../src/core/metering/processTree.ts';
import { Ledger } from '../../../src/core/runs/ledger.ts';
import type { Reading } from '../../../src/core/sensors/sensor.ts';
import { FakeSensor } from './fakeSensor.ts';
import { ManualSampler } from './manualSampler.ts';

const RUNS = 3;
const STEPS = 6;

/** What happens in one second: powers of the sensors (null: no answer), and what the processes do. */
const second = fc.record({
  cpuWatts: fc.option(fc.integer({ min: 0, max: 400 }), { freq: 6 }),
  backupWatts: fc.option(fc.integer({ min: 0, max: 400 }), { freq: 6 }),
  dramWatts: fc.option(fc.integer({ min: 0, max: 40 }), { freq: 6 }),
  gpuWatts: fc.option(fc.integer({ min: 0, max: 700 }), { freq: 6 }),
  machineWatts: fc.option(fc.integer({ min: 0, max: 1500 }), { freq: 3 }),
  gpuBusy: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  runCpu: fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { minLength: RUNS, maxLength: RUNS }),
  gpuShares: fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: RUNS,
    maxLength: RUNS,
  }),
  resident: fc.array(fc.integer({ min: 0, max: 2 ** 34 }), { minLength: RUNS, maxLength: RUNS }),
  others: fc.double({ min: -2, max: 8, noNaN: true }),
  dies: fc.option(fc.nat(RUNS - 1), { freq: 2 }),
});
type Second = typeof second extends fc.Arbitrary<infer T> ? T : never;

const roots = Array.from({ length: RUNS }, (_, run): TreeRoot => ({
  pid: 50 + run,
  startSeconds: 100 + run,
  counts: 'itself',
  childrenSinceSeconds: 0,
}));

/** A machine of made-up sensors and processes. */
class Machine {
  readonly proc = new ProcTree();
  readonly cpu = new FakeSensor('cpu', ['cpu']);
  readonly backup = new FakeSensor('backup', ['cpu'], { quality: 'estimated' });
  readonly dram = new FakeSensor('dram', ['dram']);
  readonly gpu = new FakeSensor('gpu', ['gpu'], { gpuFamily: 'nvidia' });
  readonly meter = new FakeSensor('meter', ['machine']);
  readonly manual: ManualSampler;
  readonly #joules = new Map<FakeSensor, number>();
  readonly #dead = new Set<number>();
  readonly #cpuSeconds = new Array<number>(RUNS).fill(0);
  #busySeconds = 1000;
  #second = 0;

  constructor(idle: IdlePower) {
    this.manual = new ManualSampler('/nowhere', this.proc.root, {
      sensors: [this.cpu, this.backup, this.dram, this.gpu, this.meter],
      idlePower: () => idle,
    });
  }

  show(now: Second): void {
    this.#second += 1;
    this.#busySeconds += Math.max(
      0,
      now.runCpu.reduce((sum, cpu) => sum + cpu, now.others),
    );
    this.proc.machine({
      busySeconds: this.#busySeconds,
      idleSeconds: 1000 + this.#second,
      usedMemoryBytes: 2 ** 33,
    });
    if (now.dies !== null) this.#dead.add(now.dies);
    roots.forEach(({ pid, startSeconds }, run) => {
      if (this.#dead.has(run)) return this.proc.end(pid);
      this.#cpuSeconds[run] = (this.#cpuSeconds[run] ?? 0) + (now.runCpu[run] ?? 0);
      this.proc.process({
        ...{ pid, startSeconds: startSeconds ?? 0, session: pid },
        ...{ cpuSeconds: this.#cpuSeconds[run] ?? 0, residentBytes: now.resident[run] ?? 0 },
      });
    });
    this.#tell(this.cpu, now.cpuWatts);
    this.#tell(this.backup, now.backupWatts);
    this.#tell(this.dram, now.dramWatts);
    this.#tell(this.meter, now.machineWatts);
    this.#tell(this.gpu, now.gpuWatts, {
      use: {
        ...{ index: 0, uuid: null, drmDevice: null, busyShare: now.gpuBusy },
        processes: roots.map(({ pid }, run) => ({ pid, busyShare: now.gpuShares[run] ?? null })),
      },
    });
  }

  #tell(sensor: FakeSensor, watts: number | null, more: Partial<Reading> = {}): void {
    const joules = (this.#joules.get(sensor) ?? 0) + (watts ?? 0);
    this.#joules.set(sensor, joules);
    const reading = { ...sensor.counter(joules, this.#second), ...more } as Reading;
    sensor.answer = () => Promise.resolve(watts === null ? [] : [reading]);
  }
}

async function record(
  idle: IdlePower,
  seconds: readonly Second[],
): Promise<readonly (readonly RunSample[])[]> {
  const machine = new Machine(idle);
  try {
    const [first, ...rest] = seconds;
    if (first) machine.show(first);
    const runs = [];
    for (const root of roots) runs.push(await machine.manual.attach(root));
    for (const now of rest) {
      machine.show(now);
      await machine.manual.look();
    }
    assert.deepEqual(machine.manual.errors, []);
    return runs.map(({ samples }) => samples);
  } finally {
    machine.manual.sampler.dispose();
    machine.proc.remove();
  }
}

describe('Conservation of energy, whatever sensors and processes do', () => {
  const seconds = fc.array(second, { minLength: STEPS, maxLength: STEPS });

  for (const idle of ['proportional', 'none', 'all'] as const) {
    it(`never gives runs more than the machine used, nor less than nothing (idle power: ${idle})`, async function () {
      await fc.assert(
        fc.asyncProperty(seconds, async (given) => {
          const runs = await record(idle, given);
          const machine = new Map<string, number>();
          const shared = new Map<string, number>();
          for (const part of runs.flatMap((samples) => samples.flatMap(({ parts }) => parts))) {
            assert(part.energyJoules >= 0 && part.runEnergyJoules >= 0, JSON.stringify(part));
            assert(part.runEnergyJoules <= part.energyJoules * (1 + 1e-9), JSON.stringify(part));
          }
          for (const part of runs[0]?.flatMap(({ parts }) => parts) ?? [])
            machine.set(part.channel, (machine.get(part.channel) ?? 0) + part.energyJoules);
          for (const part of runs.flatMap((samples) => samples.flatMap(({ parts }) => parts)))
            shared.set(part.channel, (shared.get(part.channel) ?? 0) + part.runEnergyJoules);
          for (const [channel, joules] of shared)
            assert(joules <= (machine.get(channel) ?? 0) * (1 + 1e-9) + 1e-9, `${channel} ${joules}`);
        }),
        { numRuns: 40 },
      );
    });
  }

  it('adds the components up to the total, by component and by sample', async () => {
    await fc.assert(
      fc.asyncProperty(seconds, async (given) => {
        const [samples = []] = await record('proportional', given);
        const ledger = new Ledger();
        for (const sample of samples) ledger.add(sample);
        const totals = ledger.totals();
        const parts = samples.flatMap((sample) => sample.parts);
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        const near = (a: number, b: number) => assert(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);
        near(totals.energyJoules, sum(totals.components.map((entry) => entry.energyJoules)));
        near(totals.energyJoules, sum(parts.map((part) => part.runEnergyJoules)));
        near(totals.machineEnergyJoules, sum(parts.map((part) => part.energyJoules)));
        assert(totals.energyJoules <= totals.machineEnergyJoules * (1 + 1e-9) + 1e-9);
        assert(totals.uncertainty >= 0 && totals.uncertainty <= 1);
      }),
      { numRuns: 40 },
    );
  });
});
