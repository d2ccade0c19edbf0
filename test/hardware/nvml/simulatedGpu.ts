import type { Channel } from '../trace.ts';

/** A process that computes on a simulated GPU. */
export interface SimulatedGpuProcess {
  readonly pid: number;
  readonly busyShare?: number;
  /** Of the GPU's MIG devices, the one that it computes on. */
  readonly instance?: number;
  /** Whether it computes through NVIDIA's multi-process service. */
  readonly isMps?: boolean;
}

/** What is said of a simulated GPU. */
export interface SimulatedGpu {
  readonly name: string;
  readonly uuid: string;
  /** PCI address as NVML writes it: `00000000:3B:00.0`. */
  readonly bus: string;
  /** Of its device file `/dev/nvidia3`. */
  readonly minor: number;
  /** As NVML counts them (nvml.h, NVML_DEVICE_ARCH): 4 Pascal, 5 Volta, 7 Ampere, 9 Hopper. */
  readonly architecture: number;
  readonly hasCounter: boolean;
  /** The usual power is the mean over so many seconds: 1 on most since Ampere, 0 before. */
  readonly averageSeconds: number;
  /** The counter rises once in so many seconds; 0: at any time. */
  readonly grainSeconds: number;
  /** What the counter showed when the trace began. */
  readonly offsetJoules: number;
  readonly limitWatts: number;
  readonly busyShare: number;
  readonly processes: readonly SimulatedGpuProcess[];
  /** UUIDs of its MIG devices; null where MIG is off. */
  readonly instances: readonly string[] | null;
}

/** An H100, or the one of that number among several. */
export function H100(index: number): SimulatedGpu {
  const digit = index.toString(16);
  return {
    name: 'NVIDIA H100 80GB HBM3',
    uuid: `GPU-${digit.repeat(8)}-1b2c-3d4e-5f60-718293a4b5c6`,
    bus: `00000000:${digit}B:00.0`.toUpperCase(),
    ...{ minor: index, architecture: 9, hasCounter: true, averageSeconds: 1, grainSeconds: 0 },
    ...{ offsetJoules: 98765.4, limitWatts: 700, busyShare: 0, processes: [], instances: null },
  };
}

/** One of before Volta, which has no energy counter and tells the power of the moment. */
export const PASCAL = {
  ...{ name: 'NVIDIA GeForce GTX 1080 Ti', architecture: 4, hasCounter: false, averageSeconds: 0 },
  limitWatts: 250,
} as const satisfies Partial<SimulatedGpu>;

/** The GPU's lines of machine.txt (see machine.c). */
export function gpuLines(gpu: SimulatedGpu, channel: Channel | null): readonly string[] {
  return [
    `name ${gpu.name.replaceAll('\n', ' ')}`,
    `uuid ${gpu.uuid}`,
    `bus ${gpu.bus}`,
    `minor ${gpu.minor}`,
    `architecture ${gpu.architecture}`,
    `counter ${Number(gpu.hasCounter)}`,
    `average ${gpu.averageSeconds}`,
    `grain ${gpu.grainSeconds}`,
    `offset ${gpu.offsetJoules}`,
    `limit ${gpu.limitWatts}`,
    `busy ${gpu.busyShare}`,
    `mig ${Number(gpu.instances !== null)}`,
    ...(gpu.instances ?? []).map((uuid) => `instance ${uuid}`),
    ...gpu.processes.map(
      ({ pid, busyShare = 0, instance = -1, isMps = false }) =>
        `process ${pid} ${busyShare} ${instance} ${Number(isMps)}`,
    ),
    `repeats ${Number(channel?.repeats ?? false)}`,
    ...(channel?.segments ?? []).map(
      ({ seconds, fromWatts, toWatts }) => `segment ${seconds} ${fromWatts} ${toWatts}`,
    ),
  ];
}
