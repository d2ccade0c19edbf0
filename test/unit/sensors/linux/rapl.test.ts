import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { RaplTree, type TreeOptions } from '../../../hardware/raplTree.ts';
import { TRACES } from '../../../hardware/trace.ts';
import { RaplSensor } from '../../../../src/core/sensors/linux/rapl.ts';
import type { Probe } from '../../../../src/core/sensors/sensor.ts';
import { runChild } from '../../children/runChild.ts';

describe('RAPL sensor', () => {
  let tree: RaplTree;

  function build(options: Partial<TreeOptions> = {}): RaplSensor {
    tree = new RaplTree({ trace: TRACES.steady, ...options });
    return new RaplSensor({ sysfs: tree.root, procfs: '/proc' });
  }

  afterEach(() => tree.remove());

  async function channels(sensor: RaplSensor): Promise<string[]> {
    return (await sensor.read()).map(
      (reading) => `${reading.channel} ${reading.device} ${reading.component}`,
    );
  }

  for (const layout of ['flat', 'linked', 'nested'] as const) {
    it(`reads package and memory, each once, but not core, psys and the mmio mirror (${layout})`, async () => {
      const sensor = build({ layout, hasPsys: true, hasMmio: true });
      const probe = await sensor.probe();
      assert.equal(probe.state, 'ready');
      assert.deepEqual([...probe.components].sort(), ['cpu', 'dram']);
      assert.deepEqual(await channels(sensor), [
        'rapl/intel-rapl:0 package-0 cpu',
        'rapl/intel-rapl:0:1 package-0 dram',
      ]);
    });
  }

  it('reads every socket', async () => {
    const sensor = build({ packages: 2, layout: 'linked' });
    assert.match((await sensor.probe()).message, /package-0 cpu.*package-1 cpu/);
    assert.deepEqual(await channels(sensor), [
      'rapl/intel-rapl:0 package-0 cpu',
      'rapl/intel-rapl:0:1 package-0 dram',
      'rapl/intel-rapl:1 package-1 cpu',
      'rapl/intel-rapl:1:1 package-1 dram',
    ]);
  });

  it('reads joules and their range, as measured', async () => {
    const sensor = build({ hasDram: false });
    await sensor.probe();
    tree.set(10);
    const [reading] = await sensor.read();
    assert(reading?.kind === 'counter');
    const file = `${tree.root}/class/powercap/intel-rapl:0/energy_uj`;
    assert.equal(reading.energyJoules, Number(readFileSync(file, 'utf8')) / 1e6);
    assert.equal(reading.rangeJoules, tree.rangeJoules);
    assert.equal(reading.quality, 'measured');
  });

  it('leaves memory to another source where the processor has no counter for it', async () => {
    const sensor = build({ hasDram: false });
    assert.deepEqual((await sensor.probe()).components, ['cpu']);
  });

  it('says that there is nothing here', async () => {
    const sensor = build({ packages: 0 });
    const probe = await sensor.probe();
    assert.equal(probe.state, 'absent');
    assert.equal(probe.fix, null);
    assert.deepEqual(await sensor.read(), []);
  });

  it('explains a refusal for want of rights, with the udev rule that mends it', async () => {
    build({ layout: 'linked' });
    for (const zone of tree.zones) tree.fail(zone, 'deny');
    const probe = await runChild<Probe>('probeAsNobody.ts', tree.root);
    assert.equal(probe.state, 'refused');
    assert.match(probe.message, /may not read/);
    assert.match(probe.fix ?? '', /udev.*\n.*SUBSYSTEM=="powercap".*chmod g\+r/);
  });

  it('tells another error by its code, without advice that would not help', async () => {
    const sensor = build({ hasDram: false });
    tree.fail('intel-rapl:0', 'refuse');
    const probe = await sensor.probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.message, /EISDIR/);
    assert.equal(probe.fix, null);
    assert.deepEqual(await sensor.read(), []);
  });

  it('uses the sockets that answer and names those that do not', async () => {
    const sensor = build({ packages: 2, hasDram: false });
    tree.fail('intel-rapl:1', 'refuse');
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.match(probe.message, /package-1.*EISDIR/);
    assert.deepEqual(await channels(sensor), ['rapl/intel-rapl:0 package-0 cpu']);
  });

  for (const fault of ['vanish', 'garbage', 'refuse'] as const) {
    it(`leaves a counter out while it fails, and takes it up again (${fault})`, async () => {
      const sensor = build();
      await sensor.probe();
      tree.fail('intel-rapl:0', fault);
      assert.deepEqual(await channels(sensor), ['rapl/intel-rapl:0:1 package-0 dram']);
      tree.mend('intel-rapl:0', 5);
      assert.equal((await sensor.read()).length, 2);
    });
  }
});
