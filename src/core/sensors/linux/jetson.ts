import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { firstThere, hwmonFix, Inventory } from './hwmon.ts';
import { findRails, railWatts, type Rail } from './jetsonRails.ts';
import { absent, ready, refused } from '../probe.ts';
import type { DeviceUse, PowerReading, Probe, Sensor, SensorContext } from '../sensor.ts';
import { codeOf, isDenied, KernelFiles, quickText } from './kernelFile.ts';

/**
 * Engineering judgement. The chip itself is good to 0.25 % of the voltage and of the current, and 80 µV at the shunt
 * (Texas Instruments, INA3221 data sheet, SBOS576); the shunts and the offset at small currents add the rest.
 */
const UNCERTAINTY = 0.05;

/** The chip needs some milliseconds to tens of them for a new value; the bus it hangs on is slow. */
const PERIOD_SECONDS = 0.1;

/** The GPU's load in thousandths (NVIDIA's nvgpu driver), where the releases of Jetson Linux have it. */
const LOAD_FOLDERS = ['devices/gpu.0', 'devices/platform/gpu.0', 'devices/platform/17000000.gpu'];

/**
 * Power of NVIDIA Jetson modules by the INA3221 monitors on their supply lines: processor, GPU, memory where they have
 * their own, and the module's supply as that of the whole machine; a carrier board's own parts are not in it. Modules
 * without a line for the whole (AGX) tell nothing of the rest: which of their lines are inside one another is not
 * documented, so they are not added up.
 */
export class JetsonSensor implements Sensor {
  readonly id = 'jetson';
  readonly title = t('Jetson power rails (INA3221)');
  readonly quality = 'measured';
  readonly gpuFamily = 'jetson';
  readonly powerPeriodSeconds = PERIOD_SECONDS;
  readonly #sysfs: string;
  readonly #files = new KernelFiles();
  readonly #rails: Inventory<Rail>;
  #loadFile: string | null = null;

  constructor({ sysfs }: SensorContext) {
    this.#sysfs = sysfs;
    this.#rails = new Inventory(() => findRails(sysfs));
  }

  async probe(): Promise<Probe> {
    const rails = isAnotherBoard(this.#sysfs) ? [] : await this.#rails.search();
    if (rails.length === 0) return absent(t('No power rails of a Jetson module here.'));
    this.#loadFile = await findLoad(this.#sysfs);
    const asked = await Promise.all(
      rails.map(async (rail) => ({
        rail,
        code: await railWatts(rail, this.#files).then(() => null, codeOf),
      })),
    );
    const good = asked.filter(({ code }) => code === null).map(({ rail }) => rail);
    const [silent] = asked.filter(({ code }) => code !== null);
    if (good.length === 0) return refusal(silent?.rail, silent?.code ?? '');
    return ready({
      components: [...new Set(good.map(({ scope }) => scope))],
      message: [
        t('Measures {0}.', good.map(({ label }) => label).join(', ')),
        ...(good.some(isShared) ? [t('Processor and GPU share a line, which counts as the processor.')] : []),
        ...(silent
          ? [t('Without {0}, which does not answer ({1}).', silent.rail.label, silent.code ?? '')]
          : []),
      ].join(' '),
      resolution: t('1 mV times 1 mA or coarser; read 10 times a second'),
      uncertainty: UNCERTAINTY,
    });
  }

  read(): Promise<readonly PowerReading[]> {
    return this.#rails.readAll(async (rail): Promise<PowerReading> => {
      const powerWatts = await railWatts(rail, this.#files);
      const reading: PowerReading = {
        ...{ kind: 'power', channel: `${this.id}/${rail.id}`, component: rail.scope, device: rail.label },
        ...{ source: this.id, quality: 'measured', uncertainty: UNCERTAINTY },
        ...{ timeSeconds: monotonicSeconds(), powerWatts },
      };
      return rail.scope === 'gpu' ? { ...reading, use: await this.#use() } : reading;
    });
  }

  /** A module has one GPU, which CUDA calls 0. */
  async #use(): Promise<DeviceUse> {
    const perMille = this.#loadFile ? await this.#files.number(this.#loadFile).catch(() => -1) : -1;
    const busyShare = perMille >= 0 && perMille <= 1000 ? perMille / 1000 : null;
    return { index: 0, uuid: null, busyShare, processes: null, drmDevice: null };
  }
}

function isShared({ label }: Rail): boolean {
  return label === 'VDD_CPU_GPU_CV';
}

/** Other boards use the same chip. Where a container hides the board's name, the lines' names must do. */
function isAnotherBoard(sysfs: string): boolean {
  const model = quickText(path.join(sysfs, 'firmware', 'devicetree', 'base', 'model'));
  return model !== null && !/jetson|tegra|nvidia/i.test(model);
}

async function findLoad(sysfs: string): Promise<string | null> {
  const root = path.join(sysfs, 'class', 'devfreq');
  const names = (await readdir(root).catch(() => [])).filter((name) => /gpu|gv11b|gp10b|ga10b/.test(name));
  const folders = [
    ...names.map((name) => path.join(root, name, 'device')),
    ...LOAD_FOLDERS.map((name) => path.join(sysfs, name)),
  ];
  return firstThere(folders, ['load']);
}

function refusal(rail: Rail | undefined, code: string): Probe {
  return isDenied(code)
    ? refused(
        t('The power rails are there, but this user may not read them.'),
        hwmonFix('ina3221', rail?.files.at(-1) ?? ''),
      )
    : refused(t('The power rails are there, but do not answer ({0}).', code), null);
}
