import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { quickText } from '../linux/kernelFile.ts';

/**
 * The device file of each GPU by its UUID, as the driver shows them below `/proc/driver/nvidia/gpus` (NVIDIA driver
 * README, chapter "The /proc filesystem interface").
 */
export async function deviceFiles(procfs: string): Promise<ReadonlyMap<string, string>> {
  const root = path.join(procfs, 'driver', 'nvidia', 'gpus');
  const files = new Map<string, string>();
  for (const address of await readdir(root).catch(() => [])) {
    const text = quickText(path.join(root, address, 'information')) ?? '';
    const uuid = /^GPU UUID:\s*(\S+)/m.exec(text)?.[1];
    const minor = /^Device Minor:\s*(\d+)/m.exec(text)?.[1];
    if (uuid && minor) files.set(uuid, `/dev/nvidia${minor}`);
  }
  return files;
}
