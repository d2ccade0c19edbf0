import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { firstThere, Inventory } from '../linux/hwmon.ts';
import { ask, exceptions, gpusOf, isApu, isAsleep, list, type HwmonGpu } from '../linux/hwmonGpu.ts';
import { failure, KernelFiles, quickText } from '../linux/kernelFile.ts';
import { absent, ready, refused } from '../probe.ts';
import type { PowerReading, Probe, Sensor, SensorContext } from '../sensor.ts';
import { amdBoardWatts, GPU_IDLE_SHARE, gpuWatts } from './gpuModel.ts';
import { NO_OVERRIDES } from './overrides.ts';
import { ESTIMATE_UNCERTAINTY } from './powerModel.ts';

/** The firmware averages the load over about a second (kernel, amdgpu_pm.c); half of that misses nothing. */
const PERIOD_SECONDS = 0.5;

const AMD = '0x1002';

interface LoadedGpu extends HwmonGpu {
  readonly fullWatts: number | null;
  /** Where that comes from, for people. */
  readonly basis: string;
  readonly tellsPower: boolean;
}

/**
 * For AMD graphics cards that tell their load, `gpu_busy_percent` (kernel documentation, gpu/amdgpu/thermal.rst), but
 * not their power: in virtual machines, and while a power value is closed or lost. Full power is the user's setting, the
 * card's limit `power1_cap`, or that of its model; where none is known, nothing is estimated. A GPU inside a processor
 * is left out, as its power is in the processor's.
 */
export class GpuEstimateSensor implements Sensor {
  readonly id = 'gpu-estimate';
  readonly title = t('Estimate of AMD GPUs from their load');
  readonly quality = 'estimated';
  readonly gpuFamily = 'amd';
  readonly powerPeriodSeconds = PERIOD_SECONDS;
  readonly #files = new KernelFiles();
  readonly #gpus: Inventory<LoadedGpu>;

  constructor({ sysfs, overrides }: SensorContext) {
    const told = () => (overrides?.() ?? NO_OVERRIDES).gpuFullWatts;
    this.#gpus = new Inventory(() => findGpus(sysfs, this.#files, told()));
  }

  async probe(): Promise<Probe> {
    const all = await this.#gpus.search();
    const gpus = all.filter(({ fullWatts }) => fullWatts !== null);
    const unknown = all.filter(({ fullWatts, tellsPower }) => fullWatts === null && !tellsPower);
    if (gpus.length === 0)
      return unknown.length > 0 ? unknownPower(unknown) : absent(t('No AMD graphics card here.'));
    const answers = await ask(gpus, (gpu) => this.#busyShare(gpu));
    const [first] = answers.silent;
    if (first && answers.good.length === 0)
      return refused(t('{0} is there, but does not tell its load ({1}).', first.gpu.name, first.code), null);
    return ready({
      components: ['gpu'],
      message: [
        t('Estimates {0} by load.', list(answers.good)),
        ...exceptions(answers),
        ...(unknown.length > 0 ? [t('Without {0}, whose full power is not known.', list(unknown))] : []),
      ].join(' '),
      resolution: t('1 % of the load, averaged by the card over about a second'),
      uncertainty: ESTIMATE_UNCERTAINTY,
      assumptions: answers.good.map(({ name, basis }) => ({
        component: 'gpu',
        text: t(
          '{0}: {1}; {2} % of it idle, linear in load (Cloud Carbon Footprint).',
          name,
          basis,
          Math.round(GPU_IDLE_SHARE * 100),
        ),
      })),
    });
  }

  read(): Promise<readonly PowerReading[]> {
    return this.#gpus.readAll((gpu) => this.#readGpu(gpu));
  }

  async #readGpu(gpu: LoadedGpu): Promise<PowerReading | null> {
    if (gpu.fullWatts === null || isAsleep(gpu)) return null;
    const busyShare = await this.#busyShare(gpu);
    return {
      ...{ kind: 'power', channel: `${this.id}/${gpu.id}`, component: 'gpu', device: gpu.name },
      ...{ source: this.id, quality: 'estimated', uncertainty: ESTIMATE_UNCERTAINTY },
      ...{ timeSeconds: monotonicSeconds(), powerWatts: gpuWatts(gpu.fullWatts, busyShare) },
      use: { index: null, uuid: null, busyShare, processes: null, drmDevice: gpu.pci },
    };
  }

  async #busyShare({ device }: LoadedGpu): Promise<number> {
    const file = path.join(device ?? '', 'gpu_busy_percent');
    const percent = await this.#files.number(file);
    if (percent < 0 || percent > 100) throw failure('EBADMSG', file);
    return percent / 100;
  }
}

async function findGpus(
  sysfs: string,
  files: KernelFiles,
  toldWatts: number | null,
): Promise<readonly LoadedGpu[]> {
  const cards = path.join(sysfs, 'class', 'drm');
  const names = (await readdir(cards).catch(() => [])).filter((name) => /^card\d+$/.test(name));
  const devices = await Promise.all(names.map((name) => deviceOf(path.join(cards, name, 'device'))));
  const found = devices.filter((device) => device !== null).sort((a, b) => a.id.localeCompare(b.id, 'en'));
  const gpus = gpusOf(found, 'AMD').filter((gpu) => !isApu(gpu));
  return Promise.all(
    gpus.map(async (gpu) => ({
      ...gpu,
      ...(await fullPower(gpu, files, toldWatts)),
      tellsPower: firstThere([gpu.folder], ['power1_average', 'power1_input']) !== null,
    })),
  );
}

/** An AMD card that tells its load, with its values of hardware monitoring; without any, its own folder. */
async function deviceOf(link: string) {
  const device = await realpath(link).catch(() => null);
  if (device === null || quickText(path.join(device, 'vendor')) !== AMD) return null;
  if (firstThere([device], ['gpu_busy_percent']) === null) return null;
  const monitors = path.join(device, 'hwmon');
  const [monitor] = await readdir(monitors).catch(() => []);
  const folder = monitor === undefined ? device : path.join(monitors, monitor);
  return { folder, name: 'amdgpu', device, id: path.basename(device) };
}

async function fullPower(gpu: HwmonGpu, files: KernelFiles, told: number | null) {
  if (told !== null) return { fullWatts: told, basis: t('{0} W at full load (your setting)', told) };
  const limit = await limitWatts(gpu, files);
  if (limit !== null) return { fullWatts: limit, basis: t('{0} W at full load (its power limit)', limit) };
  const text = (name: string) => quickText(path.join(gpu.device ?? '', name)) ?? '';
  const watts = amdBoardWatts(text('device'), text('revision'));
  return { fullWatts: watts, basis: t('{0} W at full load (board power of its model, AMD)', String(watts)) };
}

/** `power1_cap`: the limit in force, in microwatts (thermal.rst); null where there is none. Asking wakes a card. */
async function limitWatts(gpu: HwmonGpu, files: KernelFiles): Promise<number | null> {
  if (isAsleep(gpu)) return null;
  const microwatts = await files.number(path.join(gpu.folder, 'power1_cap')).catch(() => 0);
  return microwatts >= 1e6 ? microwatts / 1e6 : null;
}

function unknownPower(gpus: readonly HwmonGpu[]): Probe {
  return refused(
    t(
      '{0} tells its load, but neither its power nor its power limit, and the model is not in our table.',
      list(gpus),
    ),
    [
      t('Say what it draws at full load, in watts, as its data sheet has it:'),
      `  ${t('in the editor, the setting {0}', 'trainingFootprint.hardware.gpuFullWatts')}`,
      `  ${t('on the command line, {0}', 'export TRAINING_FOOTPRINT_GPU_FULL_WATTS=250')}`,
    ].join('\n'),
  );
}
