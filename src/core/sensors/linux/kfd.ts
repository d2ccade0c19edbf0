import { readdirSync } from 'node:fs';
import path from 'node:path';
import { monotonicSeconds } from '../../metering/clock.ts';
import type { DeviceProcess } from '../sensor.ts';
import { quickText } from './kernelFile.ts';

/** Who computes changes seldom, and each queue is a file: it is looked at every 2 s. */
const KEPT_SECONDS = 2;

/**
 * Who computes on AMD GPUs through ROCm. Its queues are written to by the processes themselves, past the driver, so
 * that `/proc/PID/fdinfo` does not count them. The kernel lists them in `/sys/class/kfd/kfd/proc/PID/queues/N/gpuid`
 * (kernel, amdkfd/kfd_process.c), by process ids of the host; which GPU that is tells
 * `/sys/class/kfd/kfd/topology/nodes/N`: `gpu_id`, and in `properties` its `domain` and `location_id`, the bus in the
 * upper and the device and function in the lower byte (amdkfd/kfd_topology.c).
 */
export class KfdProcesses {
  readonly #root: string;
  #atSeconds = -Infinity;
  #byGpu: ReadonlyMap<string, ReadonlySet<number>> = new Map();

  constructor(sysfs: string) {
    this.#root = path.join(sysfs, 'class', 'kfd', 'kfd');
  }

  /** Processes with a queue on the GPU at a PCI address; null where there are none. */
  on(pci: string): readonly DeviceProcess[] | null {
    const now = monotonicSeconds();
    if (now - this.#atSeconds >= KEPT_SECONDS) {
      this.#atSeconds = now;
      this.#byGpu = this.#look();
    }
    const pids = this.#byGpu.get(pci);
    return pids ? [...pids].map((pid) => ({ pid, busyShare: null })) : null;
  }

  #look(): ReadonlyMap<string, ReadonlySet<number>> {
    const byGpu = new Map<string, Set<number>>();
    const processes = path.join(this.#root, 'proc');
    const pids = entries(processes).filter((name) => /^\d+$/.test(name));
    if (pids.length === 0) return byGpu;
    const addresses = this.#addresses();
    for (const pid of pids) {
      const queues = path.join(processes, pid, 'queues');
      for (const queue of entries(queues)) {
        const pci = addresses.get(quickText(path.join(queues, queue, 'gpuid')) ?? '');
        if (pci !== undefined) byGpu.set(pci, (byGpu.get(pci) ?? new Set()).add(Number(pid)));
      }
    }
    return byGpu;
  }

  /** PCI addresses by the driver's own number of a GPU; a processor has 0 there. */
  #addresses(): ReadonlyMap<string, string> {
    const nodes = path.join(this.#root, 'topology', 'nodes');
    const found = entries(nodes).map((node): [string, string] => {
      const properties = quickText(path.join(nodes, node, 'properties')) ?? '';
      const value = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(properties)?.[1] ?? 0);
      return [
        quickText(path.join(nodes, node, 'gpu_id')) ?? '',
        pciAddress(value('domain'), value('location_id')),
      ];
    });
    return new Map(found.filter(([id]) => /^[1-9]\d*$/.test(id)));
  }
}

function pciAddress(domain: number, location: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return `${hex(domain, 4)}:${hex(location >> 8, 2)}:${hex((location >> 3) & 31, 2)}.${location & 7}`;
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
