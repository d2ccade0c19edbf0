import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { ProcTree } from '../../../hardware/procTree.ts';
import { ProgramFolder } from '../../../hardware/programFolder.ts';
import { SysfsTree } from '../../../hardware/sysfsTree.ts';
import { Meter } from '../../../../src/core/metering/meter.ts';
import { parseCount } from '../../../../src/core/sensors/linux/perfStat.ts';
import { RaplPerfSensor } from '../../../../src/core/sensors/linux/raplPerf.ts';
import type { CounterReading, Probe } from '../../../../src/core/sensors/sensor.ts';
import { assertClose, sumJoules } from '../../metering/readings.ts';
import { runChild } from '../../children/runChild.ts';

const PERF = fileURLToPath(new URL('../../../hardware/perfProgram.ts', import.meta.url));
const EVENTS = 'bus/event_source/devices/power/events';
const ZONE = 'class/powercap/intel-rapl:0';

/** Short, so that a test need not wait for the next counts and the next perf. */
const TIMES = { intervalMillis: 120, restartSeconds: 0.05 };

const DENIED = [
  'Error:',
  'Access to performance monitoring and observability operations is limited.',
  'Consider adjusting /proc/sys/kernel/perf_event_paranoid setting to open',
].join('\n');

describe('RAPL by perf', () => {
  let tree: SysfsTree;
  let proc: ProcTree;
  let tool: ProgramFolder;
  let sensor: RaplPerfSensor;

  beforeEach(() => {
    tree = new SysfsTree();
    tree.write(`${EVENTS}/energy-pkg`, 'event=0x02');
    tree.write(`${EVENTS}/energy-pkg.scale`, '2.3283064365386962890625e-10');
    tree.write(`${EVENTS}/energy-ram`, 'event=0x03');
    tree.write(`${EVENTS}/energy-cores`, 'event=0x01');
    tree.write(`${ZONE}/name`, 'package-0');
    tree.write(`${ZONE}/energy_uj`, '5');
    tree.fail(`${ZONE}/energy_uj`, 'refuse'); // as for a user without the right, but for root, too
    proc = new ProcTree();
    proc.write('sys/kernel/perf_event_paranoid', '0\n');
    tool = new ProgramFolder('perf');
    counting('steady');
    const environment = tool.environment;
    sensor = new RaplPerfSensor({ sysfs: tree.root, procfs: proc.root, environment }, TIMES);
  });

  afterEach(() => {
    sensor.release();
    tree.remove();
    proc.remove();
    tool.remove();
  });

  function counting(trace: string): void {
    tool.does(`exec '${process.execPath}' '${PERF}' '${trace}' "$@"`);
  }

  /** Reads until so many readings of a channel have come. */
  async function readings(count: number, channel = 'rapl-perf/energy-pkg'): Promise<CounterReading[]> {
    const all: CounterReading[] = [];
    const isEnough = () => all.filter((reading) => reading.channel === channel).length >= count;
    for (; !isEnough(); await new Promise((resolve) => setImmediate(resolve)))
      all.push(...(await sensor.read()));
    return all;
  }

  it('measures packages and memory where RAPL’s own files are closed', async () => {
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.deepEqual(probe.components, ['cpu', 'dram']);
    assert.match(probe.message, /all packages and all memory together, by perf/);
  });

  it('finds the true joules, by one process however often it is read', async () => {
    await sensor.probe();
    const { length } = tool.calls;
    const found = await readings(6);
    assert.equal(tool.calls.length, length + 1);
    assert.match(
      tool.calls.at(-1)?.args ?? '',
      /^stat -a -x , -e power\/energy-pkg\/,power\/energy-ram\/ -I \d+$/,
    );
    for (const [channel, watts] of [
      ['rapl-perf/energy-pkg', 80],
      ['rapl-perf/energy-ram', 6],
    ] as const) {
      const own = found.filter((reading) => reading.channel === channel);
      const [first, last] = [own[0], own.at(-1)];
      assert(first && last && last.timeSeconds > first.timeSeconds);
      const seconds = last.timeSeconds - first.timeSeconds;
      assertClose(last.energyJoules - first.energyJoules, watts * seconds, 0.01, channel);
      assert.equal(last.quality, 'measured');
    }
  });

  it('goes on after perf was ended, bridges what it missed, and says so', async () => {
    await sensor.probe();
    const meter = new Meter();
    const packages = async () => (await readings(4)).filter(({ component }) => component === 'cpu');
    const samples = [meter.add(await packages())];
    process.kill(tool.calls.at(-1)?.pid ?? 0, 'SIGKILL');
    samples.push(meter.add(await packages()));
    const from = samples[0]?.startSeconds ?? NaN;
    const to = samples[1]?.endSeconds ?? NaN;
    assertClose(sumJoules(samples), 80 * (to - from), 0.02);
    assert.match(samples[1]?.notes.join() ?? '', /rapl-perf all packages cpu was reset/);
  });

  it('ends perf when it is released, and starts it again when it is read', async () => {
    await sensor.probe();
    await readings(1);
    const { pid } = tool.calls.at(-1) ?? { pid: 0 };
    sensor.release();
    for (;;) {
      try {
        process.kill(pid, 0);
      } catch {
        break;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await readings(1);
    assert.notEqual(tool.calls.at(-1)?.pid, pid);
  });

  it('measures packages alone where the processor does not count its memory', async () => {
    counting(
      JSON.stringify({ channels: { package: { segments: [{ seconds: 1, fromWatts: 9, toWatts: 9 }] } } }),
    );
    assert.deepEqual((await sensor.probe()).components, ['cpu']);
    tree.takeAway(`${EVENTS}/energy-ram`);
    counting('steady');
    assert.deepEqual((await sensor.probe()).components, ['cpu']);
    assert.match(tool.calls.at(-1)?.args ?? '', /-e power\/energy-pkg\/ /);
  });

  it('starts no perf where RAPL’s own files can be read', async () => {
    tree.mend(`${ZONE}/energy_uj`);
    const probe = await sensor.probe();
    assert.equal(probe.state, 'absent');
    assert.match(probe.message, /Not needed/);
    assert.deepEqual(await sensor.read(), []);
    assert.deepEqual(tool.calls, []);
  });

  it('starts no perf where the kernel has no such events', async () => {
    tree.takeAway('bus');
    assert.equal((await sensor.probe()).state, 'absent');
    assert.deepEqual(tool.calls, []);
  });

  for (const [paranoid, state] of [
    ['4', 'refused'],
    ['1', 'refused'],
    ['', 'refused'],
    ['0', 'ready'],
    ['-1', 'ready'],
  ] as const)
    it(`is ${state} for a user where perf_event_paranoid is ${paranoid || 'not told'}`, async () => {
      proc.write('sys/kernel/perf_event_paranoid', `${paranoid}\n`);
      tool.prints('', '     0.100000000,1.00,Joules,power/energy-pkg/,1,100.00,,\n');
      const { PATH = '' } = tool.environment;
      const probe = await runChild<Probe>('probeAsNobody.ts', tree.root, 'rapl-perf', proc.root, PATH);
      assert.equal(probe.state, state);
      if (state === 'ready') return;
      assert.match(probe.fix ?? '', /sysctl kernel.perf_event_paranoid=0/);
      assert.deepEqual(tool.calls, []);
    });

  it('says how to install perf where it is missing', async () => {
    const environment = { PATH: tree.root };
    const bare = new RaplPerfSensor({ sysfs: tree.root, procfs: proc.root, environment });
    const probe = await bare.probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.fix ?? '', /apt install linux-perf/);
  });

  it('tells in perf’s own words why it does not count', async () => {
    for (const [stderr, message] of [
      [DENIED, /Access to performance monitoring and observability operations is limited/],
      ['event syntax error: \\"power/energy-pkg/\\"', /event syntax error/],
      ['     0.1,<not counted>,Joules,power/energy-pkg/,0,100.00,,\n', /ended/],
      ['', /ended/],
    ] as const) {
      tool.prints('', stderr, 1);
      const probe = await sensor.probe();
      assert.equal(probe.state, 'refused');
      assert.match(probe.message, message);
      assert.deepEqual(await sensor.read(), []);
    }
  });

  it('reads the lines of several releases of perf, and nothing into others', () => {
    for (const [line, endSeconds, energyJoules] of [
      ['     1.001048308,19.63,Joules,power/energy-pkg/,2002406532,100.00,,', 1.001048308, 19.63],
      ['1.5,0.00,Joules,power/energy-pkg/,2002406532,100.00', 1.5, 0],
      ['     2.002369058,<not counted>,Joules,power/energy-pkg/,0,100.00,,', 2.002369058, null],
      ['     2.002369058,<not supported>,,power/energy-pkg/,0,100.00,,', 2.002369058, null],
    ] as const)
      assert.deepEqual(parseCount(line), { endSeconds, energyJoules, event: 'power/energy-pkg/' }, line);
    for (const line of [
      '',
      '# started on Tue',
      '1.0,12,,instructions,5,100.00,,',
      '1,1e9,Joules,power/energy-pkg/,',
    ])
      assert.equal(parseCount(line), null, line);
  });
});
