import assert from 'node:assert/strict';
import path from 'node:path';
import { ProcTree } from '../../hardware/procTree.ts';
import { RaplTree } from '../../hardware/raplTree.ts';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { TRACES } from '../../hardware/trace.ts';
import { carbonContext } from '../../../src/core/carbon/intensity.ts';
import { bootId } from '../../../src/core/metering/clock.ts';
import { processIdentity } from '../../../src/core/runs/owner.ts';
import { Recorder, type RecorderOptions } from '../../../src/core/runs/recorder.ts';
import type { RunIdentity } from '../../../src/core/runs/snapshot.ts';
import { Store } from '../../../src/core/runs/store.ts';
import { ManualSampler } from '../metering/manualSampler.ts';
import { assertClose } from '../metering/readings.ts';
import { memory, snapshot } from './snapshots.ts';

const ROOT = { pid: 50, startSeconds: 100, counts: 'itself', childrenSinceSeconds: 0 } as const;
const GONE = { pid: 4_000_001, startSeconds: 5 };

function identity(id = 'run-1'): RunIdentity {
  const { label, command, cwd, project, origin } = snapshot();
  return { id, label, command, cwd, project, origin, startedAtMillis: Date.now() };
}

describe('Recorder', () => {
  let folder: string;
  let tree: RaplTree;
  let proc: ProcTree;
  let manual: ManualSampler;
  let recorder: Recorder;
  let problems: string[];

  beforeEach(() => {
    folder = tempFolder('recorder');
    tree = new RaplTree({ trace: TRACES.steady });
    proc = new ProcTree();
    problems = [];
    show(0);
    manual = new ManualSampler(tree.root, proc.root);
    recorder = build();
  });

  afterEach(() => {
    recorder.dispose();
    tree.remove();
    proc.remove();
    removeFolder(folder);
  });

  const openStore = () => Store.open(path.join(folder, 'history.db'));

  function build(more: Partial<RecorderOptions> = {}): Recorder {
    return new Recorder({
      sampler: manual.sampler,
      openStore,
      context: { carbon: () => carbonContext('DE', null), assumptions: () => [] },
      onChange: () => {},
      onAlive: () => {},
      onProblem: (message) => problems.push(message),
      ...more,
    });
  }

  /** All that works at a second is the run. */
  function show(second: number): void {
    tree.set(second);
    proc.machine({ busySeconds: 1000 + second, usedMemoryBytes: 2 ** 32 });
    proc.process({
      pid: 50,
      parent: 1,
      session: 50,
      startSeconds: 100,
      cpuSeconds: second,
      residentBytes: 2 ** 30,
    });
  }

  /** A run of ten seconds. */
  async function record(by = recorder) {
    const { run, ready } = by.start(identity(), ROOT, {});
    await ready;
    show(10);
    return run;
  }

  for (const [state, exitCode] of [
    ['finished', 0],
    ['failed', 1],
    ['stopped', null],
  ] as const) {
    it(`writes down a run that has ${state}, with all its energy and points`, async () => {
      const run = await record();
      assert.deepEqual(recorder.running, [run]);
      await recorder.end(run, state, exitCode);
      assert.deepEqual(recorder.running, []);
      const store = await recorder.store();
      const kept = store?.get('run-1');
      assert.deepEqual([kept?.state, kept?.exitCode], [state, exitCode]);
      assert.deepEqual(kept, run.snapshot());
      assertClose(kept?.machineEnergyJoules ?? 0, tree.joulesBetween(0, 10), 1e-6);
      const cpu = store?.points('run-1').filter(({ component }) => component === 'cpu') ?? [];
      assertClose(cpu[0]?.energyJoules ?? 0, tree.joulesBetween(0, 10, 'package'), 1e-6);
      assert.deepEqual(store?.unfinished(), []);
      assert.deepEqual(problems, []);
    });
  }

  it('writes down a run that ends before the history is open', async () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    const slow = build({ openStore: () => opened.then(openStore) });
    const { run } = slow.start(identity(), ROOT, {});
    const ended = slow.end(run, 'finished', 0);
    setTimeout(open, 50);
    await ended;
    assert.equal((await slow.store())?.get('run-1')?.state, 'finished');
  });

  it('leaves no trace of a run that is discarded', async () => {
    const run = await record();
    recorder.journalAll();
    assert.equal((await recorder.store())?.list().length, 1);
    await recorder.discard(run);
    assert.deepEqual((await recorder.store())?.list(), []);
    assert.deepEqual((await recorder.store())?.points('run-1'), []);
    assert.deepEqual([recorder.running, manual.sampler.isRunning], [[], false]);
  });

  it('ends a run once', async () => {
    const run = await record();
    await Promise.all([
      recorder.end(run, 'finished', 0),
      recorder.end(run, 'failed', 1),
      recorder.discard(run),
    ]);
    assert.equal((await recorder.store())?.get('run-1')?.state, 'finished');
  });

  it('records without a history where none can be opened, and says so once', async () => {
    const without = build({ openStore: () => Promise.reject(new Error('needs Node 22.13')) });
    const run = await record(without);
    without.journalAll();
    await without.end(run, 'finished', 0);
    assertClose(run.snapshot().machineEnergyJoules, tree.joulesBetween(0, 10), 1e-6);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /needs Node 22\.13/);
    assert.deepEqual(await without.recover(() => true), []);
  });

  it('goes on when the history fails while it records, and says so once', async () => {
    const run = await record();
    (await recorder.store())?.close();
    recorder.journalAll();
    recorder.journalAll();
    await recorder.end(run, 'finished', 0);
    assert.equal(run.snapshot().state, 'finished');
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /history could not be written/);
    recorder = build({ openStore: () => Promise.reject(new Error('gone')) });
  });

  it('tells what is wrong with the history', async () => {
    const damaged = build({
      openStore: async () => Object.assign(await openStore(), { problem: 'The run history was damaged.' }),
    });
    await damaged.store();
    assert.deepEqual(problems, ['The run history was damaged.']);
  });

  it('closes runs whose processes are gone, as interrupted', async () => {
    const store = await recorder.store();
    const left = snapshot({ state: 'running', exitCode: null, endedAtMillis: null, powerWatts: 3 });
    store?.save(left, [], memory(), GONE);
    assert.deepEqual(await recorder.recover(() => true), []);
    const closed = store?.get('run-1');
    assert.deepEqual([closed?.state, closed?.exitCode, closed?.powerWatts], ['interrupted', null, null]);
    assert.equal(closed?.endedAtMillis, left.startedAtMillis + 3600_000);
    assert.match(closed?.notes.join() ?? '', /ended while neither/);
    assert.deepEqual(store?.unfinished(), []);
  });

  it('leaves a run to the living editor that records it', async () => {
    const store = await recorder.store();
    store?.save(snapshot({ state: 'running' }), [], memory(), processIdentity(process.ppid));
    assert.deepEqual(await recorder.recover(() => true), []);
    assert.equal(store?.get('run-1')?.state, 'running');
  });

  it('leaves a living run that is not its own to whose it is', async () => {
    const store = await recorder.store();
    const root = { ...memory().root, ...processIdentity(process.pid) };
    const resume = { bootId: bootId(), meter: {}, mark: null };
    store?.save(snapshot({ state: 'running' }), [], memory({ root, resume }), GONE);
    assert.deepEqual(await recorder.recover(() => false), []);
    assert.deepEqual(store?.unfinished()[0]?.owner, GONE);
    const [run] = await recorder.recover(() => true);
    assert.equal(run?.identity.id, 'run-1');
    assert.deepEqual(store?.unfinished()[0]?.owner, processIdentity(process.pid));
  });
});
