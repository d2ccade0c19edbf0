/** Return codes of NVML that are treated in a way of their own (nvml.h, nvmlReturn_t). */
export const CODE = {
  success: 0,
  uninitialized: 1,
  invalidArgument: 2,
  notSupported: 3,
  noPermission: 4,
  notFound: 6,
  insufficientSize: 7,
  driverNotLoaded: 9,
  timeout: 10,
  libraryNotFound: 12,
  functionNotFound: 13,
  gpuIsLost: 15,
  resetRequired: 16,
  versionMismatch: 18,
  notReady: 27,
  gpuNotFound: 28,
  unknown: 999,
} as const;

/** What a code means, for people, and what to do about it; null where there is nothing to do. */
export interface Explanation {
  readonly text: string;
  readonly fix: string | null;
}

const RELOAD_FIX = 'Restart the machine, or reload the driver while nothing uses the GPU.';
const LOG_FIX = 'See what the driver wrote: sudo dmesg | grep -i nvrm';
const RESET_FIX = `Restart the machine, or reset the GPU while nothing uses it: sudo nvidia-smi --gpu-reset\n${LOG_FIX}`;

const EXPLANATIONS: Readonly<Record<number, readonly [text: string, fix?: string]>> = {
  1: ['the library was not initialised'],
  2: ['the driver no longer knows the GPU'],
  3: ['the GPU does not tell it'],
  4: [
    'this user may not ask the GPU',
    'Give read and write rights to the devices /dev/nvidia*, or in a container start it with --gpus all.',
  ],
  5: ['the library was initialised before'],
  6: ['there is no such thing'],
  7: ['the driver told more than there was room for'],
  8: ['the GPU’s external power cables are not attached', 'Attach the GPU’s power cables.'],
  9: ['no NVIDIA driver is loaded', 'Load the driver: sudo modprobe nvidia'],
  10: ['the driver gave up waiting for the GPU', LOG_FIX],
  11: ['the GPU’s interrupts do not arrive', LOG_FIX],
  12: [
    'a part of NVIDIA’s library is missing',
    'Install the driver’s libraries anew, all of the driver’s version.',
  ],
  13: ['the installed driver is too old for this'],
  14: ['the GPU’s own settings memory is corrupted', LOG_FIX],
  15: ['the GPU has fallen off the bus or cannot be reached', RESET_FIX],
  16: ['the GPU must be reset before it can be used again', RESET_FIX],
  17: ['the operating system blocks the GPU’s driver', LOG_FIX],
  18: [
    'NVIDIA’s driver and its library are of different versions, as after an update without a restart',
    RELOAD_FIX,
  ],
  19: ['the GPU is in use'],
  20: ['memory is short'],
  21: ['the GPU has no data yet'],
  23: ['the driver is short of something'],
  27: ['the GPU is not ready yet'],
  28: ['the GPU is gone', RESET_FIX],
  29: ['the GPU is in a state in which it does not tell'],
  999: ['the driver met an error that it does not name', LOG_FIX],
};

/** @param code of NVML, not `success` */
export function explain(code: number): Explanation {
  const [text, fix = null] = EXPLANATIONS[code] ?? [`error ${code} of NVIDIA’s library`];
  return { text, fix };
}

/** What ends only by opening the library anew: the GPU or its driver went away, or came back as another. */
export function isLoss(code: number): boolean {
  const losses: readonly number[] = [
    ...[CODE.uninitialized, CODE.invalidArgument, CODE.driverNotLoaded, CODE.gpuIsLost],
    ...[CODE.resetRequired, CODE.versionMismatch, CODE.gpuNotFound, CODE.unknown],
  ];
  return losses.includes(code);
}

/** A call of NVML that failed. */
export class NvmlError extends Error {
  readonly code: number;

  constructor(code: number) {
    super(explain(code).text);
    this.code = code;
  }
}

/** @throws NvmlError unless the code is `success` */
export function check(code: number): void {
  if (code !== CODE.success) throw new NvmlError(code);
}
