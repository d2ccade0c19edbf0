import path from 'node:path';
import { SysfsTree, type Shown } from './sysfsTree.ts';

type Files = Readonly<Record<string, string | number | Shown>>;

/** A device with hardware monitoring. */
export interface SimulatedChip {
  /** Its folder below `/sys/devices`: `pci0000:00/0000:03:00.0`. */
  readonly device: string;
  /** N of hwmonN. */
  readonly number: number;
  /** The driver's name. */
  readonly name: string;
  /** Files beside the name: `power1_average`. */
  readonly values: Files;
  /** Files of the device's own folder: `vendor`. */
  readonly about?: Files;
  /** Drivers of the old interface keep name and values at the device. */
  readonly isOld?: boolean;
  /** Links to the device: `bus/i2c/drivers/ina3221/1-0040`. */
  readonly links?: readonly string[];
}

/** A folder that looks like the hardware monitoring of `/sys` (kernel documentation, hwmon/sysfs-interface.rst). */
export class HwmonTree extends SysfsTree {
  /** Adds a chip and returns the folder of its values, below the root. */
  add(chip: SimulatedChip): string {
    const device = path.join('devices', chip.device);
    const hwmon = path.join(device, 'hwmon', `hwmon${chip.number}`);
    const holder = chip.isOld ? device : hwmon;
    this.folder(hwmon);
    this.link(path.join(hwmon, 'device'), device);
    this.link(path.join('class', 'hwmon', `hwmon${chip.number}`), hwmon);
    for (const link of chip.links ?? []) this.link(link, device);
    this.write(path.join(holder, 'name'), chip.name);
    for (const [file, text] of Object.entries(chip.values)) this.write(path.join(holder, file), text);
    for (const [file, text] of Object.entries(chip.about ?? {})) this.write(path.join(device, file), text);
    return holder;
  }

  /** As when the driver is unloaded: the device stays, its hardware monitoring goes. */
  unload({ device, number, links = [] }: SimulatedChip): void {
    this.takeAway(path.join('devices', device, 'hwmon'));
    for (const link of [path.join('class', 'hwmon', `hwmon${number}`), ...links]) this.takeAway(link);
  }
}
