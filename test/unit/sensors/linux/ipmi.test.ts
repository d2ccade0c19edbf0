import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProgramFolder } from '../../../hardware/programFolder.ts';
import { SysfsTree } from '../../../hardware/sysfsTree.ts';
import { IpmiSensor } from '../../../../src/core/sensors/linux/ipmi.ts';
import { contextOf, figures, readUntil } from './following.ts';

/** Short, so that a test need not wait for the next call. */
const PERIOD_SECONDS = 0.05;

/** What `ipmitool dcmi power reading` prints (ipmitool, lib/ipmi_dcmi.c). */
function answer(watts: number, state = 'activated'): string {
  const line = (name: string, value: string) => `    ${name.padEnd(42)}${value}\n`;
  const power = (value: number) => `${String(value).padStart(8)} Watts`;
  return [
    '\n',
    line('Instantaneous power reading:', power(watts)),
    line('Minimum during sampling period:', power(2)),
    line('Maximum during sampling period:', power(1940)),
    line('Average power reading over sample period: ', power(194)),
    line('IPMI timestamp:', '08/28/26 07:12:06 UTC').replace(/\n$/, ''),
    line('Sampling period:', '00000005 Seconds.'),
    line('Power reading state is:', state),
    '\n\n',
  ].join('');
}

const NO_DEVICE = 'Could not open device at /dev/ipmi0 or /dev/ipmi/0 or /dev/ipmidev/0: ';

describe('IPMI sensor', () => {
  let tree: SysfsTree;
  let tool: ProgramFolder;
  let sensor: IpmiSensor;

  beforeEach(() => {
    tree = new SysfsTree();
    tree.folder('class/ipmi/ipmi0');
    tool = new ProgramFolder('ipmitool');
    tool.prints(answer(217));
    sensor = new IpmiSensor(contextOf(tree, tool.environment), PERIOD_SECONDS);
  });

  afterEach(() => {
    sensor.release();
    tree.remove();
    tool.remove();
  });

  it('measures the whole machine by what its controller reads', async () => {
    const probe = await sensor.probe();
    assert.equal(probe.state, 'ready');
    assert.deepEqual(probe.components, ['machine']);
    assert.deepEqual(figures(await readUntil(sensor, ({ length }) => length > 0)), { machine: 217 });
    assert.deepEqual(
      tool.calls.map(({ args }) => args),
      tool.calls.map(() => 'dcmi power reading'),
    );
  });

  it('follows the power', async () => {
    await sensor.probe();
    for (const watts of [300, 250]) {
      tool.prints(answer(watts));
      await readUntil(sensor, ([reading]) => reading?.kind === 'power' && reading.powerWatts === watts);
    }
  });

  it('starts no more than one process in its period, and gives the last answer with its own time meanwhile', async () => {
    const slow = new IpmiSensor(contextOf(tree, tool.environment), 3600);
    await slow.probe();
    const [first] = await readUntil(slow, ({ length }) => length > 0);
    const { length } = tool.calls;
    for (let look = 0; look < 5; look++) assert.deepEqual(await slow.read(), [first]);
    assert.equal(tool.calls.length, length);
    slow.release();
  });

  it('starts no process where there is no controller', async () => {
    tree.takeAway('class/ipmi');
    assert.equal((await sensor.probe()).state, 'absent');
    assert.deepEqual(await sensor.read(), []);
    assert.deepEqual(tool.calls, []);
  });

  it('says which driver is missing', async () => {
    tree.takeAway('class/ipmi');
    tree.folder('bus/platform/devices/IPI0001:00');
    const probe = await sensor.probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.fix ?? '', /modprobe ipmi_devintf/);
    assert.deepEqual(tool.calls, []);
  });

  it('says how to install ipmitool where it is missing', async () => {
    const bare = new IpmiSensor(contextOf(tree, { PATH: tree.root }), PERIOD_SECONDS);
    const probe = await bare.probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.fix ?? '', /apt install ipmitool/);
  });

  it('takes no relative folder of the PATH, in which anyone may have put a program', async () => {
    const bare = new IpmiSensor(contextOf(tree, { PATH: '.:bin:' }), PERIOD_SECONDS);
    assert.match((await bare.probe()).message, /not installed/);
  });

  it('explains a refusal for want of rights, with the udev rule and what it opens', async () => {
    tool.prints('', `${NO_DEVICE}Permission denied\n`, 1);
    const probe = await sensor.probe();
    assert.equal(probe.state, 'refused');
    assert.match(probe.message, /may not talk to it/);
    assert.match(probe.fix ?? '', /switch the machine off.*\n(.*\n)*.*SUBSYSTEM=="ipmi"/);
  });

  it('says that the device is missing', async () => {
    tool.prints('', `${NO_DEVICE}No such file or directory\n`, 1);
    assert.match((await sensor.probe()).fix ?? '', /modprobe/);
  });

  for (const [what, stdout, stderr, message] of [
    ['cannot tell a power', '', '\n    DCMI request failed because: Invalid command (c1)', /Invalid command/],
    ['has its measuring switched off', answer(217, 'deactivated'), '', /the reading is deactivated/],
    ['tells 0 W', answer(0), '', /does not tell/],
    ['tells nothing', '', '', /no answer/],
    ['tells nonsense', 'Instantaneous power reading: lots Watts\n', '', /does not tell/],
  ] as const)
    it(`does not measure by a controller that ${what}`, async () => {
      tool.prints(stdout, stderr);
      const probe = await sensor.probe();
      assert.equal(probe.state, 'refused');
      assert.match(probe.message, message);
      assert.equal(probe.fix, null);
      assert.deepEqual(await sensor.read(), []);
    });

  it('tells nothing while the controller fails in mid-run, and goes on afterwards', async () => {
    await sensor.probe();
    await readUntil(sensor, (readings) => readings.length === 1);
    tool.prints('', 'Unable to establish IPMI session\n', 1);
    await readUntil(sensor, (readings) => readings.length === 0);
    tool.prints(answer(180));
    assert.deepEqual(figures(await readUntil(sensor, (readings) => readings.length === 1)), { machine: 180 });
  });

  it('asks a controller that goes on failing more and more seldom', async () => {
    await sensor.probe();
    tool.prints('', 'Unable to establish IPMI session\n', 1);
    const start = tool.calls.length;
    const begin = performance.now();
    await readUntil(sensor, () => tool.calls.length >= start + 4);
    // periods of 1, 2 and 4 lie between the first call and the fourth
    assert((performance.now() - begin) / 1000 >= PERIOD_SECONDS * 0.9 * 7);
  });

  it('does not wait for a controller that does not answer, and ends the call when it is released', async () => {
    await sensor.probe();
    tool.does('exec sleep 600');
    await readUntil(sensor, (readings) => readings.length === 0);
    const last = tool.calls.at(-1);
    assert(last);
    await sensor.read();
    assert.equal(tool.calls.at(-1)?.pid, last.pid, 'not asked again meanwhile');
    sensor.release();
    await gone(last.pid);
  });

  it('begins anew at once after it was released, though a call was cut off', async () => {
    const seldom = new IpmiSensor(contextOf(tree, tool.environment), 3600);
    await seldom.probe();
    tool.does('exec sleep 600');
    assert.deepEqual(await seldom.read(), []);
    seldom.release();
    await gone(tool.calls.at(-1)?.pid ?? 0);
    tool.prints(answer(150));
    assert.equal((await seldom.probe()).state, 'ready');
    assert.deepEqual(figures(await readUntil(seldom, ({ length }) => length > 0)), { machine: 150 });
    seldom.release();
  });
});

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(5);
  }
}
