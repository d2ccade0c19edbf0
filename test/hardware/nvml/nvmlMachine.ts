import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildNvmlSimulator, LIBRARY, PROGRAM } from '../../setup/nvmlSimulator.ts';
import { removeFolder, tempFolder } from '../tempFolder.ts';
import { channelOf, joulesBetween, joulesUntil, type Trace } from '../trace.ts';
import { gpuLines, H100, type SimulatedGpu } from './simulatedGpu.ts';

export interface NvmlMachineOptions {
  /** Its channel `gpu` is what each GPU draws, unless it has one of its own: `gpu-1`. */
  readonly trace: Trace;
  /** What is said of each GPU; what is not is as on an H100. One where it is left out. */
  readonly gpus?: readonly Partial<SimulatedGpu>[];
  /** Second of CLOCK_MONOTONIC at which the trace begins: now, where it is left out. */
  readonly startSeconds?: number;
  readonly driver?: string;
}

/**
 * How calls fail until they are mended: with a return code of NVML, never to return, after some milliseconds, or with
 * numbers that no GPU has.
 */
export type NvmlFault = { readonly code: number } | { readonly slowMillis: number } | 'hang' | 'garbage';

/** How the simulated nvidia-smi fails: see smi.c. */
export type SmiFault =
  | 'die'
  | 'hang'
  | 'garbage'
  | 'old'
  | 'slow'
  | 'late'
  | 'driver'
  | 'mismatch'
  | 'permission'
  | 'none'
  | `[${string}]`;

interface OrderedFault {
  readonly gpu: number | null;
  readonly call: string;
  readonly fault: NvmlFault;
}

/**
 * A machine with NVIDIA GPUs whose power follows a known trace: a folder with `lib/libnvidia-ml.so.1`,
 * `bin/nvidia-smi`, and `machine.txt`, which both look at on every call. Each machine has a copy of the library, so that
 * one process can have several.
 */
export class NvmlMachine {
  readonly root = tempFolder('nvml');
  readonly library = path.join(this.root, 'lib', LIBRARY);
  readonly programs = path.join(this.root, 'bin');
  readonly startSeconds: number;
  readonly #trace: Trace;
  readonly #driver: string;
  readonly #gpus: SimulatedGpu[];
  #faults: readonly OrderedFault[] = [];
  #smi: SmiFault | '' = '';
  #generation = 1;

  constructor({ trace, gpus = [{}], startSeconds = nowSeconds(), driver = '580.95.05' }: NvmlMachineOptions) {
    this.#trace = trace;
    this.#driver = driver;
    this.startSeconds = startSeconds;
    this.#gpus = gpus.map((said, index) => ({ ...H100(index), ...said }));
    const built = buildNvmlSimulator();
    for (const [folder, name] of [
      ['lib', LIBRARY],
      ['bin', PROGRAM],
    ] as const) {
      mkdirSync(path.join(this.root, folder));
      copyFileSync(path.join(built, name), path.join(this.root, folder, name));
    }
    this.#write();
  }

  /** For sensors and for child processes that are to find library and program, by our variable and by the usual ways. */
  get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      TRAINING_FOOTPRINT_NVML: this.library,
      LD_LIBRARY_PATH: path.dirname(this.library),
      PATH: `${this.programs}${path.delimiter}${process.env.PATH ?? ''}`,
    };
  }

  get gpus(): readonly SimulatedGpu[] {
    return this.#gpus;
  }

  /** True joules of all GPUs, or of one, between two seconds of CLOCK_MONOTONIC. */
  joulesBetween(fromSeconds: number, toSeconds: number, gpu: number | null = null): number {
    return this.#gpus.reduce((sum, _, index) => {
      const channel = gpu === null || gpu === index ? channelOf(this.#trace, `gpu-${index}`) : null;
      const [from, to] = [fromSeconds - this.startSeconds, toSeconds - this.startSeconds];
      return channel ? sum + joulesBetween(channel, from, to) : sum;
    }, 0);
  }

  /** Changes what a GPU shows: its processes, its load, its name. */
  change(gpu: number, to: Partial<SimulatedGpu>): void {
    this.#gpus[gpu] = { ...this.#gpu(gpu), ...to };
    this.#write();
  }

  /**
   * Makes calls fail from now on.
   *
   * @param gpu null for all, and for calls that are not about one
   * @param call how the names of the calls begin that fail: `nvmlDeviceGetPower`; all, where it is left out
   */
  fail(gpu: number | null, fault: NvmlFault, call = '*'): void {
    this.#faults = [...this.#faults, { gpu, call, fault }];
    this.#write();
  }

  /** Makes nvidia-smi fail from now on. */
  failSmi(fault: SmiFault): void {
    this.#smi = fault;
    this.#write();
  }

  /** All works again. Calls that hang return. */
  mend(): void {
    this.#faults = [];
    this.#smi = '';
    this.#write();
  }

  /** The driver is unloaded and loaded again: counters begin at 0, and what was opened before is lost. */
  reloadDriver(): void {
    this.#generation++;
    this.#gpus.forEach((_, index) => this.resetCounter(index));
  }

  resetCounter(gpu: number): void {
    const channel = channelOf(this.#trace, `gpu-${gpu}`);
    const joules = channel ? joulesUntil(channel, nowSeconds() - this.startSeconds) : 0;
    this.change(gpu, { offsetJoules: -joules });
  }

  remove(): void {
    this.mend(); // so that no call of a thread hangs on
    removeFolder(this.root);
  }

  #gpu(index: number): SimulatedGpu {
    const gpu = this.#gpus[index];
    if (!gpu) throw new Error(`no GPU ${index}`);
    return gpu;
  }

  /** By renaming, so that nobody sees half of it. */
  #write(): void {
    const lines = [
      `start ${this.startSeconds.toFixed(9)}`,
      `driver ${this.#driver}`,
      `generation ${this.#generation}`,
      `smi ${this.#smi}`,
      ...this.#faultLines(null),
      ...this.#gpus.flatMap((gpu, index) => [
        `gpu ${index}`,
        ...gpuLines(gpu, channelOf(this.#trace, `gpu-${index}`)),
        ...this.#faultLines(index),
      ]),
    ];
    const file = path.join(this.root, 'machine.txt');
    writeFileSync(`${file}.next`, `${lines.join('\n')}\n`);
    renameSync(`${file}.next`, file);
  }

  #faultLines(of: number | null): readonly string[] {
    return this.#faults
      .filter(({ gpu }) => gpu === of)
      .map(({ call, fault }) => {
        if (typeof fault === 'string') return `fault ${call} ${fault}`;
        return 'code' in fault
          ? `fault ${call} code ${fault.code}`
          : `fault ${call} slow ${fault.slowMillis}`;
      });
  }
}

function nowSeconds(): number {
  return Number(process.hrtime.bigint()) / 1e9;
}
