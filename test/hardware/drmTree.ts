import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, tempFolder } from './tempFolder.ts';

/** What a simulated graphics card shows; what is left out has no file. */
export interface CardFiles {
  readonly vendor?: string;
  readonly device?: string;
  readonly revision?: string;
  readonly gpu_busy_percent?: string;
  /** In its folder of hardware monitoring: `power1_cap`, `in1_input`. */
  readonly hwmon?: Readonly<Record<string, string>>;
  readonly runtimeStatus?: string;
}

/** A folder that looks like `/sys` of a machine with graphics cards, as the kernel's amdgpu driver lays it out. */
export class DrmTree {
  readonly root = tempFolder('drm');
  #cards = 0;

  /** @returns the folder of the PCI device */
  add(address: string, { hwmon, runtimeStatus, ...files }: CardFiles): string {
    const device = path.join(this.root, 'devices', 'pci0000:00', address);
    write(device, files);
    if (runtimeStatus) write(path.join(device, 'power'), { runtime_status: runtimeStatus });
    const number = this.#cards++;
    if (hwmon) {
      const monitor = path.join(device, 'hwmon', `hwmon${number}`);
      write(monitor, { name: 'amdgpu', ...hwmon });
      link(device, path.join(monitor, 'device'));
      link(monitor, path.join(this.root, 'class', 'hwmon', `hwmon${number}`));
    }
    link(device, path.join(this.root, 'class', 'drm', `card${number}`, 'device'));
    mkdirSync(path.join(this.root, 'class', 'drm', `card${number}-DP-1`));
    return device;
  }

  remove(): void {
    removeFolder(this.root);
  }
}

function write(folder: string, files: Readonly<Record<string, string | undefined>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files))
    if (text !== undefined) writeFileSync(path.join(folder, name), `${text}\n`);
}

function link(target: string, at: string): void {
  mkdirSync(path.dirname(at), { recursive: true });
  rmSync(at, { force: true });
  symlinkSync(target, at);
}
