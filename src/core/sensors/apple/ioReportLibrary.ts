import { promisify } from 'node:util';
import { t } from '../../../language.ts';
import type { Ffi } from '../native/ffi.ts';
import { CoreFoundation, type AppleLibraries, type Reference } from './coreFoundation.ts';
import { isPartOfEnergy, type EnergyChannel } from './energyModel.ts';

/** There is no such group, as on Macs with a processor by Intel. */
export class NoEnergyModel extends Error {}

/**
 * The channels of IOReport's group "Energy Model", which any user may read. IOReport is private to Apple and not
 * documented: the functions, their arguments and the key "IOReportChannels" are as macmon (src/sources.rs) and
 * zeus-apple-silicon (apple_energy.hpp) use them. A sample has each counter's value since some start, probably that of
 * the machine (zeus, issue 159). Run against a stand-in, never on a Mac.
 */
export class EnergyModel {
  readonly #foundation: CoreFoundation;
  readonly #functions;
  #channels: Reference = null;
  #subscription: Reference = null;
  #pending: Promise<unknown> = Promise.resolve();

  /** @throws Error where the libraries are missing, NoEnergyModel where the group is */
  constructor(ffi: Ffi, { coreFoundation, ioReport }: AppleLibraries) {
    this.#foundation = new CoreFoundation(ffi, coreFoundation);
    const library = ffi.load(ioReport);
    const createSamples = library.func('void *IOReportCreateSamples(void *, void *, void *)');
    this.#functions = {
      channelsInGroup: library.func(
        'void *IOReportCopyChannelsInGroup(void *, void *, uint64_t, uint64_t, uint64_t)',
      ),
      subscribe: library.func(
        'void *IOReportCreateSubscription(void *, void *, _Out_ void **, uint64_t, void *)',
      ),
      // takes some milliseconds on large chips, so that it is not waited for in this thread
      createSamples: promisify(createSamples.async) as (...args: unknown[]) => Promise<Reference>,
      channelName: library.func('void *IOReportChannelGetChannelName(void *)'),
      unitLabel: library.func('void *IOReportChannelGetUnitLabel(void *)'),
      integerValue: library.func('int64_t IOReportSimpleGetIntegerValue(void *, void *)'),
    };
    try {
      this.#subscribe();
    } catch (error) {
      this.#release();
      throw error;
    }
  }

  /**
   * Asks for all channels of whole components.
   *
   * @throws Error where no sample is given
   */
  async read(): Promise<readonly EnergyChannel[]> {
    const sampling = this.#functions.createSamples(this.#subscription, this.#channels, null);
    this.#pending = sampling.catch(() => undefined);
    const sample = await sampling;
    if (!sample) throw new Error(t('IOReport gave no sample'));
    try {
      const channels = this.#foundation.value(sample, 'IOReportChannels');
      return channels ? this.#foundation.items(channels).flatMap((item) => this.#channel(item)) : [];
    } finally {
      this.#foundation.release(sample);
    }
  }

  /** Ends the subscription, after the sample that is being taken. */
  async close(): Promise<void> {
    await this.#pending;
    this.#release();
  }

  #release(): void {
    for (const object of [this.#subscription, this.#channels]) this.#foundation.release(object);
    this.#foundation.close();
    this.#subscription = this.#channels = null;
  }

  #subscribe(): void {
    const group = this.#foundation.key('Energy Model');
    const found = this.#functions.channelsInGroup(group, null, 0, 0, 0);
    if (!found) throw new NoEnergyModel();
    this.#channels = this.#foundation.mutableCopy(found);
    this.#foundation.release(found);
    const subscribed: Reference[] = [null];
    this.#subscription = this.#functions.subscribe(null, this.#channels, subscribed, 0, null);
    if (!this.#subscription) throw new Error(t('IOReport refused a subscription'));
  }

  #channel(item: Reference): readonly EnergyChannel[] {
    const name = this.#foundation.text(this.#functions.channelName(item));
    if (name === null || !isPartOfEnergy(name)) return [];
    const unit = this.#foundation.text(this.#functions.unitLabel(item)) ?? '';
    return [{ name, unit, value: Number(this.#functions.integerValue(item, null)) }];
  }
}
