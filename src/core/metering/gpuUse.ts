import { monotonicSeconds } from './clock.ts';
import { DrmClients } from './drmClients.ts';
import type { ComponentUse } from './attribution.ts';
import type { Procfs } from './procfs.ts';
import type { DeviceProcess, DeviceUse } from '../sensors/sensor.ts';

/** What processes hold open and were started with hardly changes: it is looked at again after 10 s. */
const KEPT_SECONDS = 10;

/** What every process that computes on AMD GPUs through ROCm holds open (ROCm documentation, running in Docker). */
const ROCM_DEVICE = '/dev/kfd';

interface Looked {
  readonly atSeconds: number;
  readonly value: boolean;
}

/**
 * Finds what a process tree uses of a GPU. In this order, by what the device's sensor tells: its processes' utilisation
 * (NVML), the mere list of its processes, equally; what the kernel's driver counts for each process (fdinfo); and where
 * none of this can be seen, as in containers, whose processes the driver lists under other numbers or not at all,
 * whether the tree holds the device open or was given it by `CUDA_VISIBLE_DEVICES`.
 */
export class GpuUse {
  readonly #procfs: Procfs;
  readonly #clients: DrmClients;
  readonly #looked = new Map<string, Looked>();

  constructor(procfs: Procfs) {
    this.#procfs = procfs;
    this.#clients = new DrmClients(procfs);
  }

  /**
   * @param tree pids of the run's processes
   * @param key names the tree, the same at each call
   */
  of(device: DeviceUse, tree: ReadonlyMap<number, unknown>, key: object): ComponentUse {
    const inUse = device.busyShare ?? 1;
    return { inUse, byRun: this.#byRun(device, tree, key) };
  }

  #byRun(device: DeviceUse, tree: ReadonlyMap<number, unknown>, key: object): number {
    if (device.drmDevice !== null && device.processes === null)
      return this.#clients.share(device.drmDevice, device.busyShare, tree, key);
    if (device.processes === null) return this.#isGiven(device, tree) ? 1 : 0;
    const seen = device.processes.filter(({ pid }) => tree.has(pid) || this.#procfs.stat(pid) !== null);
    if (seen.length > 0) return shareOf(seen, tree);
    const isBusy = device.processes.length > 0 || (device.busyShare ?? 0) > 0;
    return isBusy && this.#holds(device, tree) ? 1 : 0;
  }

  /** Whether the tree holds the device open: then it computes there, though nobody lists it. */
  #holds(device: DeviceUse, tree: ReadonlyMap<number, unknown>): boolean {
    const file = device.drmDevice === null ? `/dev/nvidia${device.index ?? ''}` : ROCM_DEVICE;
    return this.#any(file, tree, (pid) => [...this.#procfs.openFiles(pid).values()].includes(file));
  }

  /** Whether the device is among those that the tree may use: all, where nothing is said. */
  #isGiven(device: DeviceUse, tree: ReadonlyMap<number, unknown>): boolean {
    return this.#any(`given ${device.uuid ?? device.index}`, tree, (pid) => {
      const visible = this.#procfs.environment(pid, 'CUDA_VISIBLE_DEVICES');
      return visible === null || isListed(visible, device);
    });
  }

  #any(what: string, tree: ReadonlyMap<number, unknown>, test: (pid: number) => boolean): boolean {
    const key = `${what} ${[...tree.keys()].join(' ')}`;
    const now = monotonicSeconds();
    const before = this.#looked.get(key);
    if (before && now - before.atSeconds < KEPT_SECONDS) return before.value;
    if (this.#looked.size > 100) this.#looked.clear();
    const value = [...tree.keys()].some(test);
    this.#looked.set(key, { atSeconds: now, value });
    return value;
  }
}

/** By utilisation where it is told of anyone, else every process the same. */
function shareOf(processes: readonly DeviceProcess[], tree: ReadonlyMap<number, unknown>): number {
  const own = processes.filter(({ pid }) => tree.has(pid));
  const busy = (of: readonly DeviceProcess[]) => of.reduce((sum, { busyShare }) => sum + (busyShare ?? 0), 0);
  const all = busy(processes);
  return all > 0 ? busy(own) / all : own.length / processes.length;
}

/** CUDA C++ Programming Guide, environment variables: numbers or UUIDs, up to the first that names no device. */
function isListed(visible: string, { index, uuid }: DeviceUse): boolean {
  for (const entry of visible.split(',').map((word) => word.trim())) {
    if (!/^(\d+|GPU-.+|MIG-.+)$/.test(entry)) return false;
    if (entry === String(index) || (uuid !== null && entry.startsWith('GPU-') && uuid.startsWith(entry)))
      return true;
  }
  return false;
}
