import type { Procfs } from './procfs.ts';
import { monotonicSeconds } from './clock.ts';

/** Which descriptors of a process belong to a GPU is looked at again after 10 s. */
const KEPT_SECONDS = 10;
const MOST_KEPT = 10_000;

interface Descriptors {
  readonly atSeconds: number;
  readonly names: readonly string[];
}

interface Mark {
  readonly atSeconds: number;
  readonly clients: ReadonlyMap<string, number>;
}

/**
 * What processes use of a GPU by the kernel's own account: `drm-engine-*` of `/proc/PID/fdinfo` counts nanoseconds of
 * each engine for each client (kernel documentation, gpu/drm-usage-stats.rst; amdgpu since Linux 5.14, i915 since 5.19).
 * One user's processes are seen, others' are not.
 */
export class DrmClients {
  readonly #procfs: Procfs;
  readonly #descriptors = new Map<number, Descriptors>();
  readonly #marks = new WeakMap<object, Map<string, Mark>>();

  constructor(procfs: Procfs) {
    this.#procfs = procfs;
  }

  /**
   * The tree's share of what a device did since the last call: its engine seconds of the device's busy seconds, or all
   * of them where the device does not tell how busy it was or its driver does not count seconds.
   */
  share(device: string, busyShare: number | null, tree: ReadonlyMap<number, unknown>, key: object): number {
    const now = monotonicSeconds();
    const marks = this.#marks.get(key) ?? new Map<string, Mark>();
    this.#marks.set(key, marks);
    const before = marks.get(device);
    const clients = this.#engineSeconds(device, tree, now);
    if ([...clients.values()].some(Number.isNaN)) return 1;
    const used = before ? growth(before.clients, clients) : 0;
    const elapsed = before ? now - before.atSeconds : 0;
    marks.set(device, { atSeconds: now, clients });
    return shareOf(used, elapsed, busyShare);
  }

  /** Busy seconds of each client of the device among these processes. One client may be open in many of them. */
  #engineSeconds(
    device: string,
    tree: ReadonlyMap<number, unknown>,
    now: number,
  ): ReadonlyMap<string, number> {
    const clients = new Map<string, number>();
    for (const pid of tree.keys()) {
      for (const descriptor of this.#gpuDescriptors(pid, now)) {
        const client = parseClient(this.#procfs.fileInfo(pid, descriptor) ?? '');
        if (client?.device === device) clients.set(client.id, client.engineSeconds);
      }
    }
    return clients;
  }

  #gpuDescriptors(pid: number, now: number): readonly string[] {
    const kept = this.#descriptors.get(pid);
    if (kept && now - kept.atSeconds < KEPT_SECONDS) return kept.names;
    const open = [...this.#procfs.openFiles(pid)];
    if (this.#descriptors.size > MOST_KEPT) this.#descriptors.clear();
    const names = open.filter(([, target]) => target.startsWith('/dev/dri/')).map(([name]) => name);
    this.#descriptors.set(pid, { atSeconds: now, names });
    return names;
  }
}

function growth(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number {
  let seconds = 0;
  for (const [id, value] of after) seconds += Math.max(0, value - (before.get(id) ?? 0));
  return seconds;
}

function shareOf(usedSeconds: number, elapsedSeconds: number, busyShare: number | null): number {
  if (usedSeconds <= 0 || elapsedSeconds <= 0) return 0;
  if (busyShare === null) return 1;
  return Math.min(1, usedSeconds / Math.max(usedSeconds, busyShare * elapsedSeconds));
}

interface Client {
  readonly device: string;
  readonly id: string;
  /** NaN where the driver counts something else (cycles: xe). */
  readonly engineSeconds: number;
}

function parseClient(text: string): Client | null {
  const device = /^drm-pdev:\s*(\S+)/m.exec(text)?.[1];
  const id = /^drm-client-id:\s*(\d+)/m.exec(text)?.[1];
  if (!device || !id) return null;
  const engines = [...text.matchAll(/^drm-engine-(?!capacity)[\w-]+:\s*(\d+) ns/gm)];
  const nanoseconds = engines.reduce((sum, [, value]) => sum + Number(value), engines.length > 0 ? 0 : NaN);
  return { device, id, engineSeconds: nanoseconds / 1e9 };
}
