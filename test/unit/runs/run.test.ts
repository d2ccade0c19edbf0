import assert from 'node:assert/strict';
import type { CarbonContext } from '../../../src/core/carbon/intensity.ts';
import type { IdlePower } from '../../../src/core/metering/attribution.ts';
import type { SampleEvent } from '../../../src/core/metering/sampler.ts';
import { Run, type RunContext } from '../../../src/core/runs/run.ts';
import type { RunIdentity } from '../../../src/core/runs/snapshot.ts';
import { memory, snapshot, sumOf } from './snapshots.ts';

const ROOT = memory().root;

function identity(): RunIdentity {
  const { id, label, command, cwd, project, origin } = snapshot();
  return { id, label, command, cwd, project, origin, startedAtMillis: Date.now() };
}

/** A sample of two seconds that ends at `end`. */
function event(end: number, runEnergyJoules: number, notes: readonly string[] = []): SampleEvent {
  const base = {
    channel: 'c',
    component: 'cpu',
    device: 'd',
    source: 's',
    quality: 'measured',
    uncertainty: 0.05,
  } as const;
  const part = { ...base, energyJoules: runEnergyJoules * 4, runEnergyJoules };
  const resume = { bootId: 'boot', meter: {}, mark: null };
  return {
    sample: { startSeconds: end - 2, endSeconds: end, notes, parts: [part] },
    aliveProcesses: 1,
    isPaused: false,
    resume,
  };
}

describe('Run', () => {
  let gramsPerKwh = 360;
  const context: RunContext = {
    carbon: (): CarbonContext => ({
      intensity: { gramsPerKwh, place: 'here', source: 'hand', isGuess: false, fix: null },
      pue: 1,
      pueSource: 'hand',
    }),
    assumptions: () => ['an assumption'],
  };
  let run: Run;
  let start: number;

  beforeEach(() => {
    gramsPerKwh = 360;
    run = Run.start(identity(), ROOT, {}, context);
    start = run.memory().startSeconds;
  });

  it('has used nothing at first', () => {
    const { state, energyJoules, emissionsGrams, howKnown, powerWatts, projection } = run.snapshot();
    assert.deepEqual(
      { state, energyJoules, emissionsGrams, howKnown, powerWatts, projection },
      {
        state: 'running',
        energyJoules: 0,
        emissionsGrams: 0,
        howKnown: 'unknown',
        powerWatts: null,
        projection: null,
      },
    );
  });

  it('adds up samples, with power and the machine’s energy', () => {
    run.take(event(start + 2, 100));
    run.take(event(start + 4, 300));
    const { energyJoules, machineEnergyJoules, powerWatts, howKnown } = run.snapshot();
    assert.deepEqual([energyJoules, machineEnergyJoules, powerWatts, howKnown], [400, 1600, 150, 'measured']);
  });

  /** An epoch of 100 J of 4, the first of which began with the run. */
  function trainOneEpoch(training: Run) {
    training.feed('Epoch 1/4\n');
    training.take(event(start + 2, 0));
    training.take(event(start + 4, 100));
    training.feed('Epoch 2/4\n');
    training.take(event(start + 6, 0));
  }

  it('projects energy and grams once an epoch is over', () => {
    trainOneEpoch(run);
    const { projection, projectedEmissionsGrams: grams } = run.snapshot();
    assert.equal(Math.round(projection?.totalEnergyJoules.median ?? 0), 400);
    assert.equal(projection?.basis, 'the first epoch');
    assert.equal(grams?.median.toFixed(6), ((400 / 3.6e6) * 360).toFixed(6));
    assert(grams.low < grams.median && grams.median < grams.high);
  });

  it('tells what each epoch used and what its output said by then, after a restart too', () => {
    run.feed('Epoch 1/3\n');
    run.take(event(start + 2, 0));
    run.feed('20/20 [====] - loss: 0.9 - val_acc: 0.6\n');
    run.take(event(start + 4, 100));
    run.feed('Epoch 2/3\n');
    run.take(event(start + 6, 0));
    const kept = JSON.parse(JSON.stringify({ snapshot: run.snapshot(), memory: run.memory() }));
    const restored = Run.restore(kept.snapshot, kept.memory, run.points(), context);
    restored.feed('20/20 [====] - loss: 0.5 - val_acc: 0.7\nEpoch 3/3\n');
    restored.take(event(start + 8, 60));
    restored.end('stopped', null);
    const { ends } = restored.snapshot().epochs ?? { ends: [] };
    assert.deepEqual(
      ends.map(({ done, metrics }) => [done, metrics]),
      [
        [1, { loss: 0.9, val_acc: 0.6 }],
        [2, { loss: 0.5, val_acc: 0.7 }],
      ],
    );
    const [first, second] = ends.map(({ energyJoules }) => energyJoules);
    assert.equal(first, 100);
    assert.ok((second ?? 0) > 100 && (second ?? 0) <= 160, `${second} J`);
  });

  it('projects from earlier runs before its first epoch is over, after a restart too', () => {
    const perUnit = { energyJoules: 50, timeSeconds: 5 };
    run.compareWith([{ unit: 'epoch', runs: 2, perUnit, spread: null }]);
    run.feed('Epoch 1/4\n');
    run.take(event(start + 2, 0));
    const kept = JSON.parse(JSON.stringify({ snapshot: run.snapshot(), memory: run.memory() }));
    const restored = Run.restore(kept.snapshot, kept.memory, run.points(), context);
    for (const each of [run, restored]) {
      const { projection } = each.snapshot();
      assert.equal(Math.round(projection?.totalEnergyJoules.median ?? 0), 200);
      assert.equal(projection?.basis, '2 earlier runs');
    }
  });

  it('projects nothing while the number of epochs is unknown, nor after its end', () => {
    run.feed('Epoch 1\n');
    run.take(event(start + 2, 100));
    run.feed('Epoch 2\n');
    run.take(event(start + 4, 100));
    assert.equal(run.snapshot().projection, null);
    const other = Run.start(identity(), ROOT, {}, context);
    trainOneEpoch(other);
    assert.notEqual(other.snapshot().projection, null);
    other.end('finished', 0);
    assert.equal(other.snapshot().projection, null);
  });

  it('takes for each sample the intensity that was in force then', () => {
    run.take(event(start + 2, 3.6e6));
    gramsPerKwh = 40;
    run.take(event(start + 4, 3.6e6));
    assert.equal(run.snapshot().emissionsGrams, 400);
  });

  it('is not changed by a look without an interval', () => {
    run.take({ ...event(start, 5), sample: null });
    assert.equal(run.snapshot().energyJoules, 0);
    assert.equal(run.resume?.bootId, 'boot');
  });

  it('keeps the notes of its samples, but not without end', () => {
    for (let second = 1; second < 200; second++) run.take(event(start + second, 1, [`note ${second}`]));
    const { notes } = run.snapshot();
    assert.match(notes[0] ?? '', /^\d\d:\d\d:\d\d note 1$/);
    assert.equal(notes.length, 50);
  });

  it('says once that the whole machine is counted where processes cannot be seen', () => {
    for (const end of [2, 4]) run.take({ ...event(start + end, 1), aliveProcesses: null });
    assert.equal(run.snapshot().notes.filter((note) => /whole machine/.test(note)).length, 1);
  });

  it('lists assumptions only where something is estimated', () => {
    run.take(event(start + 2, 1));
    assert.deepEqual(run.snapshot().assumptions, []);
    const estimate = event(start + 4, 1);
    const parts =
      estimate.sample?.parts.map((part) => ({ ...part, source: 'e', quality: 'estimated' as const })) ?? [];
    run.take({ ...estimate, sample: estimate.sample && { ...estimate.sample, parts } });
    assert.deepEqual(run.snapshot().assumptions, ['an assumption']);
  });

  it('keeps the assumptions of an estimate that was in use for a while, also over a restart', () => {
    let inUse: readonly string[] = [];
    const changing = { ...context, assumptions: () => inUse };
    const first = Run.start(identity(), ROOT, {}, changing);
    const estimate = event(start + 2, 1);
    const parts = estimate.sample?.parts.map((part) => ({ ...part, quality: 'estimated' as const })) ?? [];
    inUse = ['85 W assumed'];
    first.take({ ...estimate, sample: estimate.sample && { ...estimate.sample, parts } });
    inUse = [];
    first.take(event(start + 4, 1));
    assert.deepEqual(first.snapshot().assumptions, ['85 W assumed']);
    const kept = JSON.parse(JSON.stringify({ snapshot: first.snapshot(), memory: first.memory() }));
    assert.deepEqual(Run.restore(kept.snapshot, kept.memory, [], changing).snapshot().assumptions, [
      '85 W assumed',
    ]);
  });

  it('records what became of idle power, and says when that changes', () => {
    let idlePower: IdlePower = 'proportional';
    const changing = { ...context, idlePower: () => idlePower };
    const own = Run.start(identity(), ROOT, {}, changing);
    assert.equal(own.snapshot().idlePower, undefined);
    own.take(event(start + 2, 1));
    assert.equal(own.snapshot().idlePower, 'proportional');
    idlePower = 'none';
    own.take(event(start + 4, 1));
    own.take(event(start + 6, 1));
    const { idlePower: recorded, notes } = own.snapshot();
    assert.equal(recorded, 'none');
    assert.equal(notes.filter((note) => /idle power is left to the machine/.test(note)).length, 1);
  });

  it('hands each point to the journal once', () => {
    run.take(event(start + 2, 10));
    assert.equal(run.unsavedPoints().length, 1);
    run.markSaved();
    run.take(event(start + 4, 10));
    assert.deepEqual(
      run.unsavedPoints().map(({ startSeconds }) => Math.round(startSeconds)),
      [2],
    );
    assert.equal(run.points().length, 2);
  });

  it('needs no endless memory while the journal cannot be written, and loses no energy', () => {
    for (let second = 2; second < 45_000; second += 2) run.take(event(start + second, 1));
    assert(run.unsavedPoints().length <= 20_000);
    assert.equal(sumOf(run.unsavedPoints(), 'energyJoules'), 22_499);
  });

  it('ends once, for good', () => {
    run.take(event(start + 2, 10));
    run.end('failed', 3);
    run.end('finished', 0);
    const first = run.snapshot();
    assert.deepEqual(
      [first.state, first.exitCode, first.powerWatts, run.isRunning],
      ['failed', 3, null, false],
    );
    assert.equal(first.endedAtMillis, first.startedAtMillis + first.durationSeconds * 1000);
    assert.equal(run.snapshot().durationSeconds, first.durationSeconds);
  });

  it('goes on after a restart with what the history kept', () => {
    run.feed('Epoch 2/5\n');
    run.take(event(start + 2, 100, ['a note']));
    const kept = JSON.parse(JSON.stringify({ snapshot: run.snapshot(), memory: run.memory() }));
    const restored = Run.restore(kept.snapshot, kept.memory, run.points(), context);
    restored.take(event(start + 10, 50));
    const { energyJoules, emissionsGrams, notes, progress, startedAtMillis } = restored.snapshot();
    assert.equal(energyJoules, 150);
    assert.equal(emissionsGrams, (150 / 3.6e6) * 360);
    assert.equal(notes.length, 1);
    assert.deepEqual([progress.epoch, progress.totalEpochs], [2, 5]);
    assert.equal(startedAtMillis, run.identity.startedAtMillis);
    assert.equal(restored.points().length, 2);
    assert.equal(restored.memory().startSeconds, start);
  });

  it('does not repeat after a restart what it had said of a bad pattern', () => {
    const first = Run.start(identity(), ROOT, { pattern: '(' }, context);
    const kept = JSON.parse(JSON.stringify({ snapshot: first.snapshot(), memory: first.memory() }));
    const restored = Run.restore(kept.snapshot, kept.memory, [], context);
    assert.equal(first.snapshot().notes.length, 1);
    assert.deepEqual(restored.snapshot().notes, first.snapshot().notes);
  });

  it('leaves the time for which it was paused out of its clock, a restart included', () => {
    run.take({ ...event(start + 2, 10), isPaused: true });
    assert.equal(run.snapshot().isPaused, true);
    const pausedBefore = run.memory().pausedSeconds ?? 0;
    const again = Run.restore(run.snapshot(), run.memory(), [], context);
    again.setPaused(false);
    assert((again.memory().pausedSeconds ?? 0) >= pausedBefore);
    assert.match(again.snapshot().notes.join(), /Paused/);
    run.setPaused(false);
    const paused = run.memory().pausedSeconds ?? 0;
    assert(paused > 0);
    assert.equal(run.snapshot().isPaused, false);
    assert.equal(run.memory().pausedSeconds, paused);
  });
});
