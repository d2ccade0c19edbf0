import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { codeOf, isGone, quickText } from './kernelFile.ts';

/** While something is missing, the folders are searched again at most once a second. */
const SEARCH_SECONDS = 1;

/** A device of Linux' hardware monitoring (kernel documentation, hwmon/sysfs-interface.rst). */
export interface HwmonDevice {
  /**
   * Where its values stand, below the device's own folder: its number may be another one after a driver was loaded
   * again, and under the old number may then stand another device.
   */
  readonly folder: string;
  /** The driver's name: `amdgpu`. */
  readonly name: string;
  /** Folder of the device itself, null where it has none. */
  readonly device: string | null;
  /** The device's own name, the same after a restart: `0000:03:00.0`, `1-0040`, `ACPI000D:00`. */
  readonly id: string;
}

/** Every device of one of the drivers, in the order of their ids. */
export async function findHwmon(sysfs: string, drivers: readonly string[]): Promise<readonly HwmonDevice[]> {
  const root = path.join(sysfs, 'class', 'hwmon');
  const names = await readdir(root).catch(() => []);
  const devices = await Promise.all(names.map((name) => look(path.join(root, name), drivers)));
  return devices
    .filter((device) => device !== null)
    .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

async function look(folder: string, drivers: readonly string[]): Promise<HwmonDevice | null> {
  const own = await realpath(folder).catch(() => folder);
  const device = await realpath(path.join(own, 'device')).catch(() => null);
  // drivers of the old interface keep name and values at the device
  const holder = quickText(path.join(own, 'name')) === null && device ? device : own;
  const name = quickText(path.join(holder, 'name')) ?? '';
  if (!drivers.includes(name)) return null;
  return { folder: holder, name, device, id: path.basename(device ?? folder) };
}

/** The first of the files that is there. A look at a folder does not wake a device. */
export function firstThere(folders: readonly (string | null)[], names: readonly string[]): string | null {
  for (const name of names) {
    for (const folder of folders) {
      if (folder !== null && existsSync(path.join(folder, name))) return path.join(folder, name);
    }
  }
  return null;
}

/** PCI address of a device folder (kernel documentation, PCI/sysfs-pci.rst), null where it is none. */
export function pciAddress(id: string): string | null {
  return /^[\da-f]{4,}:[\da-f]{2}:[\da-f]{2}\.[0-7]$/.test(id) ? id : null;
}

/**
 * Things found in folders, kept up to date: when one has gone, the folders are searched again. What is not found
 * again stays listed, for it may come back at its old place.
 */
export class Inventory<T extends { readonly id: string }> {
  readonly #find: () => Promise<readonly T[]>;
  #items: readonly T[] = [];
  #nextSeconds = 0;

  constructor(find: () => Promise<readonly T[]>) {
    this.#find = find;
  }

  /** Searches now and forgets what is not there. */
  async search(): Promise<readonly T[]> {
    this.#items = await this.#find();
    return this.#items;
  }

  /** Reads each; those that fail are left out, and searched again where they have gone. */
  async readAll<R>(read: (item: T) => Promise<R | null>): Promise<R[]> {
    let hasGone = false;
    const readings = await Promise.all(
      this.#items.map((item) =>
        read(item).catch((error: unknown) => {
          hasGone ||= isGone(codeOf(error));
          return null;
        }),
      ),
    );
    if (hasGone) await this.#searchAgain();
    return readings.filter((reading) => reading !== null);
  }

  async #searchAgain(): Promise<void> {
    const now = monotonicSeconds();
    if (now < this.#nextSeconds) return;
    this.#nextSeconds = now + SEARCH_SECONDS;
    const found = new Map((await this.#find()).map((item) => [item.id, item]));
    const kept = this.#items.map((item) => found.get(item.id) ?? item);
    const isNew = (item: T) => !this.#items.some(({ id }) => id === item.id);
    this.#items = [...kept, ...[...found.values()].filter(isNew)];
  }
}

/** What to type so that everyone may read a driver's value, which is how the kernel makes it anyway. */
export function hwmonFix(driver: string, file: string): string {
  // drivers of the old interface keep their values at the device
  const holder = /\/hwmon\d+$/.test(path.dirname(file)) ? '' : 'device/';
  return [
    t('Linux usually lets everyone read this value; here someone has forbidden it.'),
    t(
      'To allow it, now and after each boot, put this line into {0}:',
      '/etc/udev/rules.d/99-power-sensors.rules',
    ),
    `  SUBSYSTEM=="hwmon", ATTR{${holder}name}=="${driver}", RUN+="/bin/chmod a+r /sys%p/${holder}${path.basename(file)}"`,
    t('then run: {0}', 'sudo udevadm control --reload-rules && sudo udevadm trigger --subsystem-match=hwmon'),
    t('In a container, mount the host’s /sys.'),
  ].join('\n');
}
