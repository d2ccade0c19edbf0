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
    return this.#any(fileOf(device), tree, (pid) => this.#opens(device, pid));
  }

  #opens(device: DeviceUse, pid: number): boolean {
    return [...this.#procfs.openFiles(pid).values()].includes(fileOf(device));
  }

  /** Whether the device is among those that the tree may use: all, where nothing is said. */
  #isGiven(device: DeviceUse, tree: ReadonlyMap<number, unknown>): boolean {
    return this.#any(`given ${device.uuid ?? device.index}`, tree, (pid) => {
      const visible = this.#procfs.environment(pid, 'CUDA_VISIBLE_DEVICES');
      if (visible === null) return true;
      const names = visibleNames(visible);
      if (names.some((name) => isNameOf(name, device))) return true;
      if (!device.hasUnlike || this.#procfs.environment(pid, 'CUDA_DEVICE_ORDER') === 'PCI_BUS_ID')
        return names.includes(String(device.index));
      // which one a number means is known to CUDA alone
      return names.some((name) => /^\d+$/.test(name)) && this.#opens(device, pid);
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

function fileOf({ deviceFile, drmDevice, index }: DeviceUse): string {
  return deviceFile ?? (drmDevice === null ? `/dev/nvidia${index ?? ''}` : ROCM_DEVICE);
}

/** CUDA C++ Programming Guide, environment variables: numbers or UUIDs, up to the first that names no device. */
function visibleNames(visible: string): readonly string[] {
  const names = visible.split(',').map((word) => word.trim());
  const end = names.findIndex((name) => !/^(\d+|GPU-.+|MIG-.+)$/.test(name));
  return end < 0 ? names : names.slice(0, end);
}

/**
 * Whether it is the device's UUID or begins like it, or that of a part of it: `MIG-UUID`, and before driver 470
 * `MIG-GPU-UUID/1/0` (NVIDIA Multi-Instance GPU User Guide, CUDA_VISIBLE_DEVICES).
 */
function isNameOf(name: string, { uuid, instances = [] }: DeviceUse): boolean {
  if (instances.some((instance) => instance.startsWith(name))) return true;
  const ofWhole = /^MIG-(GPU-[^/]+)/.exec(name)?.[1] ?? name;
  return uuid !== null && ofWhole.startsWith('GPU-') && uuid.startsWith(ofWhole);
}
