import assert from 'node:assert/strict';
import { normalizeCpuName, tdpWatts } from '../../../../src/core/sensors/estimate/cpuTable.ts';

describe('Table of processors', () => {
  // as /proc/cpuinfo and systeminformation name them; TDP by the vendors' own pages
  const KNOWN: readonly (readonly [string, number])[] = [
    ['Intel(R) Core(TM) i7-8700K CPU @ 3.70GHz', 95],
    ['Intel® Core™ i5-1145G7 @ 2.60GHz', 28],
    ['Intel(R) Xeon(R) Gold 6248 CPU @ 2.50GHz', 150],
    ['Intel Xeon E5-2680 v4', 120],
    ['AMD Ryzen 9 5950X 16-Core Processor', 105],
    ['AMD EPYC 7742 64-Core Processor', 225],
    ['AMD Ryzen 7 5800U with Radeon Graphics', 15],
  ];
  for (const [name, watts] of KNOWN) {
    it(`knows ${name}`, () => assert.equal(tdpWatts(name), watts));
  }

  it('does not guess', () => {
    for (const name of [
      '',
      'Intel(R) Xeon(R) Processor',
      'AMD EPYC Processor',
      'QEMU Virtual CPU version 2.5+',
    ]) {
      assert.equal(tdpWatts(name), null, name);
    }
    assert.equal(tdpWatts('Intel Core i7-99999Z'), null);
    assert.equal(tdpWatts('constructor 1'), null);
  });

  it('drops what vendors write differently', () => {
    const names = [
      'Intel(R) Core(TM) i9-9900K CPU @ 3.60GHz',
      'Intel Core i9-9900K',
      'INTEL® CORE™  i9-9900k',
    ];
    assert.deepEqual([...new Set(names.map(normalizeCpuName))], ['core i9-9900k']);
  });
});
