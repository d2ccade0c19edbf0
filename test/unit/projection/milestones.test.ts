import assert from 'node:assert/strict';
import { MilestoneRecorder } from '../../../src/core/projection/milestones.ts';
import { project } from '../../../src/core/projection/project.ts';
import { cost, STEP, Training } from './trainings.ts';

describe('MilestoneRecorder', () => {
  it('keeps a long training small, and its beginning and end exact', () => {
    const training = new Training();
    for (let epoch = 0; epoch < 3000; epoch++) training.steps(4, STEP, cost(0.5));
    const { points, breaks, paces, mark } = training.recorder.state();
    assert(points.length <= 128 && breaks.length <= 64 && paces.length <= 16);
    assert.equal(points[0]?.work, 0);
    assert.equal(mark.work, 3000);
    assert(JSON.stringify(training.recorder.state()).length < 20_000);
    const total = training.project(6000)?.totalEnergyJoules.median ?? 0;
    assert(Math.abs(total / (50 + 6000 * 450) - 1) < 0.001, `${total}`);
  });

  it('goes on after a restart as if there had been none', () => {
    const [one, other] = [new Training(), new Training()];
    for (let epoch = 0; epoch < 4; epoch++) {
      one.steps(10, cost(1 + epoch / 50), cost(2));
      other.steps(10, cost(1 + epoch / 50), cost(2)).restart();
    }
    assert.deepEqual(other.project(20), one.project(20));
  });

  it('does not count as validation what happened while nobody looked', () => {
    const training = new Training().steps(10).advance(0.1, STEP).show('validate').restart();
    training.use(cost(500)).advance(0.4, STEP);
    assert.deepEqual(training.recorder.state().aside, { energyJoules: 0, timeSeconds: 0 });
  });

  it('takes up what an earlier version wrote', () => {
    const ends = [0, 1, 2, 3].map((epochs) => ({
      epochs,
      energyJoules: epochs * 100,
      timeSeconds: epochs * 10,
    }));
    const mark = { epochs: 3.5, energyJoules: 350, timeSeconds: 35 };
    const recorder = new MilestoneRecorder(JSON.parse(JSON.stringify({ ends, mark })));
    const used = { energyJoules: 350, timeSeconds: 35 };
    const before = project(recorder.state(), { used, workToDo: 10 });
    assert.equal(Math.round(before?.totalEnergyJoules.median ?? 0), 1000);
    recorder.record(
      { unit: 'epoch', work: 4, epochsCompleted: 4, phase: null },
      { energyJoules: 400, timeSeconds: 40 },
    );
    const after = project(recorder.state(), { used: { energyJoules: 400, timeSeconds: 40 }, workToDo: 10 });
    assert.equal(Math.round(after?.totalEnergyJoules.median ?? 0), 1000);
    const empty = { ends: [], mark: { epochs: 0, energyJoules: 0, timeSeconds: 0 } };
    assert.equal(project(new MilestoneRecorder(empty).state(), { used, workToDo: 10 }), null);
  });

  it('begins to count anew when the run’s bar turns out to be an epoch’s', () => {
    const recorder = new MilestoneRecorder();
    const at = (unit: 'step' | 'epoch', work: number, completed: number, seconds: number) =>
      recorder.record(
        { unit, work, epochsCompleted: completed, phase: null },
        { energyJoules: seconds, timeSeconds: seconds },
      );
    for (let step = 0; step <= 100; step++) at('step', step, 0, 5 + step);
    at('epoch', 1.01, 1, 106);
    at('epoch', 1.02, 1, 107);
    const total = project(recorder.state(), { used: { energyJoules: 107, timeSeconds: 107 }, workToDo: 10 });
    const energy = total?.totalEnergyJoules.median ?? 0;
    assert(Math.abs(energy / 1005 - 1) < 0.1, `${energy}`);
  });

  it('does not mind progress that goes back', () => {
    const training = new Training().steps(10).steps(10);
    const before = training.project(10);
    const sight = { unit: 'epoch', work: 0.5, epochsCompleted: 0, phase: null } as const;
    training.recorder.record(sight, training.used);
    assert.deepEqual(training.project(10), before);
  });
});
