import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { startDriver, type Driver } from '../../test/hardware/driverProcess.ts';
import { NvmlMachine } from '../../test/hardware/nvml/nvmlMachine.ts';
import type { SimulatedGpu } from '../../test/hardware/nvml/simulatedGpu.ts';
import type { Trace } from '../../test/hardware/trace.ts';

const ENTER = path.join(import.meta.dirname, 'enter.sh');
const UNSHARE = ['unshare', '--mount', '--net'];

/** The counters are brought up to date this often, as real ones are; that takes a tenth of a core. */
export const COUNTER_PERIOD_SECONDS = 0.001;

/** Where nobody compares the energy: next to nothing. */
const IDLE_PERIOD_SECONDS = 0.05;

/** What is known of a machine's true energy. */
export type Part = 'package' | 'dram' | 'gpu';

export interface MachineOptions {
  readonly trace: Trace;
  /** Without it, only packages have a counter, as on AMD processors. */
  readonly hasDram?: boolean;
  /** What is said of each GPU; none where it is left out. */
  readonly gpus?: readonly Partial<SimulatedGpu>[];
  /** Whether the counters are kept so exact that energies can be compared. */
  readonly isExact?: boolean;
}

/** A simulated machine that programs can be run on: they find its power sensors where they look for real ones. */
export class Machine {
  /** For the programs that run on it; numpy takes one core. */
  readonly environment: NodeJS.ProcessEnv;
  readonly #rapl: Driver;
  readonly #nvml: NvmlMachine | null;

  private constructor(rapl: Driver, nvml: NvmlMachine | null) {
    this.#rapl = rapl;
    this.#nvml = nvml;
    const { LD_LIBRARY_PATH, PATH } = nvml?.environment ?? process.env;
    this.environment = {
      ...process.env,
      ...(nvml ? { LD_LIBRARY_PATH } : {}),
      PATH,
      OPENBLAS_NUM_THREADS: '1',
    };
  }

  static async start({
    trace,
    hasDram = true,
    gpus = [],
    isExact = false,
  }: MachineOptions): Promise<Machine> {
    const period = isExact ? COUNTER_PERIOD_SECONDS : IDLE_PERIOD_SECONDS;
    const layout = ['--layout', 'linked', '--period', String(period), '--seconds', '3600'];
    const rapl = await startDriver(JSON.stringify(trace), ...layout, ...(hasDram ? [] : ['--no-dram']));
    linkAsTheKernelDoes(rapl.root);
    const { startSeconds } = rapl.truth;
    return new Machine(rapl, gpus.length > 0 ? new NvmlMachine({ trace, gpus, startSeconds }) : null);
  }

  /** The command that runs `command` on this machine, without a network, as the process that is started itself. */
  command(command: readonly string[]): readonly string[] {
    return [...UNSHARE, 'sh', ENTER, this.#rapl.root, ...command];
  }

  /** Lets processes compute on every GPU. */
  compute(pids: readonly number[]): void {
    const busyShare = 0.9;
    const processes = pids.map((pid) => ({ pid, busyShare: busyShare / pids.length }));
    this.#nvml?.gpus.forEach((_, gpu) => this.#nvml?.change(gpu, { busyShare, processes }));
  }

  /** True energy of some parts between two seconds of CLOCK_MONOTONIC. */
  trueJoules(parts: readonly Part[], fromSeconds: number, toSeconds: number): number {
    const joulesOf = (part: Part) =>
      part === 'gpu'
        ? (this.#nvml?.joulesBetween(fromSeconds, toSeconds) ?? 0)
        : this.#rapl.joulesBetween(fromSeconds, toSeconds, part);
    return parts.reduce((sum, part) => sum + joulesOf(part), 0);
  }

  async stop(): Promise<void> {
    this.#nvml?.remove();
    await this.#rapl.stop();
  }
}

/** Some tools go by the control type's folder or by its link to the class. */
function linkAsTheKernelDoes(root: string): void {
  const device = ['devices', 'virtual', 'powercap', 'intel-rapl'];
  symlinkSync(path.join('..', '..', ...device), path.join(root, 'class', 'powercap', 'intel-rapl'));
  symlinkSync(
    path.join('..', '..', '..', '..', 'class', 'powercap'),
    path.join(root, ...device, 'subsystem'),
  );
}

/** Why programs cannot be run on simulated machines here; null where they can. */
export function whyNoMachines(): string | null {
  if (process.platform !== 'linux') return 'The peers are measured on Linux only.';
  const [file = '', ...args] = [...UNSHARE, 'mount', '--bind', '/sys/class', '/sys/class'];
  const { status, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  if (status === 0) return null;
  const reason = stderr?.trim() || 'there is no unshare';
  return `Only root in a machine that allows mount namespaces can lay a simulated /sys over the real one (${reason}).`;
}
