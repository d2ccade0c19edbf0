import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProcTree } from '../../hardware/procTree.ts';
import { GpuUse } from '../../../src/core/metering/gpuUse.ts';
import { Procfs } from '../../../src/core/metering/procfs.ts';
import type { DeviceProcess, DeviceUse } from '../../../src/core/sensors/sensor.ts';
import { assertClose } from './readings.ts';

const RUN = new Map([50, 51].map((pid) => [pid, true]));
const KEY = {};

describe('What a run uses of a GPU', () => {
  let proc: ProcTree;
  let gpuUse: GpuUse;

  beforeEach(() => {
    proc = new ProcTree();
    for (const pid of [50, 51, 60, 70]) proc.process({ pid });
    gpuUse = new GpuUse(new Procfs(proc.root));
  });

  afterEach(() => proc.remove());

  function device(more: Partial<DeviceUse> = {}): DeviceUse {
    return { index: 0, uuid: 'GPU-0a1b', busyShare: 0.5, processes: [], drmDevice: null, ...more };
  }

  function used(pid: number, busyShare: number | null = null): DeviceProcess {
    return { pid, busyShare };
  }

  function byRun(more: Partial<DeviceUse>): number {
    return gpuUse.of(device(more), RUN, KEY).byRun;
  }

  /** Lets a process hold a device open, with what its driver tells about it. */
  function open(pid: number, descriptor: number, target: string, info = ''): void {
    const folder = path.join(proc.root, String(pid), 'fd');
    mkdirSync(folder, { recursive: true });
    symlinkSync(target, path.join(folder, String(descriptor)));
    tell(pid, descriptor, info);
  }

  function tell(pid: number, descriptor: number, info: string): void {
    proc.write(`${pid}/fdinfo/${descriptor}`, `pos:\t0\n${info}`);
  }

  it('is its part of the utilisation of all processes there', () => {
    assert.equal(byRun({ processes: [used(50, 0.25), used(51, 0.5), used(60, 0.25)] }), 0.75);
  });

  it('is an equal part where only the list of processes is known, or none of them did anything', () => {
    assert.equal(
      byRun({ processes: [used(50), used(60), used(70), used(1)] }),
      1 / 3,
      'pid 1 is nobody here',
    );
    assert.equal(byRun({ processes: [used(50, 0), used(60, 0)] }), 0.5);
  });

  it('is nothing where only others compute', () => {
    assert.equal(byRun({ processes: [used(60, 0.9)] }), 0);
    assert.equal(byRun({ processes: [] }), 0);
  });

  it('tells how busy the device is, all of it where that is unknown', () => {
    assert.equal(gpuUse.of(device({ busyShare: 0.25 }), RUN, KEY).inUse, 0.25);
    assert.equal(gpuUse.of(device({ busyShare: null }), RUN, KEY).inUse, 1);
  });

  it('is all of it in a container, whose processes are listed under other numbers, if the run holds the device', () => {
    open(51, 7, '/dev/nvidia0');
    assert.equal(byRun({ processes: [used(123_456, 0.9)] }), 1);
    assert.equal(
      byRun({ index: 1, processes: [used(123_456, 0.9)] }),
      0,
      'the run does not hold the second one',
    );
    assert.equal(byRun({ processes: [] }), 1, 'busy, though nobody is listed');
    assert.equal(byRun({ processes: [], busyShare: 0 }), 0);
  });

  it('is what CUDA_VISIBLE_DEVICES gives it where nobody tells about processes', () => {
    assert.equal(byRun({ processes: null }), 1);
    for (const [visible, expected] of [
      ['0', [1, 0]],
      ['1', [0, 1]],
      ['0,1', [1, 1]],
      ['', [0, 0]],
      ['-1', [0, 0]],
      ['1,-1,0', [0, 1]],
      ['GPU-0a', [1, 0]],
      ['GPU-ffff', [0, 0]],
      ['nonsense', [0, 0]],
    ] as const) {
      for (const pid of [50, 51]) proc.write(`${pid}/environ`, `HOME=/\0CUDA_VISIBLE_DEVICES=${visible}\0`);
      const fresh = new GpuUse(new Procfs(proc.root));
      const found = [0, 1].map(
        (index) => fresh.of(device({ index, uuid: `GPU-${index}a1b`, processes: null }), RUN, KEY).byRun,
      );
      assert.deepEqual(found, expected, visible);
    }
  });

  it('is found by the device’s own file, whatever its number', () => {
    open(51, 7, '/dev/nvidia3');
    assert.equal(byRun({ deviceFile: '/dev/nvidia3', processes: [used(123_456, 0.9)] }), 1);
    assert.equal(byRun({ deviceFile: '/dev/nvidia0', processes: [used(123_456, 0.9)] }), 0);
  });

  it('is what CUDA_VISIBLE_DEVICES gives it of a divided device', () => {
    const divided = { processes: null, uuid: 'GPU-0a1b', instances: ['MIG-11', 'MIG-22'] };
    for (const [visible, expected] of [
      ['MIG-22', 1],
      ['MIG-33', 0],
      ['MIG-GPU-0a1b/1/0', 1],
      ['MIG-GPU-ffff/1/0', 0],
    ] as const) {
      for (const pid of [50, 51]) proc.write(`${pid}/environ`, `CUDA_VISIBLE_DEVICES=${visible}\0`);
      assert.equal(new GpuUse(new Procfs(proc.root)).of(device(divided), RUN, KEY).byRun, expected, visible);
    }
  });

  it('takes a number for the device’s only where CUDA counts as the driver does', () => {
    const unlike = { index: 1, uuid: 'GPU-1', deviceFile: '/dev/nvidia1', processes: null, hasUnlike: true };
    const given = (environment: string) => {
      for (const pid of [50, 51]) proc.write(`${pid}/environ`, environment);
      return new GpuUse(new Procfs(proc.root)).of(device(unlike), RUN, KEY).byRun;
    };
    assert.equal(given('CUDA_VISIBLE_DEVICES=1\0CUDA_DEVICE_ORDER=PCI_BUS_ID\0'), 1);
    assert.equal(given('CUDA_VISIBLE_DEVICES=0\0CUDA_DEVICE_ORDER=PCI_BUS_ID\0'), 0);
    assert.equal(given('CUDA_VISIBLE_DEVICES=1\0'), 0, 'CUDA’s second may be another one');
    open(51, 7, '/dev/nvidia1');
    assert.equal(given('CUDA_VISIBLE_DEVICES=0\0'), 1, 'it holds this one open');
  });

  describe('by the kernel’s account of each process', () => {
    const amd = { drmDevice: '0000:03:00.0', processes: null };
    const info = (client: number, engineNanoseconds: number, pdev = amd.drmDevice) =>
      `drm-driver:\tamdgpu\ndrm-pdev:\t${pdev}\ndrm-client-id:\t${client}\n` +
      `drm-engine-gfx:\t1000 ns\ndrm-engine-compute:\t${engineNanoseconds} ns\ndrm-engine-capacity-gfx:\t2\n`;

    it('is its engines’ time of the device’s busy time', async () => {
      open(50, 5, '/dev/dri/renderD128', info(1, 0));
      open(51, 5, '/dev/dri/renderD128', info(1, 0)); // the same client, inherited
      open(51, 6, '/dev/dri/renderD129', info(2, 0, '0000:04:00.0'));
      assert.equal(byRun({ ...amd, busyShare: 0.5 }), 0, 'nothing is known at the first look');
      const start = performance.now();
      await sleep(200);
      const elapsed = (performance.now() - start) / 1000;
      const used = Math.round(elapsed * 0.25 * 1e9);
      tell(50, 5, info(1, used));
      tell(51, 5, info(1, used));
      tell(51, 6, info(2, 9e9, '0000:04:00.0'));
      assertClose(byRun({ ...amd, busyShare: 0.5 }), 0.5, 0.05);
    });

    it('is all of it where the device does not say how busy it was, or its driver counts no seconds', async () => {
      open(50, 5, '/dev/dri/renderD128', info(1, 0));
      byRun({ ...amd, busyShare: null });
      await sleep(20);
      tell(50, 5, info(1, 5e6));
      assert.equal(byRun({ ...amd, busyShare: null }), 1);
      tell(50, 5, `drm-pdev:\t${amd.drmDevice}\ndrm-client-id:\t1\ndrm-cycles-rcs:\t77\n`);
      assert.equal(byRun({ ...amd, busyShare: 0.5 }), 1);
    });

    it('is nothing of a device that it does not use', () => {
      open(50, 5, '/dev/null');
      assert.equal(byRun({ ...amd }), 0);
    });
  });
});
