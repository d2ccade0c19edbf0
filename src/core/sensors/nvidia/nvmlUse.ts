import path from 'node:path';
import { monotonicSeconds } from '../../metering/clock.ts';
import { quickText } from '../linux/kernelFile.ts';
import type { DeviceProcess, DeviceUse } from '../sensor.ts';
import type { NvmlApi, ProcessLoad } from './nvmlApi.ts';
import { orNull, type NvmlGpu } from './nvmlGpu.ts';

/**
 * Who uses a GPU is asked about once a second, where samples come a little early or late; on machines of many GPUs more
 * seldom, so that asking costs the same: each question costs some 30 µs of processor time, three are asked of each.
 */
const PERIOD_SECONDS = 0.9;
const SECONDS_PER_GPU = 0.35;

/** Whether anybody uses the multi-process service hardly changes. */
const SERVICE_PERIOD_SECONDS = 10;

interface Known {
  readonly use: DeviceUse;
  readonly atSeconds: number;
  /** Time stamp of the last measurement of its processes. */
  readonly lastMicros: bigint;
  readonly hasClients: boolean;
  readonly clientsAtSeconds: number;
}

/** Knows who uses each GPU, from asking once a second. */
export class NvmlUse {
  readonly #procfs: string;
  readonly #known = new Map<string, Known>();

  constructor(procfs: string) {
    this.#procfs = procfs;
  }

  forget(): void {
    this.#known.clear();
  }

  /** @param gpus how many there are in all */
  async of(api: NvmlApi, gpu: NvmlGpu, gpus: number): Promise<DeviceUse> {
    const before = this.#known.get(gpu.id);
    const now = monotonicSeconds();
    const periodSeconds = Math.max(PERIOD_SECONDS, SECONDS_PER_GPU * gpus);
    if (before && now - before.atSeconds < periodSeconds) return before.use;
    const known = await this.#ask(api, gpu, before, now);
    this.#known.set(gpu.id, known);
    return known.use;
  }

  async #ask(api: NvmlApi, gpu: NvmlGpu, before: Known | undefined, atSeconds: number): Promise<Known> {
    const { index, uuid, deviceFile, instances, hasUnlike } = gpu;
    const percent = instances ? null : await orNull(api.loadPercent(gpu.handle));
    const asksService =
      !before || before.hasClients || atSeconds - before.clientsAtSeconds > SERVICE_PERIOD_SECONDS;
    const [pids, clients] = await this.#pids(api, gpu, asksService);
    // one process alone has all of it, however busy it is
    const isShared = !instances && clients.length === 0 && (pids?.length ?? 0) > 1;
    const loads = isShared ? await orNull(api.loads(gpu.handle, before?.lastMicros ?? 0n)) : null;
    return {
      use: {
        ...{ index, uuid, drmDevice: null, deviceFile, hasUnlike },
        ...(instances ? { instances: instances.flatMap((instance) => instance.uuid ?? []) } : {}),
        busyShare: percent !== null && percent <= 100 ? percent / 100 : null,
        processes: pids && withLoads([...pids, ...clients], loads),
      },
      atSeconds,
      lastMicros:
        loads?.reduce((last, { micros }) => (micros > last ? micros : last), 0n) || before?.lastMicros || 0n,
      hasClients: clients.length > 0,
      clientsAtSeconds: asksService ? atSeconds : before.clientsAtSeconds,
    };
  }

  /**
   * Who computes there, and for whom the multi-process service (MPS) does. Its server is left out then: it does what
   * its clients ask of it. In MIG mode only the MIG devices tell it to everyone (NVML, GetComputeRunningProcesses).
   */
  async #pids(
    api: NvmlApi,
    { handle, instances }: NvmlGpu,
    asksService: boolean,
  ): Promise<[own: readonly number[] | null, clients: readonly number[]]> {
    const handles = instances ? instances.map((instance) => instance.handle) : [handle];
    const own: number[] = [];
    const clients: number[] = [];
    for (const each of handles) {
      const pids = await orNull(api.pids(each));
      if (!pids) return [null, []];
      own.push(...pids);
      if (asksService) clients.push(...((await orNull(api.clientPids(each))) ?? []));
    }
    if (clients.length === 0) return [own, []];
    return [own.filter((pid) => !clients.includes(pid) && !this.#isServer(pid)), clients];
  }

  /** By the name that the kernel keeps, cut to 15 letters (man 5 proc_pid_comm). */
  #isServer(pid: number): boolean {
    return quickText(path.join(this.#procfs, String(pid), 'comm')) === 'nvidia-cuda-mps';
  }
}

/** The driver's list of loads has strange entries at times, so only those of processes that are there count. */
function withLoads(pids: readonly number[], loads: readonly ProcessLoad[] | null): readonly DeviceProcess[] {
  const latest = new Map<number, ProcessLoad>();
  for (const load of loads ?? []) {
    const before = latest.get(load.pid);
    if (load.percent <= 100 && (!before || load.micros > before.micros)) latest.set(load.pid, load);
  }
  return [...new Set(pids)].map((pid) => {
    if (latest.size === 0) return { pid, busyShare: null };
    return { pid, busyShare: (latest.get(pid)?.percent ?? 0) / 100 };
  });
}
