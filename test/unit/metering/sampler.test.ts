import assert from 'node:assert/strict';
import { ProcTree } from '../../hardware/procTree.ts';
import { RaplTree } from '../../hardware/raplTree.ts';
import { TRACES } from '../../hardware/trace.ts';
import type { TreeRoot } from '../../../src/core/metering/processTree.ts';
import type { SamplerOptions } from '../../../src/core/metering/sampler.ts';
import { RaplSensor } from '../../../src/core/sensors/linux/rapl.ts';
import { ready } from '../../../src/core/sensors/probe.ts';
import type { Probe, Reading, Sensor } from '../../../src/core/sensors/sensor.ts';
import { joulesOf, ManualSampler } from './manualSampler.ts';
import { assertClose } from './readings.ts';

const RUN: TreeRoot = { pid: 50, startSeconds: 100, counts: 'itself', childrenSinceSeconds: 0 };

/** A sensor of an accelerator that does as it is told. */
class OddSensor implements Sensor {
  readonly id = 'odd';
  readonly title = 'Odd';
  readonly quality = 'measured';
  readonly #read: () => Promise<readonly Reading[]>;
  readonly #probed: Promise<void>;
  reads = 0;

  constructor(read: () => Promise<readonly Reading[]>, probed = Promise.resolve()) {
    this.#read = read;
    this.#probed = probed;
  }

  async probe(): Promise<Probe> {
    await this.#probed;
    return ready({ components: ['gpu'], message: '', resolution: '', uncertainty: 0.1 });
  }

  read(): Promise<readonly Reading[]> {
    this.reads += 1;
    return this.#read();
  }
}

describe('Sampler', () => {
  let tree: RaplTree;
  let proc: ProcTree;
  let manual: ManualSampler;
  let made: ManualSampler[];

  beforeEach(() => {
    tree = new RaplTree({ trace: TRACES.steady });
    proc = new ProcTree();
    show(0);
    made = [];
    manual = make();
  });

  afterEach(() => {
    for (const { sampler } of made) sampler.dispose();
    tree.remove();
    proc.remove();
  });

  function make(procfs = proc.root, more: Partial<SamplerOptions> = {}): ManualSampler {
    const sampler = new ManualSampler(tree.root, procfs, more);
    made.push(sampler);
    return sampler;
  }

  /** Two processors are busy at each second, one of them with the run. */
  function show(second: number): void {
    tree.set(second);
    proc.machine({ busySeconds: 1000 + 2 * second, usedMemoryBytes: 4 * 2 ** 30 });
    proc.process({
      pid: 50,
      parent: 1,
      session: 50,
      startSeconds: 100,
      cpuSeconds: second,
      residentBytes: 2 ** 30,
    });
  }

  function withSensors(...more: readonly Sensor[]): ManualSampler {
    const rapl = new RaplSensor({ sysfs: tree.root, procfs: proc.root });
    return make(proc.root, { sensors: [rapl, ...more] });
  }

  it('counts from the run’s start to its end, and nothing before or after', async () => {
    show(5);
    const run = await manual.attach(RUN);
    show(12);
    await manual.sampler.detach(RUN);
    show(20);
    await manual.look();
    assertClose(joulesOf(run, 'machine'), tree.joulesBetween(5, 12), 1e-6);
    assert.equal(run.samples.length, 1);
  });

  it('counts for a run that comes later from its own start on', async () => {
    const later: TreeRoot = { ...RUN };
    await manual.attach(RUN);
    show(10);
    const run = await manual.attach(later);
    show(13);
    await manual.sampler.detach(later);
    assertClose(joulesOf(run, 'machine'), tree.joulesBetween(10, 13), 1e-6);
  });

  it('takes no last sample of a run that is to be forgotten', async () => {
    const run = await manual.attach(RUN);
    show(5);
    await manual.sampler.detach(RUN, false);
    assert.deepEqual(run.samples, []);
    assert.equal(manual.sampler.isRunning, false);
  });

  it('tells how many of the run’s processes live', async () => {
    const run = await manual.attach(RUN);
    proc.end(50);
    await manual.look();
    assert.deepEqual(run.alive.slice(0, 2), [1, 0]);
  });

  it('tells that the run stands still while all its processes are stopped', async () => {
    const paused: boolean[] = [];
    await manual.sampler.attach(RUN, ({ isPaused }) => paused.push(isPaused));
    proc.process({ pid: 50, parent: 1, session: 50, startSeconds: 100, state: 'T' });
    await manual.look();
    proc.process({ pid: 51, parent: 50, session: 50, startSeconds: 200, state: 'R' });
    await manual.look();
    assert.deepEqual([...new Set(paused)], [false, true]);
    assert.equal(paused.at(-1), false);
  });

  it('gives the run the whole machine where processes cannot be seen', async () => {
    const blind = make('/nowhere/proc');
    const run = await blind.attach(RUN);
    show(10);
    await blind.sampler.detach(RUN);
    assertClose(joulesOf(run, 'run'), tree.joulesBetween(0, 10), 1e-6);
    assert.deepEqual(run.alive, [null, null]);
  });

  it('goes on with the others when a listener throws, and says so', async () => {
    await manual.sampler.attach({ ...RUN }, () => {
      throw new Error('listener');
    });
    const run = await manual.attach(RUN);
    show(10);
    await manual.look();
    assertClose(joulesOf(run, 'machine'), tree.joulesBetween(0, 10), 1e-6);
    assert.match(String(manual.errors[0]), /listener/);
  });

  const ODD: readonly (readonly [string, () => Promise<readonly Reading[]>])[] = [
    ['rejects', () => Promise.reject(new Error('broken'))],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['hangs', () => new Promise(() => {})],
  ];
  for (const [what, read] of ODD) {
    it(`is not disturbed by a sensor that ${what}`, async () => {
      const odd = new OddSensor(read);
      const disturbed = withSensors(odd);
      const run = await disturbed.attach(RUN);
      show(10);
      await disturbed.look();
      await disturbed.sampler.detach(RUN);
      assertClose(joulesOf(run, 'machine'), tree.joulesBetween(0, 10), 1e-6);
      assert.deepEqual(disturbed.errors, []);
      assert.equal(disturbed.sampler.isRunning, false);
      if (what === 'hangs') assert.equal(odd.reads, 1, 'a sensor that is still reading is not asked again');
    });
  }

  it('fills a gap from the counters when it resumes a run, by the share that the run had in it', async () => {
    const before = await manual.attach(RUN);
    show(10);
    await manual.look();
    const resume = JSON.parse(JSON.stringify(before.resume));
    manual.sampler.dispose();
    show(110);
    const next = make();
    const after = await next.attach(RUN, resume);
    assertClose(joulesOf(after, 'machine'), tree.joulesBetween(10, 110), 1e-6);
    assertClose(joulesOf(after, 'run', 'cpu'), tree.joulesBetween(10, 110, 'package') / 2, 1e-6);
    assert.match(after.samples[0]?.notes.join() ?? '', /without the editor are filled in/);
    show(120);
    await next.sampler.detach(RUN);
    assertClose(joulesOf(after, 'machine'), tree.joulesBetween(10, 120), 1e-6);
  });

  it('fills no gap over a restart of the machine, whose counters began anew', async () => {
    const before = await manual.attach(RUN);
    assert(before.resume);
    show(100);
    const next = make();
    const after = await next.attach(RUN, { ...before.resume, bootId: 'another boot' });
    assert.deepEqual(after.samples, []);
  });

  it('stays still when it is disposed of while it still looks for sensors', async () => {
    let answer = () => {};
    const probed = new Promise<void>((resolve) => (answer = resolve));
    const slow = withSensors(new OddSensor(() => Promise.resolve([]), probed));
    const attached = slow.attach(RUN);
    await new Promise((resolve) => setImmediate(resolve));
    slow.sampler.dispose();
    answer();
    const run = await attached;
    assert.equal(slow.sampler.isRunning, false);
    assert.deepEqual(run.alive, []);
  });

  it('uses the first ready sensor of each component', async () => {
    const gpu = new OddSensor(() => Promise.resolve([]));
    const both = withSensors(gpu, new OddSensor(() => Promise.resolve([])));
    await both.attach(RUN);
    const chosen = [...both.sampler.sources].map(([component, { sensor }]) => `${component} ${sensor.id}`);
    assert.deepEqual(chosen.sort(), ['cpu rapl', 'dram rapl', 'gpu odd odd']);
    assert.equal(both.sampler.sources.get('gpu odd')?.sensor, gpu);
  });
});
