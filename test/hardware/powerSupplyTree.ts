import { SysfsTree, type Shown } from './sysfsTree.ts';

const CLASS = 'class/power_supply';

/** A folder that looks like the power supplies of `/sys` (kernel documentation, ABI/testing/sysfs-class-power). */
export class PowerSupplyTree extends SysfsTree {
  /** Adds one, or changes it: `BAT0` with `type`, `status`, `power_now`. */
  supply(id: string, files: Readonly<Record<string, string | number | Shown>>): void {
    for (const [file, text] of Object.entries(files)) this.write(`${CLASS}/${id}/${file}`, text);
  }

  /** A file of a supply, below the root. */
  file(id: string, name: string): string {
    return `${CLASS}/${id}/${name}`;
  }

  takeOut(id: string): void {
    this.takeAway(`${CLASS}/${id}`);
  }
}
