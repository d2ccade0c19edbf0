import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
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

  describe('on odd machines', () => {
    /** The counters run on while the sensor looks at them, as real ones do. */
    async function probeWhileRunning(sensor: RaplSensor): Promise<Probe> {
      const start = performance.now();
      const timer = setInterval(() => tree.set((performance.now() - start) / 1000), 2);
      return sensor.probe().finally(() => clearInterval(timer));
    }

    it('counts a package once, though each of its dies shows its counter', async () => {
      const sensor = build({
        packages: 0,
        zones: [
          ['intel-rapl:0', 'package-0-die-0', 'package-0'],
          ['intel-rapl:0:0', 'dram', 'dram-0'],
          ['intel-rapl:1', 'package-0-die-1', 'package-0'],
          ['intel-rapl:1:0', 'dram', 'dram-0'],
        ],
      });
      const probe = await probeWhileRunning(sensor);
      assert.match(probe.message, /package-0-die-1 cpu shows the counter of package-0-die-0 cpu once more/);
      assert.deepEqual(await channels(sensor), [
        'rapl/intel-rapl:0 package-0-die-0 cpu',
        'rapl/intel-rapl:0:0 package-0-die-0 dram',
      ]);
    });

    it('adds dies that have a counter each', async () => {
      const sensor = build({
        packages: 0,
        zones: [
          ['intel-rapl:0', 'package-0-die-0', 'package-0'],
          ['intel-rapl:1', 'package-0-die-1', 'package-1'],
          ['intel-rapl:2', 'package-1-die-0', 'package-2'],
        ],
      });
      assert.doesNotMatch((await probeWhileRunning(sensor)).message, /once more/);
      assert.equal((await sensor.read()).length, 3);
    });

    it('adds counters that stand still, for those tell nothing of one another', async () => {
      const sensor = build({
        packages: 0,
        zones: [
          ['intel-rapl:0', 'package-0-die-0', 'package-0'],
          ['intel-rapl:1', 'package-0-die-1', 'package-0'],
        ],
      });
      await sensor.probe();
      assert.equal((await sensor.read()).length, 2);
    });

    it('counts the package of an AMD processor, and not the one core that the kernel shows beside it', async () => {
      const sensor = build({ hasDram: false, packages: 2 });
      const probe = await sensor.probe();
      assert.deepEqual(probe.components, ['cpu']);
      assert.doesNotMatch(probe.message, /only the cores/);
      assert.deepEqual(await channels(sensor), [
        'rapl/intel-rapl:0 package-0 cpu',
        'rapl/intel-rapl:1 package-1 cpu',
      ]);
    });

    it('says that psys is there and why it is not added', async () => {
      const sensor = build({ hasPsys: true });
      assert.match((await sensor.probe()).message, /psys is there, too, and is not added/);
      assert.deepEqual(await channels(sensor), [
        'rapl/intel-rapl:0 package-0 cpu',
        'rapl/intel-rapl:0:1 package-0 dram',
      ]);
    });

    it('does not take psys for the processor where there is nothing else', async () => {
      assert.equal((await build({ packages: 0, hasPsys: true }).probe()).state, 'absent');
    });

    it('does not read the mirror through mmio alone, which shows the same package', async () => {
      const sensor = build({ hasMmio: true, hasDram: false });
      await sensor.probe();
      assert.deepEqual(await channels(sensor), ['rapl/intel-rapl:0 package-0 cpu']);
    });

    it('counts the cores of a socket without a counter for its package, and says so', async () => {
      const sensor = build({
        zones: [
          ['intel-rapl:1:0', 'core', 'core-1'],
          ['intel-rapl:1:1', 'uncore', 'core-2'],
          ['intel-rapl:1:2', 'dram', 'dram-1'],
        ],
      });
      const probe = await sensor.probe();
      assert.match(probe.message, /Of intel-rapl:1 cpu only the cores are counted/);
      assert.deepEqual(await channels(sensor), [
        'rapl/intel-rapl:0 package-0 cpu',
        'rapl/intel-rapl:0:1 package-0 dram',
        'rapl/intel-rapl:1:0 intel-rapl:1 cpu',
        'rapl/intel-rapl:1:2 intel-rapl:1 dram',
      ]);
    });

    it('leaves the processor to another source where its package does not answer, though the cores do', async () => {
      const sensor = build();
      tree.fail('intel-rapl:0', 'refuse');
      const probe = await sensor.probe();
      assert.deepEqual(probe.components, ['dram']);
      assert.match(probe.message, /Without package-0 cpu/);
    });

    it('tells no range where the kernel tells none, rather than one of nothing', async () => {
      const sensor = build({ hasDram: false });
      writeFileSync(`${tree.root}/class/powercap/intel-rapl:0/max_energy_range_uj`, '0\n');
      await sensor.probe();
      const [reading] = await sensor.read();
      assert(reading?.kind === 'counter');
      assert.equal(reading.rangeJoules, null);
    });

    it('never tells less than nothing', async () => {
      const sensor = build({ hasDram: false });
      await sensor.probe();
      writeFileSync(`${tree.root}/class/powercap/intel-rapl:0/energy_uj`, '-5\n');
      assert.deepEqual(await sensor.read(), []);
    });
  });
});
