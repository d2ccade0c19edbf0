import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProcTree } from '../../hardware/procTree.ts';
import { monotonicSeconds } from '../../../src/core/metering/clock.ts';
import { Procfs } from '../../../src/core/metering/procfs.ts';
import { Sampler } from '../../../src/core/metering/sampler.ts';
import type { RunSample } from '../../../src/core/metering/attribution.ts';
import type { TreeRoot } from '../../../src/core/metering/processTree.ts';
import { FakeSensor } from './fakeSensor.ts';
import { MACHINES, WATTS, type FaultyMachine } from './faultyMachines.ts';

const RUN: TreeRoot = { pid: 50, startSeconds: 100, counts: 'itself', childrenSinceSeconds: 0 };

const PERIOD_SECONDS = 0.25;
const HEALTHY_MILLIS = 800;
const FAULTY_MILLIS = 1500;
const AFTERWARDS_MILLIS = 800;

/** Programs that failed again and again are started again ever more seldom. */
const MOST_RECOVERY_MILLIS = 15_000;

/** What hangs is waited for a while in each sample, so that it takes longer to be sure of it. */
const HANGING_MILLIS = 2700;

/** Sensors are read one after the other, on a busy machine up to so much apart from a sample's ends. */
const SKEW_JOULES = 0.2 * WATTS;

/** So often a sensor is read at most at a run's beginning, and at its end. */
const MOST_AT_EDGE = 4;

/** Of a neighbour that never fails. */
const NEIGHBOUR_WATTS = 10;

interface Outcome {
  readonly machine: string;
  readonly fault: string;
  readonly measuredJoules: number;
  readonly trueJoules: number;
  /** Joules that the sensor's part drew while the fault lasted, and until the next sample after it. */
  readonly faultJoules: number;
  readonly neighbourError: number;
  readonly samplesAfterwards: number;
  readonly notes: readonly string[];
  readonly errors: readonly unknown[];
}

/** Faults that happen in between two looks, or are answered in time, so that there is nothing to say of them. */
const UNSEEN = new Set(['wrap', 'slow', 'driver reload', 'reset']);

describe('Faults of sensors in mid-run', function () {
  this.timeout(120_000);
  const outcomes: Outcome[] = [];
  const hanging: Outcome[] = [];
  let proc: ProcTree;

  before(async function () {
    if (process.platform !== 'linux') return this.skip();
    proc = new ProcTree({ busySeconds: 1000 });
    proc.process({ pid: 50, parent: 1, session: 50, startSeconds: 100 });
    const cases = Object.entries(MACHINES).flatMap(([machine, make]) => {
      const first = make();
      first.remove();
      return Object.keys(first.faults).map((fault) => ({ machine, fault, make }));
    });
    const isHang = ({ fault }: { readonly fault: string }) => fault === 'hang';
    outcomes.push(...(await Promise.all(cases.filter((each) => !isHang(each)).map(tryOut))));
    // those that hang keep threads that all share, so one at a time
    for (const each of cases.filter(isHang)) hanging.push(await tryOut(each));
  });

  after(() => {
    proc?.remove();
    console.table(
      [...outcomes, ...hanging].map(({ machine, fault, measuredJoules, trueJoules, faultJoules, notes }) => ({
        machine,
        fault,
        'true J': Math.round(trueJoules),
        'lost J': Math.round(trueJoules - measuredJoules),
        'at most J': Math.round(faultJoules),
        said: notes.map((note) => note.slice(0, 60)).join(' | '),
      })),
    );
  });

  async function tryOut({
    machine: name,
    fault,
    make,
  }: {
    readonly machine: string;
    readonly fault: string;
    readonly make: () => FaultyMachine;
  }): Promise<Outcome> {
    const machine = make();
    const neighbour = new FakeSensor('neighbour', ['dram']);
    const asked: number[] = [];
    neighbour.answer = () => {
      const now = monotonicSeconds();
      asked.push(now);
      return Promise.resolve([neighbour.counter(NEIGHBOUR_WATTS * now, now)]);
    };
    const samples: RunSample[] = [];
    const errors: unknown[] = [];
    const sampler = new Sampler({
      sensors: [machine.sensor, neighbour],
      procfs: new Procfs(proc.root),
      periodSeconds: () => PERIOD_SECONDS,
      onError: (error) => errors.push(error),
    });
    try {
      await sampler.attach(RUN, ({ sample }) => sample && samples.push(sample));
      await sleep(HEALTHY_MILLIS);
      const failedAt = monotonicSeconds();
      machine.faults[fault]?.fail();
      await sleep(fault === 'hang' ? HANGING_MILLIS : FAULTY_MILLIS);
      machine.faults[fault]?.mend();
      const mendedAt = monotonicSeconds();
      const isBack = ({ startSeconds, parts }: RunSample) =>
        startSeconds > mendedAt && parts.some(({ source }) => source === machine.sensor.id);
      for (let waited = 0; waited < MOST_RECOVERY_MILLIS && !samples.some(isBack); waited += 50)
        await sleep(50);
      await sleep(AFTERWARDS_MILLIS);
      await sampler.detach(RUN);
      return outcome({ machine: name, fault, samples, errors, failedAt, mendedAt, asked });
    } finally {
      sampler.dispose();
      machine.remove();
    }
  }

  function outcome(seen: {
    readonly machine: string;
    readonly fault: string;
    readonly samples: readonly RunSample[];
    readonly errors: readonly unknown[];
    readonly failedAt: number;
    readonly mendedAt: number;
    readonly asked: readonly number[];
  }): Outcome {
    const { machine, fault, samples, errors, failedAt, mendedAt, asked } = seen;
    const parts = samples.flatMap((sample) => sample.parts);
    const isNeighbour = ({ source }: { readonly source: string }) => source === 'neighbour';
    // the meter of a whole machine has the neighbour in it
    const isWhole = parts.some(({ component }) => component === 'rest');
    const measured = parts.filter((part) => isWhole || !isNeighbour(part));
    const sum = (of: typeof parts) => of.reduce((total, { energyJoules }) => total + energyJoules, 0);
    const start = samples[0]?.startSeconds ?? 0;
    const seconds = (samples.at(-1)?.endSeconds ?? 0) - start;
    const next =
      samples.find(({ endSeconds }) => endSeconds > mendedAt + PERIOD_SECONDS)?.endSeconds ?? Infinity;
    return {
      ...{ machine, fault, errors },
      measuredJoules: sum(measured),
      trueJoules: WATTS * seconds,
      faultJoules: WATTS * (next - failedAt + PERIOD_SECONDS),
      neighbourError: errorOfNeighbour(sum(parts.filter(isNeighbour)), asked),
      samplesAfterwards: samples.filter(({ startSeconds }) => startSeconds > mendedAt).length,
      notes: samples.flatMap((sample) => sample.notes),
    };
  }

  /** From one of its first readings to one of its last: at a run's edges it may be read again. */
  function errorOfNeighbour(joules: number, asked: readonly number[]): number {
    const spans = asked
      .slice(0, MOST_AT_EDGE)
      .flatMap((first) => asked.slice(-MOST_AT_EDGE).map((last) => NEIGHBOUR_WATTS * (last - first)));
    return Math.min(...spans.map((span) => Math.abs(joules / span - 1)));
  }

  function all(): readonly Outcome[] {
    assert(outcomes.length + hanging.length > 60, 'the machines have lost their faults');
    return [...outcomes, ...hanging];
  }

  function check(isGood: (outcome: Outcome) => boolean): void {
    const bad = all().filter((each) => !isGood(each));
    assert.deepEqual(bad, []);
  }

  it('let the run go on', () => {
    check(({ samplesAfterwards, errors }) => samplesAfterwards >= 2 && errors.length === 0);
  });

  it('cost at most the sensor’s own energy while they last', () => {
    check(
      ({ measuredJoules, trueJoules, faultJoules }) =>
        trueJoules - measuredJoules <= faultJoules + SKEW_JOULES,
    );
  });

  it('never add energy that was not there', () => {
    check(({ measuredJoules, trueJoules }) => measuredJoules <= trueJoules * 1.03 + SKEW_JOULES);
  });

  it('leave the other sensors’ figures as they are', () => {
    check(({ neighbourError }) => Math.abs(neighbourError) <= 1e-6);
  });

  it('are told in the run, those that a user could miss', () => {
    check(({ fault, notes }) => UNSEEN.has(fault) || notes.length > 0);
  });
});
