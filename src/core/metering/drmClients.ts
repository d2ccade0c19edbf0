import type { Procfs } from './procfs.ts';
import { monotonicSeconds } from './clock.ts';

/** Which descriptors of a process belong to a GPU is looked at again after 10 s. */
const KEPT_SECONDS = 10;
const MOST_KEPT = 10_000;

interface Descriptors {
  readonly atSeconds: number;
  readonly names: readonly string[];
}

/** What a client has used of one engine: nanoseconds, or cycles of so many that the engine's clock has gone. */
interface Engine {
  readonly busy: number;
  readonly totalCycles: number | null;
}

/** By engine; null where its driver counts nothing. */
type Client = ReadonlyMap<string, Engine> | null;

interface Mark {
  readonly atSeconds: number;
  readonly clients: ReadonlyMap<string, Client>;
}

/** What has been used before there is a mark: nothing, ever. */
const NO_MARK: Mark = { atSeconds: 0, clients: new Map() };

/**
 * What processes use of a GPU by the kernel's own account in `/proc/PID/fdinfo` (kernel documentation,
 * gpu/drm-usage-stats.rst): `drm-engine-*` counts nanoseconds of each engine for each client (amdgpu since Linux 5.14,
 * i915 since 5.19), `drm-cycles-*` busy cycles of the `drm-total-cycles-*` that its clock has gone (xe since 6.11).
 * One user's processes are seen, others' are not. Queues of ROCm are not in it.
 */
export class DrmClients {
  readonly #procfs: Procfs;
  readonly #descriptors = new Map<number, Descriptors>();
  readonly #marks = new WeakMap<object, Map<string, Mark>>();

  constructor(procfs: Procfs) {
    this.#procfs = procfs;
  }

  /**
   * The tree's share of what a device did since the last call: its engine seconds of the device's busy seconds, or,
   * where the device does not tell how busy it was, of those of all processes that can be seen. At the first call, of
   * what each has used so far. All of it where the driver counts nothing.
   */
  share(device: string, busyShare: number | null, tree: ReadonlyMap<number, unknown>, key: object): number {
    const now = monotonicSeconds();
    const marks = this.#marks.get(key) ?? new Map<string, Mark>();
    this.#marks.set(key, marks);
    const before = marks.get(device);
    const own = this.#clients(device, tree.keys(), now);
    if ([...own.values()].includes(null)) return 1;
    const needsAll = busyShare === null || !before;
    const all = needsAll ? this.#clients(device, this.#procfs.pids(), now) : own;
    marks.set(device, { atSeconds: now, clients: withLarger(before?.clients, all) });
    const elapsed = before ? now - before.atSeconds : 1;
    const used = usedSeconds(before ?? NO_MARK, own, elapsed);
    if (used <= 0) return 0;
    const whole = needsAll ? usedSeconds(before ?? NO_MARK, all, elapsed) : busyShare * elapsed;
    return used / Math.max(used, whole);
  }

  /** Clients of the device among these processes. One client may be open in many of them. */
  #clients(device: string, pids: Iterable<number>, now: number): ReadonlyMap<string, Client> {
    const clients = new Map<string, Client>();
    for (const pid of pids) {
      for (const descriptor of this.#gpuDescriptors(pid, now)) {
        const told = parseClient(this.#procfs.fileInfo(pid, descriptor) ?? '');
        if (told?.device === device) clients.set(told.id, told.client);
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

/** A driver may tell less than before for a while; until it has caught up, the larger value holds (drm-usage-stats). */
function withLarger(
  before: ReadonlyMap<string, Client> | undefined,
  after: ReadonlyMap<string, Client>,
): ReadonlyMap<string, Client> {
  const merged = new Map(before);
  for (const [id, client] of after) {
    const engines = new Map(before?.get(id));
    for (const [name, engine] of client ?? [])
      if (engine.busy >= (engines.get(name)?.busy ?? 0)) engines.set(name, engine);
    merged.set(id, engines);
  }
  return merged;
}

/** Engine seconds of all these clients since the mark. */
function usedSeconds(before: Mark, after: ReadonlyMap<string, Client>, elapsedSeconds: number): number {
  let seconds = 0;
  for (const [id, client] of after) {
    for (const [name, { busy, totalCycles }] of client ?? []) {
      const used = Math.max(0, busy - (before.clients.get(id)?.get(name)?.busy ?? 0));
      if (totalCycles === null) seconds += used / 1e9;
      else seconds += (used / Math.max(1, totalCycles - clockOf(before, name))) * elapsedSeconds;
    }
  }
  return seconds;
}

/** Where an engine's clock stood at the mark: all clients of a device are told the same one. */
function clockOf({ clients }: Mark, name: string): number {
  let latest = 0;
  for (const client of clients.values()) latest = Math.max(latest, client?.get(name)?.totalCycles ?? 0);
  return latest;
}

function parseClient(text: string): { device: string; id: string; client: Client } | null {
  const device = /^drm-pdev:\s*(\S+)/m.exec(text)?.[1];
  const id = /^drm-client-id:\s*(\d+)/m.exec(text)?.[1];
  if (!device || !id) return null;
  const engines = new Map<string, Engine>();
  for (const [name, cycles] of values(text, 'drm-cycles', '')) {
    const totalCycles = values(text, 'drm-total-cycles', '').get(name);
    if (totalCycles !== undefined) engines.set(name, { busy: cycles, totalCycles });
  }
  for (const [name, busy] of values(text, 'drm-engine', ' ns'))
    engines.set(name, { busy, totalCycles: null });
  // amdgpu leaves out engines that were not used (amdgpu_fdinfo.c)
  const isCounted = engines.size > 0 || /^drm-driver:\s*amdgpu$/m.test(text);
  return { device, id, client: isCounted ? engines : null };
}

/** By engine the values of `KEY-ENGINE: VALUE UNIT`. */
function values(text: string, key: string, unit: string): ReadonlyMap<string, number> {
  const lines = text.matchAll(new RegExp(`^${key}-(?!capacity-)([\\w-]+):\\s*(\\d+)${unit}$`, 'gm'));
  return new Map([...lines].map(([, name = '', value]) => [name, Number(value)]));
}
