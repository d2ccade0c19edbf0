import path from 'node:path';
import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { findHwmon, firstThere, hwmonFix, Inventory } from './hwmon.ts';
import { ask, exceptions, gpusOf, isApu, isAsleep, list, type HwmonGpu } from './hwmonGpu.ts';
import { KfdProcesses } from './kfd.ts';
import { absent, ready, refused } from '../probe.ts';
import type { DeviceUse, PowerReading, Probe, Sensor, SensorContext } from '../sensor.ts';
import { failure, isDenied, KernelFiles, quickText } from './kernelFile.ts';

/**
 * AMD states none. Engineering judgement: the value is the power of the chip and its own memory stack, as the
 * firmware computes it for its power limit; a board's converters and fans come on top.
 */
const UNCERTAINTY = 0.1;

/** Half of the 100 ms for which a short burst lasts. */
const PERIOD_SECONDS = 0.05;

/** The load is averaged by the firmware, so it is asked more seldom than the power. */
const LOAD_PERIOD_SECONDS = 0.5;

interface AmdGpu extends HwmonGpu {
  readonly powerFile: string;
  readonly uuid: string | null;
  /** Whether the GPU is a part of the processor. */
  readonly isApu: boolean;
}

/**
 * Power of AMD graphics cards by their kernel driver's hwmon values `power1_average` or `power1_input`, in
 * microwatts: "power used by the SoC; on APUs this includes the CPU" (kernel documentation, gpu/amdgpu/thermal.rst).
 * So a GPU inside a processor is left out: its power is in the processor's.
 */
export class AmdGpuSensor implements Sensor {
  readonly id = 'amdgpu';
  readonly title = t('AMD GPU power (amdgpu driver)');
  readonly quality = 'measured';
  readonly gpuFamily = 'amd';
  readonly powerPeriodSeconds = PERIOD_SECONDS;
  readonly #files = new KernelFiles();
  readonly #gpus: Inventory<AmdGpu>;
  readonly #processes: KfdProcesses;
  readonly #loads = new Map<string, { readonly atSeconds: number; readonly share: number | null }>();

  constructor({ sysfs }: SensorContext) {
    this.#gpus = new Inventory(() => findGpus(sysfs));
    this.#processes = new KfdProcesses(sysfs);
  }

  async probe(): Promise<Probe> {
    const all = await this.#gpus.search();
    const gpus = all.filter(({ isApu }) => !isApu);
    const inside = all.filter(({ isApu }) => isApu);
    if (gpus.length === 0)
      return absent(inside.length > 0 ? insideText(inside) : t('No AMD graphics card here.'));
    const answers = await ask(gpus, (gpu) => this.#watts(gpu));
    const [first] = answers.silent;
    if (first && answers.good.length === 0) return refusal(first.gpu, first.code);
    return ready({
      components: ['gpu'],
      message: [
        t('Measures {0}: chip and memory, without the rest of the board.', list(answers.good)),
        ...exceptions(answers),
        ...(inside.length > 0 ? [insideText(inside)] : []),
      ].join(' '),
      resolution: t('1 W or finer, averaged by the card over up to a second; read 20 times a second'),
      uncertainty: UNCERTAINTY,
    });
  }

  read(): Promise<readonly PowerReading[]> {
    return this.#gpus.readAll((gpu) => this.#readGpu(gpu));
  }

  async #readGpu(gpu: AmdGpu): Promise<PowerReading | null> {
    if (gpu.isApu || isAsleep(gpu)) return null;
    const powerWatts = await this.#watts(gpu);
    const timeSeconds = monotonicSeconds();
    return {
      ...{ kind: 'power', channel: `${this.id}/${gpu.id}`, component: 'gpu', device: gpu.name },
      ...{ source: this.id, quality: 'measured', uncertainty: UNCERTAINTY, timeSeconds, powerWatts },
      use: await this.#use(gpu),
    };
  }

  async #watts({ powerFile }: AmdGpu): Promise<number> {
    const microwatts = await this.#files.number(powerFile);
    if (microwatts < 0) throw failure('EBADMSG', powerFile);
    return microwatts / 1e6;
  }

  async #use(gpu: AmdGpu): Promise<DeviceUse> {
    return {
      ...{ index: null, uuid: gpu.uuid, drmDevice: gpu.pci },
      processes: gpu.pci === null ? null : this.#processes.on(gpu.pci),
      busyShare: await this.#busyShare(gpu),
    };
  }

  async #busyShare({ id, device }: AmdGpu): Promise<number | null> {
    if (device === null) return null;
    const now = monotonicSeconds();
    const last = this.#loads.get(id);
    if (last && now - last.atSeconds < LOAD_PERIOD_SECONDS) return last.share;
    const percent = await this.#files.number(path.join(device, 'gpu_busy_percent')).catch(() => null);
    const share = percent !== null && percent >= 0 && percent <= 100 ? percent / 100 : null;
    this.#loads.set(id, { atSeconds: now, share });
    return share;
  }
}

async function findGpus(sysfs: string): Promise<readonly AmdGpu[]> {
  return gpusOf(await findHwmon(sysfs, ['amdgpu']), 'AMD').flatMap((gpu) => {
    const powerFile = firstThere([gpu.folder], ['power1_average', 'power1_input']);
    if (!powerFile) return [];
    const device = gpu.device ?? '';
    const unique = quickText(path.join(device, 'unique_id')) ?? '';
    // the form in which ROCR_VISIBLE_DEVICES names it (ROCm documentation, GPU isolation)
    const uuid = /^[\da-f]{16}$/.test(unique) ? `GPU-${unique}` : null;
    return [{ ...gpu, powerFile, uuid, isApu: isApu(gpu) }];
  });
}

function insideText(gpus: readonly AmdGpu[]): string {
  return t(
    'Not read: {0}, which is a part of the processor; what it tells is the power of both.',
    list(gpus),
  );
}

function refusal(gpu: AmdGpu, code: string): Probe {
  return isDenied(code)
    ? refused(
        t('The power of {0} is there, but this user may not read it.', gpu.name),
        hwmonFix(gpu.driver, gpu.powerFile),
      )
    : refused(t('{0} is there, but does not tell its power ({1}).', gpu.name, code), null);
}
