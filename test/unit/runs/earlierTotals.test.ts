import assert from 'node:assert/strict';
import { NO_PROGRESS, type Progress } from '../../../src/core/progress/event.ts';
import { totalsFromRuns } from '../../../src/core/runs/earlierTotals.ts';
import { snapshot } from './snapshots.ts';

function after(...progresses: readonly Partial<Progress>[]) {
  return totalsFromRuns(
    progresses.map((progress) => snapshot({ progress: { ...NO_PROGRESS, ...progress } })),
  );
}

describe('Totals of earlier runs', () => {
  it('are those of the latest one with progress, and marked as a guess', () => {
    const epochs = after({}, { epoch: 12, epochsCompleted: 12 }, { epoch: 30, epochsCompleted: 30 });
    assert.deepEqual(epochs, { totalEpochs: 12, totalSource: 'history' });
    const steps = after({ step: 100, stepsOf: 'run' });
    assert.deepEqual(steps, { totalSteps: 100, totalStepsSource: 'history' });
  });

  it('count what a resumed run left to an earlier one', () => {
    assert.equal(after({ epoch: 30, epochsCompleted: 18, epochsBefore: 12 }).totalEpochs, 30);
  });

  it('are none without earlier runs', () => assert.deepEqual(after(), {}));
});
