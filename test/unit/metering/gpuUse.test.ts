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

  it('is all of an AMD GPU in a container, if the run computes through ROCm', () => {
    const amd = { drmDevice: '0000:03:00.0', index: null, processes: [used(123_456)] };
    assert.equal(byRun(amd), 0);
    open(51, 7, '/dev/kfd');
    assert.equal(new GpuUse(new Procfs(proc.root)).of(device(amd), RUN, KEY).byRun, 1);
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
    const client = (id: number, pdev = amd.drmDevice) => `drm-pdev:\t${pdev}\ndrm-client-id:\t${id}\n`;
    /** As amdgpu tells it, with nanoseconds. */
    const info = (id: number, compute: number, pdev = amd.drmDevice) =>
      `drm-driver:\tamdgpu\n${client(id, pdev)}drm-memory-vram:\t4096 KiB\n` +
      `drm-engine-gfx:\t1000 ns\ndrm-engine-compute:\t${compute} ns\ndrm-engine-capacity-compute:\t8\n`;
    /** As i915 tells it. */
    const i915 = (id: number, render: number) =>
      `drm-driver:\ti915\n${client(id)}drm-engine-render:\t${render} ns\ndrm-engine-copy:\t0 ns\n` +
      'drm-engine-capacity-video:\t2\ndrm-engine-video-enhance:\t0 ns\n';
    /** As xe tells it, with cycles. */
    const xe = (id: number, ccs: number, clock: number) =>
      `drm-driver:\txe\n${client(id)}drm-total-vram0:\t23992 KiB\ndrm-cycles-rcs:\t5\n` +
      `drm-total-cycles-rcs:\t${clock}\ndrm-cycles-ccs:\t${ccs}\ndrm-total-cycles-ccs:\t${clock}\n` +
      'drm-engine-capacity-ccs:\t4\n';
    const node = '/dev/dri/renderD128';
    let clock = 0;

    it('is its engines’ time of the device’s busy time', async () => {
      open(50, 5, node, info(1, 0));
      open(51, 5, node, info(1, 0)); // the same client, inherited
      open(51, 6, '/dev/dri/renderD129', info(2, 0, '0000:04:00.0'));
      byRun({ ...amd, busyShare: 0.5 });
      const start = performance.now();
      await sleep(200);
      const elapsed = (performance.now() - start) / 1000;
      const used = Math.round(elapsed * 0.25 * 1e9);
      tell(50, 5, info(1, used));
      tell(51, 5, info(1, used));
      tell(51, 6, info(2, 9e9, '0000:04:00.0'));
      assertClose(byRun({ ...amd, busyShare: 0.5 }), 0.5, 0.05);
    });

    for (const [driver, told] of [
      ['i915', (id: number, used: number) => i915(id, used)],
      ['xe', (id: number, used: number) => xe(id, used, 9e9 + clock)],
    ] as const)
      it(`is its part of what all do where the device does not say how busy it was (${driver})`, () => {
        clock = 0;
        open(50, 5, node, told(1, 1e6));
        open(60, 5, node, told(2, 8e6));
        byRun({ ...amd, busyShare: null });
        clock = 2e9;
        tell(50, 5, told(1, 4e6));
        tell(60, 5, told(2, 9e6));
        assertClose(byRun({ ...amd, busyShare: null }), 0.75, 1e-6);
        clock = 4e9;
        tell(60, 5, told(2, 19e6));
        assert.equal(byRun({ ...amd, busyShare: null }), 0);
      });

    it('is all of it where nobody else does anything', () => {
      open(50, 5, node, i915(1, 0));
      open(60, 5, node, i915(2, 7e6));
      byRun({ ...amd, busyShare: null });
      tell(50, 5, i915(1, 5e6));
      assert.equal(byRun({ ...amd, busyShare: null }), 1);
    });

    it('counts the cycles of a client that has just come since the last look, not since the start (xe)', () => {
      open(50, 6, node, xe(1, 0, 1e9));
      open(60, 6, node, xe(2, 7e6, 1e9));
      byRun({ ...amd, busyShare: null });
      tell(50, 6, xe(3, 3e6, 1.1e9)); // another client under the old number
      tell(60, 6, xe(2, 8e6, 1.1e9));
      assertClose(byRun({ ...amd, busyShare: null }), 0.75, 1e-3);
    });

    it('is, at a first look, its part of what all have done so far', () => {
      open(50, 5, node, i915(1, 6e6));
      open(60, 5, node, i915(2, 2e6));
      assertClose(byRun({ ...amd, busyShare: 0.5 }), 0.75, 1e-6);
    });

    it('waits until a driver that told less has caught up', () => {
      open(50, 5, node, i915(1, 50e6));
      open(60, 5, node, i915(2, 0));
      byRun({ ...amd, busyShare: null });
      tell(50, 5, i915(1, 40e6));
      tell(60, 5, i915(2, 1e6));
      assert.equal(byRun({ ...amd, busyShare: null }), 0);
      tell(50, 5, i915(1, 53e6));
      tell(60, 5, i915(2, 2e6));
      assertClose(byRun({ ...amd, busyShare: null }), 0.75, 1e-6);
    });

    it('is nothing of an AMD GPU that is open but unused, which its driver tells by silence', () => {
      open(50, 5, node, `drm-driver:\tamdgpu\n${client(1)}drm-memory-vram:\t0 KiB\n`);
      assert.equal(byRun({ ...amd, busyShare: 0.9 }), 0);
      assert.equal(byRun({ ...amd, busyShare: 0.9 }), 0);
    });

    it('is all of it where the driver counts nothing', () => {
      open(50, 5, node, `drm-driver:\txe\n${client(1)}drm-total-vram0:\t1 KiB\n`);
      assert.equal(byRun({ ...amd, busyShare: 0.5 }), 1);
    });

    it('is nothing of a device that it does not use', () => {
      open(50, 5, '/dev/null');
      assert.equal(byRun({ ...amd }), 0);
    });
  });
});
