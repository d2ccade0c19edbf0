import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { findHwmon, firstThere, hwmonFix, Inventory } from './hwmon.ts';
import { ask, exceptions, gpusOf, isAsleep, list, type HwmonGpu } from './hwmonGpu.ts';
import { absent, ready, refused } from '../probe.ts';
import type { CounterReading, Probe, Sensor, SensorContext } from '../sensor.ts';
import { failure, isDenied, KernelFiles, quickText } from './kernelFile.ts';

/** Intel states none for cards. Engineering judgement, twice RAPL's ±5 %, whose counters these are. */
const UNCERTAINTY = 0.1;

/** 2^32 steps of 2^-14 J (comments on overflow in the kernel's i915_hwmon.c and xe_hwmon.c). */
const REGISTER_JOULES = 2 ** 18;

/** Where the graphics that is built into Intel's processors always sits. */
const BUILT_IN = '0000:00:02.0';

interface IntelGpu extends HwmonGpu {
  /** Counters of the card and of its chip, as far as the driver has them. */
  readonly energyFiles: readonly string[];
}

/**
 * Energy of Intel graphics cards by the hwmon counters of the drivers `i915` and `xe` (kernel documentation,
 * ABI/testing/sysfs-driver-intel-i915-hwmon and -xe-hwmon): `energy1_input` is the card, `energy2_input` its chip, in
 * microjoules. The driver keeps them rising while the 32-bit register behind them wraps, as long as they are read
 * once a wrap: 262 kJ, a quarter of an hour at 300 W. Some cards leave the first at zero; then the second is used.
 * Graphics built into a processor is inside the processor's own counter (RAPL package) and not read.
 */
export class IntelGpuSensor implements Sensor {
  readonly id = 'intel-gpu';
  readonly title = t('Intel GPU energy counters');
  readonly quality = 'measured';
  readonly gpuFamily = 'intel';
  readonly #sysfs: string;
  readonly #files = new KernelFiles();
  readonly #gpus: Inventory<IntelGpu>;
  /** The counter in use of each card, chosen when one first showed more than zero. */
  readonly #chosen = new Map<string, string>();

  constructor({ sysfs }: SensorContext) {
    this.#sysfs = sysfs;
    this.#gpus = new Inventory(() => findGpus(sysfs));
  }

  async probe(): Promise<Probe> {
    this.#chosen.clear();
    const gpus = await this.#gpus.search();
    if (gpus.length === 0) return absent(await this.#whyNone());
    const answers = await ask(gpus, (gpu) => this.#counter(gpu));
    const [first] = answers.silent;
    if (first && answers.good.length === 0) return refusal(first.gpu, first.code);
    return ready({
      components: ['gpu'],
      message: [t('Measures {0}.', list(answers.good)), ...exceptions(answers)].join(' '),
      resolution: t('61 µJ, every millisecond'),
      uncertainty: UNCERTAINTY,
    });
  }

  read(): Promise<readonly CounterReading[]> {
    return this.#gpus.readAll((gpu) => this.#readGpu(gpu));
  }

  async #readGpu(gpu: IntelGpu): Promise<CounterReading | null> {
    if (isAsleep(gpu)) return null;
    const { name, energyJoules } = await this.#counter(gpu);
    return {
      ...{ kind: 'counter', channel: `${this.id}/${gpu.id}/${name}`, component: 'gpu', device: gpu.name },
      ...{ source: this.id, quality: 'measured', uncertainty: UNCERTAINTY },
      ...{ timeSeconds: monotonicSeconds(), energyJoules },
      ...{ rangeJoules: null, unseenRangeJoules: REGISTER_JOULES },
      use: { index: null, uuid: null, busyShare: null, processes: null, drmDevice: gpu.pci },
    };
  }

  /** The counter in use; the first that is not zero where none has been chosen. */
  async #counter({ id, folder, energyFiles }: IntelGpu): Promise<{ name: string; energyJoules: number }> {
    const chosen = this.#chosen.get(id);
    let problem: unknown = failure('ENODATA', folder);
    for (const file of chosen === undefined ? energyFiles : [path.join(folder, chosen)]) {
      try {
        const microjoules = await this.#files.number(file);
        if (microjoules <= 0) continue;
        this.#chosen.set(id, path.basename(file));
        return { name: path.basename(file, '_input'), energyJoules: microjoules / 1e6 };
      } catch (error) {
        problem = error;
      }
    }
    throw problem;
  }

  async #whyNone(): Promise<string> {
    const cards = path.join(this.#sysfs, 'class', 'drm');
    const names = await readdir(cards).catch(() => []);
    const isIntel = (name: string) => quickText(path.join(cards, name, 'device', 'vendor')) === '0x8086';
    return names.some((name) => /^card\d+$/.test(name) && isIntel(name))
      ? t(
          'Not read: the Intel graphics here has no counter of its own; built into a processor, it is in the processor’s.',
        )
      : t('No Intel graphics card here.');
  }
}

async function findGpus(sysfs: string): Promise<readonly IntelGpu[]> {
  const cards = (await findHwmon(sysfs, ['i915', 'xe'])).filter(({ id }) => id !== BUILT_IN);
  return gpusOf(cards, 'Intel').flatMap((gpu) => {
    const energyFiles = ['energy1_input', 'energy2_input']
      .map((name) => firstThere([gpu.folder], [name]))
      .filter((file) => file !== null);
    return energyFiles.length > 0 ? [{ ...gpu, energyFiles }] : [];
  });
}

function refusal({ name, driver, energyFiles }: IntelGpu, code: string): Probe {
  return isDenied(code)
    ? refused(
        t('The energy counter of {0} is there, but this user may not read it.', name),
        hwmonFix(driver, energyFiles[0] ?? ''),
      )
    : refused(t('{0} is there, but does not tell its energy ({1}).', name, code), null);
}
