import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { list } from '../names.ts';
import { absent, ready, refused } from '../probe.ts';
import type { PowerReading, Probe, Sensor, SensorContext } from '../sensor.ts';
import { codeOf, failure, KernelFiles, quickText } from './kernelFile.ts';

/**
 * Gauges differ and name no common figure. Engineering judgement: their current is good to a few per cent, but many
 * tell only the mean of the last seconds to a minute.
 */
const UNCERTAINTY = 0.1;

/** Some gauges tell something new each second, most more seldom. */
const PERIOD_SECONDS = 1;

interface Supply {
  readonly id: string;
  readonly folder: string;
}

/** Supplies from outside (kernel documentation, ABI/testing/sysfs-class-power: type); USB-C charges many laptops. */
const OUTSIDE = ['Mains', 'USB', 'Wireless'];

/** What the batteries say together. */
type State = { readonly watts: number } | { readonly mains: () => string };

/**
 * The whole laptop's power, from its batteries while it runs on them (kernel documentation, ABI/testing/
 * sysfs-class-power): `power_now` in microwatts, or `current_now` times `voltage_now` in microamperes and microvolts,
 * of either sign. On mains a battery tells only its own charging, so there is no reading then. Batteries of mice and
 * the like (`scope` Device) and of uninterruptible supplies are not meant.
 */
export class BatterySensor implements Sensor {
  readonly id = 'battery';
  readonly title = t('Battery of the laptop');
  readonly quality = 'measured';
  readonly powerPeriodSeconds = PERIOD_SECONDS;
  readonly #root: string;
  readonly #files = new KernelFiles();

  constructor({ sysfs }: SensorContext) {
    this.#root = path.join(sysfs, 'class', 'power_supply');
  }

  async probe(): Promise<Probe> {
    const { batteries, mains } = await findSupplies(this.#root);
    if (batteries.length === 0) return absent(t('No battery here.'));
    const state = await this.#state(batteries, mains).catch(codeOf);
    if (typeof state === 'string')
      return refused(t('The battery runs the machine, but does not tell its power ({0}).', state), null);
    if ('mains' in state)
      return refused(
        t('The battery tells the machine’s power only while the machine runs on it: {0}.', state.mains()),
        t('To measure by the battery, unplug the power supply before the training starts.'),
      );
    return ready({
      components: ['machine'],
      message: t(
        'Measures the whole machine by {0}, while it is unplugged.',
        list(batteries.map(({ id }) => id)),
      ),
      resolution: t('about 10 mW, each second to each minute, as the battery has it'),
      uncertainty: UNCERTAINTY,
    });
  }

  async read(): Promise<readonly PowerReading[]> {
    const { batteries, mains } = await findSupplies(this.#root); // some are taken out and put in while in use
    const state = await this.#state(batteries, mains).catch(() => null);
    if (!state || 'mains' in state) return [];
    return [
      {
        ...{ kind: 'power', channel: this.id, component: 'machine', device: 'machine', source: this.id },
        ...{ quality: 'measured', uncertainty: UNCERTAINTY, timeSeconds: monotonicSeconds() },
        powerWatts: state.watts,
      },
    ];
  }

  /** @throws Error where one of the batteries that run the machine does not answer: the rest is not the whole */
  async #state(batteries: readonly Supply[], mains: readonly Supply[]): Promise<State> {
    for (const { folder } of mains) {
      const online = Number(quickText(path.join(folder, 'online'))); // 1: fixed voltage, 2: programmable
      if (online > 0) return { mains: () => t('it is on mains now') };
    }
    const told = await Promise.all(
      batteries.map(async ({ folder }) => ({
        folder,
        status: await this.#files.text(path.join(folder, 'status')),
      })),
    );
    const statuses = [...new Set(told.map(({ status }) => status.slice(0, 20).toLowerCase()))];
    const used = told.filter(({ status }) => status === 'Discharging');
    if (used.length === 0 || statuses.includes('charging'))
      return { mains: () => t('it says “{0}” now', statuses.join(', ')) };
    const watts = await Promise.all(used.map(({ folder }) => this.#watts(folder)));
    return { watts: watts.reduce((sum, value) => sum + value, 0) };
  }

  /** @throws Error where there is no power; a battery that runs a machine gives more than 0 W */
  async #watts(folder: string): Promise<number> {
    const value = (name: string) => this.#files.number(path.join(folder, name)).then(Math.abs);
    const product = async () => ((await value('current_now')) * (await value('voltage_now'))) / 1e12;
    const watts = await value('power_now').then(
      (microwatts) => microwatts / 1e6,
      (error: unknown) => product().catch(() => Promise.reject(error)),
    );
    if (!(watts > 0)) throw failure('ENODATA', folder);
    return watts;
  }
}

async function findSupplies(
  root: string,
): Promise<{ batteries: readonly Supply[]; mains: readonly Supply[] }> {
  const names = await readdir(root).catch(() => []);
  const supplies = names.sort().map((id) => {
    const folder = path.join(root, id);
    return { id, folder, type: quickText(path.join(folder, 'type')) };
  });
  const isOfMachine = ({ folder }: Supply) => quickText(path.join(folder, 'scope')) !== 'Device';
  return {
    batteries: supplies.filter((supply) => supply.type === 'Battery' && isOfMachine(supply)),
    mains: supplies.filter(({ type }) => type !== null && OUTSIDE.includes(type)),
  };
}
