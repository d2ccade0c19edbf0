import assert from 'node:assert/strict';
import { energyOfParts, isPartOfEnergy } from '../../../../src/core/sensors/apple/energyModel.ts';
import { channelsOf } from './channels.ts';

describe('Energy model of Apple Silicon', () => {
  function joules(channels: ReturnType<typeof channelsOf>): Record<string, number> {
    const parts = energyOfParts(channels).map(
      ({ component, device, energyJoules }) =>
        [`${component} ${device}`, Math.round(energyJoules * 1e9) / 1e9] as const,
    );
    assert.equal(new Set(parts.map(([name]) => name)).size, parts.length);
    return Object.fromEntries(parts);
  }

  it('takes whole components only, each in the unit of its channel', () => {
    assert.deepEqual(joules(channelsOf('ioreport-m4.tsv')), {
      'cpu package-0': 9,
      'gpu Apple GPU': 4.123456789,
      'gpu Apple Neural Engine': 0.25,
      'dram package-0': 1.5,
    });
  });

  it('adds up the dies of an Ultra', () => {
    assert.deepEqual(joules(channelsOf('ioreport-m1-ultra.tsv')), {
      'cpu package-0': 50,
      'gpu Apple GPU': 31.23456789,
      'gpu Apple Neural Engine': 1.5,
      'dram package-0': 11,
    });
  });

  it('counts nothing twice where a chip tells the whole and its dies', () => {
    const channels = [
      { name: 'DIE_0_CPU Energy', unit: 'mJ', value: 1000 },
      { name: 'CPU Energy', unit: 'mJ', value: 3000 },
      { name: 'DIE_1_CPU Energy', unit: 'mJ', value: 2000 },
    ];
    assert.deepEqual(joules(channels), { 'cpu package-0': 3 });
  });

  it('takes the coarse GPU channel where there is no other', () => {
    const channels = [
      { name: 'GPU', unit: 'mJ', value: 1500 },
      { name: 'GPU SRAM', unit: 'mJ', value: 100 },
    ];
    assert.deepEqual(joules(channels), { 'gpu Apple GPU': 1.5 });
  });

  for (const [why, odd] of [
    ['is in a unit that is not known', { unit: 'mWh', value: 5 }],
    ['is negative', { unit: 'mJ', value: -5 }],
    ['is no number', { unit: 'mJ', value: NaN }],
  ] as const) {
    it(`leaves out a component of which a channel ${why}`, () => {
      const channels = [
        { name: 'DIE_0_CPU Energy', unit: 'mJ', value: 1000 },
        { name: 'DIE_1_CPU Energy', ...odd },
        { name: 'DRAM0', unit: 'mJ ', value: 2000 },
      ];
      assert.deepEqual(joules(channels), { 'dram package-0': 2 });
    });
  }

  it('asks only for channels that it needs', () => {
    const needed = channelsOf('ioreport-m1-ultra.tsv').filter(({ name }) => isPartOfEnergy(name));
    assert.deepEqual(
      needed.map(({ name }) => name),
      [
        'DIE_0_CPU Energy',
        'DIE_1_CPU Energy',
        'GPU0_0',
        'ANE0_0',
        'DRAM0_0',
        'ANE0_1',
        'DRAM0_1',
        'GPU Energy',
      ],
    );
  });
});
