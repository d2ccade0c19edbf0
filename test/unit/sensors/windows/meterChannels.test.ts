import assert from 'node:assert/strict';
import { meterChannels } from '../../../../src/core/sensors/windows/meterChannels.ts';
import { instancesOf } from './instances.ts';

describe('Rails of the energy meter of Windows', () => {
  function chosen(items: ReturnType<typeof instancesOf>): string[] {
    return meterChannels(items).map(
      ({ instance, component, device }) => `${instance} ${component} ${device}`,
    );
  }

  it('are the package, but nothing that is inside of it or a sum, nor memory that was never counted', () => {
    assert.deepEqual(chosen(instancesOf('energy-meter-intel.tsv')), ['RAPL_Package0_PKG cpu package-0']);
  });

  it('are package and memory of each socket', () => {
    const items = [
      { instance: 'RAPL_Package0_PKG', value: 7e12 },
      { instance: 'RAPL_Package0_DRAM', value: 2e12 },
      { instance: 'RAPL_Package1_PKG', value: 6e12 },
      { instance: 'rapl_package1_dram', value: 2e12 },
    ];
    assert.deepEqual(chosen(items), [
      'RAPL_Package0_PKG cpu package-0',
      'RAPL_Package0_DRAM dram package-0',
      'RAPL_Package1_PKG cpu package-1',
      'rapl_package1_dram dram package-1',
    ]);
  });

  it('are one where two dies show the same counter', () => {
    assert.deepEqual(chosen(instancesOf('energy-meter-amd.tsv')), ['RAPL_Package0_PKG cpu package-0']);
  });

  it('are none where the names are not known', () => {
    assert.deepEqual(chosen(instancesOf('energy-meter-qualcomm.tsv')), []);
    assert.deepEqual(chosen([{ instance: 'XRAPL_Package0_PKG', value: 5 }]), []);
    assert.deepEqual(chosen([{ instance: 'RAPL_Package0_PKG', value: NaN }]), []);
  });
});
