import { t } from '../../../language.ts';

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

const reloadFix = () => t('Restart the machine, or reload the driver while nothing uses the GPU.');
const logFix = () => t('See what the driver wrote: {0}', 'sudo dmesg | grep -i nvrm');
const resetFix = () =>
  [
    t('Restart the machine, or reset the GPU while nothing uses it: {0}', 'sudo nvidia-smi --gpu-reset'),
    logFix(),
  ].join('\n');

const EXPLANATIONS: Readonly<Record<number, () => readonly [text: string, fix?: string]>> = {
  1: () => [t('the library was not initialised')],
  2: () => [t('the driver no longer knows the GPU')],
  3: () => [t('the GPU does not tell it')],
  4: () => [
    t('this user may not ask the GPU'),
    t(
      'Give read and write rights to the devices {0}, or in a container start it with {1}.',
      '/dev/nvidia*',
      '--gpus all',
    ),
  ],
  5: () => [t('the library was initialised before')],
  6: () => [t('there is no such thing')],
  7: () => [t('the driver told more than there was room for')],
  8: () => [t('the GPU’s external power cables are not attached'), t('Attach the GPU’s power cables.')],
  9: () => [t('no NVIDIA driver is loaded'), t('Load the driver: {0}', 'sudo modprobe nvidia')],
  10: () => [t('the driver gave up waiting for the GPU'), logFix()],
  11: () => [t('the GPU’s interrupts do not arrive'), logFix()],
  12: () => [
    t('a part of NVIDIA’s library is missing'),
    t('Install the driver’s libraries anew, all of the driver’s version.'),
  ],
  13: () => [t('the installed driver is too old for this')],
  14: () => [t('the GPU’s own settings memory is corrupted'), logFix()],
  15: () => [t('the GPU has fallen off the bus or cannot be reached'), resetFix()],
  16: () => [t('the GPU must be reset before it can be used again'), resetFix()],
  17: () => [t('the operating system blocks the GPU’s driver'), logFix()],
  18: () => [
    t('NVIDIA’s driver and its library are of different versions, as after an update without a restart'),
    reloadFix(),
  ],
  19: () => [t('the GPU is in use')],
  20: () => [t('memory is short')],
  21: () => [t('the GPU has no data yet')],
  23: () => [t('the driver is short of something')],
  27: () => [t('the GPU is not ready yet')],
  28: () => [t('the GPU is gone'), resetFix()],
  29: () => [t('the GPU is in a state in which it does not tell')],
  999: () => [t('the driver met an error that it does not name'), logFix()],
};

/** @param code of NVML, not `success` */
export function explain(code: number): Explanation {
  const [text, fix = null] = EXPLANATIONS[code]?.() ?? [t('error {0} of NVIDIA’s library', code)];
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
    super(`NVML gave ${code}`);
    this.code = code;
  }
}

/** @throws NvmlError unless the code is `success` */
export function check(code: number): void {
  if (code !== CODE.success) throw new NvmlError(code);
}
