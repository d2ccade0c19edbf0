import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, tempFolder } from './tempFolder.ts';
import { channelOf, joulesBetween, joulesUntil, type Trace } from './trace.ts';

/** That of most servers, 65.5 kJ. */
const USUAL_RANGE_JOULES = 65532.610987;

/** What the counters show at second 0: any odd value will do, as on a machine that has been on for a while. */
const FIRST_JOULES = 1234.567891;

export interface TreeOptions {
  readonly trace: Trace;
  readonly packages?: number;
  readonly hasDram?: boolean;
  readonly hasPsys?: boolean;
  /** Zones beside those of the packages, for odd machines: id, name, and the channel that they follow. */
  readonly zones?: readonly (readonly [id: string, name: string, channel: string])[];
  /** The package once more through `intel-rapl-mmio`, as many laptops have it. */
  readonly hasMmio?: boolean;
  /**
   * `flat`: all zones side by side. `linked`: side by side as links into the nested device folders, the kernel's
   * way. `nested`: zones within zones only.
   */
  readonly layout?: 'flat' | 'linked' | 'nested';
  /** An own folder to lay it out in; without it, a new temporary one. */
  readonly root?: string;
}

/** How a counter may fail. */
export type Fault = 'vanish' | 'garbage' | 'refuse' | 'deny' | 'reset';

interface Zone {
  readonly id: string;
  /** Its own name in the trace: `package-0`, `dram-1`. */
  readonly channel: string;
  readonly folder: string;
  offsetJoules: number;
  isBroken: boolean;
}

/** A folder that looks like `/sys` of a machine with RAPL, whose counters follow a known trace. */
export class RaplTree {
  readonly root: string;
  readonly trace: Trace;
  readonly rangeJoules: number;
  readonly #zones = new Map<string, Zone>();
  readonly #powercap: string;
  readonly #layout: TreeOptions['layout'];

  constructor(options: TreeOptions) {
    const {
      trace,
      packages = 1,
      hasDram = true,
      hasPsys = false,
      hasMmio = false,
      layout = 'flat',
    } = options;
    this.root = options.root ?? tempFolder('rapl');
    this.trace = trace;
    this.rangeJoules = trace.rangeJoules ?? USUAL_RANGE_JOULES;
    this.#layout = layout;
    this.#powercap = path.join(this.root, 'class', 'powercap');
    mkdirSync(this.#powercap, { recursive: true });
    for (let socket = 0; socket < packages; socket++) this.#addPackage(socket, hasDram);
    if (hasPsys) this.#addZone(`intel-rapl:${packages}`, 'psys', 'psys');
    for (const zone of options.zones ?? []) this.#addZone(...zone);
    if (hasMmio) this.#addZone('intel-rapl-mmio:0', 'package-0', 'package-0');
    this.set(0);
  }

  /** Ids of the zones: `intel-rapl:0`, `intel-rapl:0:1`. */
  get zones(): readonly string[] {
    return [...this.#zones.keys()];
  }

  /** Brings every counter that still works to what it shows at `seconds` of the trace. */
  set(seconds: number): void {
    for (const zone of this.#zones.values()) {
      if (!zone.isBroken)
        replaceFile(path.join(zone.folder, 'energy_uj'), `${this.#microjoules(zone, seconds)}\n`);
    }
  }

  /** True energy of packages and memory, or of one of them, between two seconds of the trace. */
  joulesBetween(from: number, to: number, only: 'package' | 'dram' | null = null): number {
    let sum = 0;
    for (const { channel: name } of this.#zones.values()) {
      const channel = channelOf(this.trace, name);
      const counts = only ? name.startsWith(only) : /^(package|dram)/.test(name);
      if (channel && counts) sum += joulesBetween(channel, from, to);
    }
    return sum;
  }

  /** Makes a counter fail as told; `reset` takes effect at `seconds`, the others at once and until `mend`. */
  fail(id: string, fault: Fault, seconds = 0): void {
    const zone = this.#zone(id);
    const file = path.join(zone.folder, 'energy_uj');
    if (fault === 'reset') {
      zone.offsetJoules = -this.#trueJoules(zone, seconds);
      this.set(seconds);
      return;
    }
    zone.isBroken = true;
    if (fault === 'deny') return chmodSync(file, 0o000);
    rmSync(file, { recursive: true, force: true });
    if (fault === 'refuse') mkdirSync(file); // reading it is an error for root, too: EISDIR
    if (fault === 'garbage') writeFileSync(file, 'no such device\n');
  }

  mend(id: string, seconds: number): void {
    const zone = this.#zone(id);
    rmSync(path.join(zone.folder, 'energy_uj'), { recursive: true, force: true });
    zone.isBroken = false;
    this.set(seconds);
  }

  remove(): void {
    removeFolder(this.root);
  }

  #zone(id: string): Zone {
    const zone = this.#zones.get(id);
    if (!zone) throw new Error(`no zone ${id} in ${this.zones.join(', ')}`);
    return zone;
  }

  #addPackage(socket: number, hasDram: boolean): void {
    const id = `intel-rapl:${socket}`;
    this.#addZone(id, `package-${socket}`, `package-${socket}`);
    this.#addZone(`${id}:0`, 'core', `core-${socket}`);
    if (hasDram) this.#addZone(`${id}:1`, 'dram', `dram-${socket}`);
  }

  #addZone(id: string, name: string, channel: string): void {
    const folder = this.#zoneFolder(id);
    mkdirSync(folder, { recursive: true });
    if (this.#layout === 'linked') {
      symlinkSync(path.relative(this.#powercap, folder), path.join(this.#powercap, id));
    }
    writeFileSync(path.join(folder, 'name'), `${name}\n`);
    writeFileSync(path.join(folder, 'max_energy_range_uj'), `${Math.round(this.rangeJoules * 1e6)}\n`);
    // zones of one channel show one counter, others stand elsewhere
    const channels = new Set([...this.#zones.values()].map((zone) => zone.channel)).add(channel);
    const offsetJoules = FIRST_JOULES * (1 + [...channels].indexOf(channel));
    this.#zones.set(id, { id, channel, folder, offsetJoules, isBroken: false });
  }

  #zoneFolder(id: string): string {
    const control = id.split(':')[0] ?? '';
    const parent = id.split(':').slice(0, 2).join(':');
    const nested = [control, parent, ...(parent === id ? [] : [id])];
    if (this.#layout === 'linked') return path.join(this.root, 'devices', 'virtual', 'powercap', ...nested);
    if (this.#layout === 'nested') return path.join(this.#powercap, ...nested);
    return path.join(this.#powercap, id);
  }

  #trueJoules(zone: Zone, seconds: number): number {
    const channel = channelOf(this.trace, zone.channel);
    return channel ? joulesUntil(channel, seconds) : 0;
  }

  #microjoules(zone: Zone, seconds: number): number {
    const joules = this.#trueJoules(zone, seconds) + zone.offsetJoules;
    return Math.floor((joules % this.rangeJoules) * 1e6);
  }
}

/** A reader sees the old text or the new, never half of one. */
function replaceFile(file: string, text: string): void {
  const next = path.join(path.dirname(file), '.next');
  writeFileSync(next, text);
  renameSync(next, file);
}
