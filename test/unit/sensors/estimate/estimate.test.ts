import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { RaplTree } from '../../../hardware/raplTree.ts';
import { TRACES } from '../../../hardware/trace.ts';
import { Meter } from '../../../../src/core/metering/meter.ts';
import { EstimateSensor } from '../../../../src/core/sensors/estimate/estimate.ts';
import { NO_OVERRIDES } from '../../../../src/core/sensors/estimate/overrides.ts';

/** The processor times of a machine with two processors, in seconds of each. */
let busySeconds = [0, 0];
let idleSeconds = [0, 0];
let clockSeconds = 1000;

function cpuInfo(index: number): os.CpuInfo {
  const busy = busySeconds[index] ?? 0;
  const idle = idleSeconds[index] ?? 0;
  const times = { user: busy * 500, nice: 0, sys: busy * 500, irq: 0, idle: idle * 1000 };
  return { model: '', speed: 0, times };
}

describe('Estimate sensor', () => {
  const sensor = new EstimateSensor();
  let figures: { idleWatts: number; fullWatts: number; memoryWatts: number };

  before(async () => {
    const { message } = await sensor.probe();
    const [idleWatts = 0, fullWatts = 0, memoryWatts = 0] = [...message.matchAll(/([\d.]+) W/g)].map(
      ([, text]) => Number(text),
    );
    assert(idleWatts > 0 && fullWatts > idleWatts && memoryWatts > 0, message);
    figures = { idleWatts, fullWatts, memoryWatts };
    mock.method(os, 'cpus', () => [0, 1].map(cpuInfo));
    mock.method(process.hrtime, 'bigint', () => BigInt(Math.round(clockSeconds * 1e9)));
  });

  after(() => mock.restoreAll());

  /** Power of both components while the processors are busy for so much of 10 s, and wait for disks for so much. */
  async function wattsOver(busy: readonly number[], waiting = 0): Promise<{ cpu: number; dram: number }> {
    const [cpu, dram] = await sensor.read();
    busySeconds = busySeconds.map((seconds, index) => seconds + (busy[index] ?? 0));
    idleSeconds = idleSeconds.map((seconds, index) => seconds + 10 - (busy[index] ?? 0) - waiting);
    clockSeconds += 10;
    const [nextCpu, nextDram] = await sensor.read();
    assert(cpu?.component === 'cpu' && dram?.component === 'dram' && nextCpu && nextDram);
    return {
      cpu: (nextCpu.energyJoules - cpu.energyJoules) / (nextCpu.timeSeconds - cpu.timeSeconds),
      dram: (nextDram.energyJoules - dram.energyJoules) / (nextDram.timeSeconds - dram.timeSeconds),
    };
  }

  /** The figures come from a sentence for people, with one decimal. */
  function assertWatts(actual: number, expected: number): void {
    assert(Math.abs(actual - expected) <= 0.11, `${actual} W, not ${expected} W`);
  }

  it('reads nothing before it has been probed', async () => {
    assert.deepEqual(await new EstimateSensor().read(), []);
  });

  it('is marked as estimated and lists its assumptions with their sources', async () => {
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.deepEqual(probe.components, ['cpu', 'dram']);
    assert.equal(probe.uncertainty, 0.5);
    const [cpu, dram] = probe.assumptions;
    assert.equal(cpu?.component, 'cpu');
    assert.match(cpu.text, /Cloud Carbon Footprint/);
    assert.equal(dram?.component, 'dram');
    assert.match(dram.text, /Green Algorithms/);
    for (const reading of await sensor.read()) {
      assert.equal(reading.quality, 'estimated');
      assert.equal(reading.uncertainty, 0.5);
    }
  });

  it('takes idle power for an idle machine, full power for a busy one, half way for one of two busy', async () => {
    const { idleWatts, fullWatts } = figures;
    assertWatts((await wattsOver([0, 0])).cpu, idleWatts);
    assertWatts((await wattsOver([10, 10])).cpu, fullWatts);
    assertWatts((await wattsOver([10, 0])).cpu, (idleWatts + fullWatts) / 2);
    assertWatts((await wattsOver([5, 5])).cpu, (idleWatts + fullWatts) / 2);
  });

  it('takes constant power for memory', async () => {
    assertWatts((await wattsOver([0, 0])).dram, figures.memoryWatts);
    assertWatts((await wattsOver([10, 10])).dram, figures.memoryWatts);
  });

  it('counts idle power while processors wait for disks, which is in none of their times', async function () {
    if (process.platform !== 'linux') return this.skip();
    const { cpu, dram } = await wattsOver([0, 0], 8);
    assertWatts(cpu, figures.idleWatts);
    assertWatts(dram, figures.memoryWatts);
  });

  it('takes the processor’s own power limit, and the user’s word before it, as they are when it is probed', async () => {
    const tree = new RaplTree({ trace: TRACES.idle });
    try {
      const limit = path.join(tree.root, 'class', 'powercap', 'intel-rapl:0', 'constraint_0_power_limit_uw');
      writeFileSync(limit, '45000000\n');
      const told = { ...NO_OVERRIDES };
      const own = new EstimateSensor({ sysfs: tree.root, overrides: () => told });
      assert.match((await own.probe()).message, /and 45\.0 W by its load/);
      writeFileSync(limit, '28000000\n');
      assert.match((await own.probe()).assumptions[0]?.text ?? '', /28 W at full load \(its power limit/);
      Object.assign(told, { cpuFullWatts: 120, cpuIdleWatts: 20, dramWattsPerGigabyte: 0.2 });
      const { message, uncertainty, assumptions } = await own.probe();
      assert.match(message, /between 20\.0 W and 120\.0 W/);
      assert.equal(uncertainty, 0.25);
      for (const { text } of assumptions) assert.match(text, /your setting/);
    } finally {
      tree.remove();
    }
  });

  it('does not take another model’s energy since boot for energy used', async () => {
    const told = { ...NO_OVERRIDES, cpuFullWatts: 100 };
    const own = new EstimateSensor({ overrides: () => told });
    await own.probe();
    const meter = new Meter();
    meter.add(await own.read());
    Object.assign(told, { cpuFullWatts: 110 });
    await own.probe();
    clockSeconds += 1;
    const energy = meter.add(await own.read());
    assert.deepEqual(
      energy?.parts.map(({ component }) => component),
      ['dram'],
    );
  });
});
