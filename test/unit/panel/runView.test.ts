import assert from 'node:assert/strict';
import type { ComponentEnergy } from '../../../src/core/runs/snapshot.ts';
import { runView } from '../../../src/host/panel/runView.ts';
import { snapshot } from '../runs/snapshots.ts';

const CPU: ComponentEnergy = {
  ...{ component: 'cpu', device: 'package-0', source: 'rapl', quality: 'measured', uncertainty: 0.05 },
  ...{ energyJoules: 27_000, machineEnergyJoules: 36_000 },
};
const DRAM: ComponentEnergy = {
  ...{ component: 'dram', device: 'dram', source: 'estimate', quality: 'estimated', uncertainty: 0.5 },
  ...{ energyJoules: 9000, machineEnergyJoules: 36_000 },
};

const MIXED = { components: [CPU, DRAM], howKnown: 'mixed', uncertainty: 0.13 } as const;

function figure(run: Parameters<typeof snapshot>[0], id: string) {
  return runView(snapshot(run), []).figures.find((each) => each.id === id);
}

describe('A run as the page shows it', () => {
  it('sets the run against its machine, by component and together', () => {
    const { components } = runView(snapshot(MIXED), []);
    assert.deepEqual(
      components.map(({ label, energy, machineEnergy, shareText, howKnown, source }) => [
        ...[label, energy, machineEnergy, shareText, howKnown, source],
      ]),
      [
        ['Processor', '7.50 Wh', '10.0 Wh', '75 %', 'measured', 'RAPL counters, ±5 %'],
        ['Memory', '2.50 Wh', '10.0 Wh', '25 %', 'estimated', 'load and hardware model, ±50 %'],
        ['Together', '10.0 Wh', '20.0 Wh', '50 %', 'mixed', '75 % measured, 25 % estimated, ±13 %'],
      ],
    );
    assert.equal(components.at(-1)?.component, null);
  });

  it('names the devices where there are several of a kind, and keeps sources of one apart', () => {
    const { components } = runView(
      snapshot({
        components: [CPU, { ...CPU, device: 'package-1' }, { ...CPU, source: 'estimate' }],
      }),
      [],
    );
    assert.deepEqual(
      components.map(({ label }) => label),
      ['Processor package-0', 'Processor package-1', 'Processor package-0', 'Together'],
    );
    assert.equal(new Set(components.map(({ id }) => id)).size, 4);
  });

  it('has no sum of one, and no share of nothing', () => {
    const { components } = runView(
      snapshot({ components: [{ ...CPU, energyJoules: 0, machineEnergyJoules: 0 }] }),
      [],
    );
    assert.deepEqual(
      components.map(({ share, shareText }) => [share, shareText]),
      [[null, 'unknown']],
    );
  });

  it('says of the energy how exactly and by what it is known', () => {
    assert.deepEqual(figure({}, 'energy'), {
      ...{ id: 'energy', label: 'Energy', value: '10.0 Wh ±5\u00a0%' },
      ...{ howKnown: 'measured', note: 'by RAPL counters' },
    });
    assert.equal(figure(MIXED, 'energy')?.note, '75 % measured, 25 % estimated');
    const unknown = { components: [], howKnown: 'unknown', energyJoules: 0 } as const;
    assert.deepEqual(
      [figure(unknown, 'energy')?.value, figure(unknown, 'energy')?.note],
      ['0 mWh', 'not known yet'],
    );
    assert.equal(figure({}, 'machine')?.note, 'this run’s share: 50 %');
  });

  it('tells what became of idle power, where the run has recorded it', () => {
    const factOf = (run: Parameters<typeof snapshot>[0]) =>
      runView(snapshot(run), []).facts.find(({ label }) => label === 'Idle power')?.text;
    assert.equal(factOf({ idlePower: 'all' }), 'counted as the run’s');
    assert.equal(factOf({}), undefined);
  });

  it('tells the cost once a price is set, the building’s share included', () => {
    const priced = runView(snapshot(), [], { perKwh: 0.5, currency: '€' }).figures.find(
      ({ id }) => id === 'cost',
    );
    assert.equal(priced?.value, '€ 0.01'); // 10 Wh at a PUE of 1.2
    assert.equal(priced.note, 'at € 0.50 a kWh');
    assert.equal(figure({}, 'cost'), undefined);
  });

  it('draws the grid’s intensity as counted, and as it may still change', () => {
    const from = snapshot().startedAtMillis;
    const segment = { energyJoules: 10, pue: 1, source: 'grid' };
    const intensitySegments = [
      { ...segment, fromMillis: from, toMillis: from + 60_000, gramsPerKwh: 300, isFinal: true },
      { ...segment, fromMillis: from + 60_000, toMillis: from + 90_000, gramsPerKwh: 250, isFinal: false },
    ];
    const ahead = { source: 'grid', isFinal: false, isTold: true };
    const { intensity } = runView(snapshot({ intensitySegments }), [], null, [
      { ...ahead, fromMillis: from + 90_000, toMillis: from + 120_000, gramsPerKwh: 200 },
      { ...ahead, fromMillis: from + 120_000, toMillis: from + 150_000, gramsPerKwh: 473, isTold: false },
    ]).chart;
    assert.deepEqual(intensity, {
      timeSeconds: [0, 60, 90, 120],
      counted: [300, 300, null, null],
      expected: [null, 250, 200, 200],
      now: 1,
    });
    assert.equal(runView(snapshot(), []).chart.intensity.timeSeconds.length, 0);
  });
});
