import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { t } from '../../../language.ts';
import { CallLine } from '../native/callLine.ts';
import { ffiProblem, loadFfi, type Ffi } from '../native/ffi.ts';
import { quickText } from '../linux/kernelFile.ts';
import { absent, refused } from '../probe.ts';
import type { Probe, SensorContext } from '../sensor.ts';
import { NvmlLibrary } from './nvmlLibrary.ts';

const LIBRARY = 'libnvidia-ml.so.1';

/** Where it is when the loader does not know: Windows' Subsystem for Linux, and NixOS. */
const LINUX_FOLDERS = ['/usr/lib/wsl/lib', '/run/opengl-driver/lib'];

const missingFix = () =>
  [
    t(
      'Install the driver’s library of the driver’s own version: {0} or {1}.',
      'libnvidia-ml1',
      'libnvidia-compute-VERSION',
    ),
    t(
      'In a container, start it with {0} and {1}.',
      '--gpus all',
      '-e NVIDIA_DRIVER_CAPABILITIES=compute,utility',
    ),
  ].join('\n');

/** By file, since a library has one state for the whole process. */
const opened = new Map<string, NvmlLibrary>();

/** Finds and loads NVIDIA's library, or says why that cannot be. */
export async function findNvml(context: SensorContext): Promise<NvmlLibrary | Probe> {
  const file = named(context);
  const files = file ? [file] : candidates(context.environment ?? process.env);
  if (files.length === 0) return absent(t('No NVIDIA driver here.'));
  const ffi = await loadFfi();
  if (!ffi)
    return named(context) || hasDriver(context)
      ? refused(t('NVIDIA’s library cannot be called here ({0}).', String(ffiProblem())), null)
      : absent(t('No NVIDIA driver here.'));
  const problems: string[] = [];
  for (const file of files) {
    try {
      return openOnce(ffi, file);
    } catch (error) {
      const text = String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';
      if (!isMissing(text)) problems.push(`${file}: ${text.slice(0, 200)}`);
    }
  }
  return refusal(problems, context);
}

function openOnce(ffi: Ffi, file: string): NvmlLibrary {
  const before = opened.get(file);
  if (before) return before;
  const library = new NvmlLibrary(new CallLine(ffi, file));
  opened.set(file, library);
  return library;
}

/** The file that the user names in our variable. */
function named({ environment = process.env }: SensorContext): string {
  return environment.TRAINING_FOOTPRINT_NVML ?? '';
}

/** Full paths are left out where there is no such file. */
function candidates(environment: NodeJS.ProcessEnv): readonly string[] {
  switch (process.platform) {
    case 'linux':
      return [LIBRARY, ...LINUX_FOLDERS.map((folder) => path.join(folder, LIBRARY)).filter(existsSync)];
    case 'win32':
      // the second is that of drivers before 2018
      return [
        path.join(environment.SystemRoot ?? 'C:\\Windows', 'System32', 'nvml.dll'),
        path.join(environment.ProgramFiles ?? 'C:\\Program Files', 'NVIDIA Corporation', 'NVSMI', 'nvml.dll'),
      ].filter((file) => existsSync(file));
    default:
      return [];
  }
}

/** The loaders' words for a file that is not there (glibc, musl). */
function isMissing(text: string): boolean {
  return /no such file|cannot find|not found/i.test(text);
}

function refusal(problems: readonly string[], context: SensorContext): Probe {
  const [problem] = problems;
  if (problem) return refused(t('NVIDIA’s library cannot be used ({0}).', problem), null);
  const file = named(context);
  if (file)
    return refused(
      t('There is no file {0}, which {1} names.', file, 'TRAINING_FOOTPRINT_NVML'),
      t('Correct or remove the variable.'),
    );
  return hasDriver(context)
    ? refused(t('The NVIDIA driver is loaded, but its library {0} is missing.', LIBRARY), missingFix())
    : absent(t('No NVIDIA driver here.'));
}

/** Whether Linux has NVIDIA's driver loaded (NVIDIA driver README, chapter "The /proc filesystem interface"). */
export function hasDriver({ procfs }: SensorContext): boolean {
  return existsSync(path.join(procfs, 'driver', 'nvidia', 'version'));
}

/** Whether there is a graphics card of NVIDIA's, with or without a driver (PCI vendor 10de, class 03). */
export async function hasCard({ sysfs }: SensorContext): Promise<boolean> {
  const root = path.join(sysfs, 'bus', 'pci', 'devices');
  const devices = await readdir(root).catch(() => []);
  return devices.some(
    (name) =>
      quickText(path.join(root, name, 'vendor')) === '0x10de' &&
      quickText(path.join(root, name, 'class'))?.startsWith('0x03'),
  );
}
