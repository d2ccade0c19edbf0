import assert from 'node:assert/strict';
import type { EpochEnd } from '../../../src/core/runs/epochs.ts';
import { NO_PROGRESS } from '../../../src/core/progress/event.ts';
import { epochTable } from '../../../src/host/panel/epochTable.ts';
import { snapshot } from '../runs/snapshots.ts';

const mark = (done: number, wattHours: number): EpochEnd => ({
  ...{ done, energyJoules: wattHours * 3600, activeSeconds: wattHours * 10, atSeconds: wattHours * 10 },
});
const epochs = {
  unit: 'epoch',
  start: mark(0, 1),
  ends: [
    { ...mark(1, 3), metrics: { loss: 0.51234, val_acc: 0.9 } },
    { ...mark(2, 7), metrics: { loss: 0.4, val_acc: 0.92 } },
  ],
} as const;
const RUNNING = {
  state: 'running',
  energyJoules: 8 * 3600,
  emissionsGrams: 8,
  durationSeconds: 90,
  epochs,
} as const;

describe('The table of epochs', () => {
  it('has joules, grams, duration and metrics of each, the newest first', () => {
    const table = epochTable(snapshot({ ...RUNNING, state: 'finished', emissionsGrams: 8 }));
    assert.deepEqual(table?.metrics, ['loss', 'val_acc']);
    assert.deepEqual(
      table?.rows.map(({ label, energy, energyTitle, emissions, duration, metrics }) => [
        ...[label, energy, energyTitle, emissions, duration, ...metrics],
      ]),
      [
        ['2', '4.00 Wh', '14400 J', '4.00 g', '40 s', '0.4', '0.92'],
        ['1', '2.00 Wh', '7200 J', '2.00 g', '20 s', '0.5123', '0.9'],
      ],
    );
    assert.deepEqual(
      table?.rows.map(({ share }) => share),
      [1, 0.5],
    );
  });

  it('shows what the epoch in progress has used so far', () => {
    const progress = { ...NO_PROGRESS, epoch: 3, epochsCompleted: 2, totalEpochs: 5 };
    const [row] = epochTable(snapshot({ ...RUNNING, progress }))?.rows ?? [];
    assert.deepEqual(
      [row?.label, row?.energy, row?.duration, row?.metrics],
      ['3, so far', '1.00 Wh', '20 s', ['–', '–']],
    );
  });

  it('counts as the script does where it resumed', () => {
    const progress = { ...NO_PROGRESS, epoch: 12, epochsCompleted: 2, epochsBefore: 10, totalEpochs: 12 };
    const table = epochTable(snapshot({ ...RUNNING, state: 'finished', progress }));
    assert.deepEqual(
      table?.rows.map(({ label }) => label),
      ['12', '11'],
    );
  });

  it('says so where a row stands for several, and compares their means', () => {
    const ends = [mark(1, 3), mark(5, 11)];
    const table = epochTable(snapshot({ ...RUNNING, state: 'finished', epochs: { ...epochs, ends } }));
    assert.deepEqual(
      table?.rows.map(({ label, share }) => [label, share]),
      [
        ['2–5', 1],
        ['1', 1],
      ],
    );
    assert.match(table?.note ?? '', /several epochs/);
  });

  it('says that it is unknown for a run of an older version, and is none for one without epochs', () => {
    assert.match(epochTable(snapshot())?.note ?? '', /^Unknown/);
    assert.equal(epochTable(snapshot({ progress: NO_PROGRESS })), null);
  });
});
