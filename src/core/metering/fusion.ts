import { t } from '../../language.ts';
import type { ProbedSensor, Quality, Reading, Sensor } from '../sensors/sensor.ts';
import { slotOf, sourcesBySlot, type Slot as SlotName } from '../sensors/slots.ts';
import {
  Meter,
  nameOf,
  type ChannelEnergy,
  type EnergyPart,
  type EnergySample,
  type MeterState,
} from './meter.ts';
import { RestOfMachine } from './restOfMachine.ts';

/** So many samples in a row without an answer, and the next source takes over. A counter that answers sooner has lost nothing. */
const PATIENCE = 3;

/** Sources of one thing, best first, and which of them is in use. */
interface Slot {
  readonly name: SlotName;
  readonly candidates: readonly ProbedSensor[];
  current: number;
  /** Samples without an answer, by candidate. */
  readonly missed: number[];
  /** Of the standby that warms up, by channel: counts if it takes over, else nobody needs it. */
  warmUp: ChannelEnergy[];
  /** Joules that others gave since the best source was lost, which its counter will tell again when it is back. */
  creditJoules: number;
}

/**
 * Makes of many sources one sample in which everything is counted once: the best source that answers serves each
 * component; a lost one is followed by the next and comes back when it answers again, both with a note.
 */
export class Fusion {
  readonly #meter: Meter;
  readonly #slots: readonly Slot[];
  readonly #rest = new RestOfMachine();
  readonly #silentChannels = new Map<string, number>();

  /** @param state of an earlier meter in the same boot of the machine, whose interval is to be continued */
  constructor(probed: readonly ProbedSensor[], state: MeterState = {}) {
    this.#meter = new Meter(state);
    this.#slots = makeSlots(probed);
  }

  /** The source in use of each slot. */
  get sources(): ReadonlyMap<SlotName, ProbedSensor> {
    return new Map(this.#slots.flatMap((slot) => entry(slot)));
  }

  /** What is to be read for the next sample: sources in use, better ones that were lost, the next where one is silent. */
  get sensors(): ReadonlySet<Sensor> {
    return new Set(this.#slots.flatMap((slot) => wanted(slot).map(({ sensor }) => sensor)));
  }

  state(): MeterState {
    return this.#meter.state();
  }

  safePeriodSeconds(): number {
    return this.#meter.safePeriodSeconds();
  }

  /** Takes what was read since the last call; null when it is the first look and there is no interval yet. */
  add(readings: readonly Reading[]): EnergySample | null {
    const interval = this.#meter.add(readings);
    const notes = [...(interval?.notes ?? [])];
    const bySlot = this.#bySlot(interval?.parts ?? []);
    const answered = new Set(readings.map(({ source }) => source));
    const parts: ChannelEnergy[] = [];
    for (const slot of this.#slots) {
      const told = bySlot.get(slot.name) ?? [];
      parts.push(...this.#serve(slot, answeredIn(slot, readings, answered), told, notes));
    }
    notes.push(...this.#channelNotes(readings));
    if (!interval) return null;
    const components: EnergyPart[] = [];
    const machine: ChannelEnergy[] = [];
    for (const part of parts) {
      if (part.component === 'machine') machine.push(part);
      else components.push({ ...part, component: part.component });
    }
    const rest = this.#rest.add(machine, components, interval.endSeconds - interval.startSeconds, notes);
    const { startSeconds, endSeconds } = interval;
    return { startSeconds, endSeconds, parts: rest ? [...components, rest] : components, notes };
  }

  #bySlot(parts: readonly ChannelEnergy[]): ReadonlyMap<SlotName, readonly ChannelEnergy[]> {
    const bySlot = new Map<SlotName, ChannelEnergy[]>();
    for (const part of parts) {
      const sensor = this.#sensorOf(part.source);
      if (!sensor) continue;
      const name = slotOf(sensor, part.component);
      const list = bySlot.get(name);
      if (list) list.push(part);
      else bySlot.set(name, [part]);
    }
    return bySlot;
  }

  #sensorOf(source: string): Sensor | null {
    for (const slot of this.#slots)
      for (const { sensor } of slot.candidates) if (sensor.id === source) return sensor;
    return null;
  }

  /** What of a slot's parts counts, after the best source that answers has been found. */
  #serve(
    slot: Slot,
    answered: readonly boolean[],
    told: readonly ChannelEnergy[],
    notes: string[],
  ): readonly ChannelEnergy[] {
    const before = slot.current;
    countMissed(slot, answered);
    const best = answered.findIndex((isThere, index) => isThere && index <= before);
    if (best !== -1 && best < before) return this.#comeBack(slot, best, told, notes);
    if (best === before) {
      slot.warmUp = [];
      return this.#count(slot, told);
    }
    const next = before + 1;
    slot.warmUp.push(...told.filter(({ source }) => source === slot.candidates[next]?.sensor.id));
    if ((slot.missed[before] ?? 0) < PATIENCE) return [];
    const isNextLost = (slot.missed[next] ?? 0) >= PATIENCE && next + 1 < slot.candidates.length;
    if (!answered[next] && !isNextLost) return [];
    slot.current = next;
    if (isNextLost) return [];
    notes.push(takeOverNote(slot, before));
    const warmUp = slot.warmUp;
    slot.warmUp = [];
    return this.#count(slot, warmUp);
  }

  #count(slot: Slot, told: readonly ChannelEnergy[]): readonly ChannelEnergy[] {
    const own = told.filter(({ source }) => source === slot.candidates[slot.current]?.sensor.id);
    if (slot.current > 0) slot.creditJoules += own.reduce((sum, part) => sum + part.energyJoules, 0);
    return own;
  }

  /** The counter of a source that is back tells what others have given meanwhile, too: that is taken off. */
  #comeBack(
    slot: Slot,
    best: number,
    told: readonly ChannelEnergy[],
    notes: string[],
  ): readonly ChannelEnergy[] {
    notes.push(
      t('{0} answers again and takes over from {1}.', titleOf(slot, best), titleOf(slot, slot.current)),
    );
    const own = told.filter(({ source }) => source === slot.candidates[best]?.sensor.id);
    const total = own.reduce((sum, part) => sum + part.energyJoules, 0);
    const left = total > 0 ? Math.max(0, total - slot.creditJoules) / total : 0;
    slot.creditJoules = best > 0 ? slot.creditJoules + total * left : 0;
    slot.current = best;
    slot.warmUp = [];
    return own.map((part) => ({ ...part, energyJoules: part.energyJoules * left }));
  }

  /** Says once that one channel of a source in use fell silent, and once that it is back. */
  #channelNotes(readings: readonly Reading[]): readonly string[] {
    const present = new Set(readings.map(({ channel }) => channel));
    const used = new Set([...this.sources.values()].map(({ sensor }) => sensor.id));
    const notes: string[] = [];
    for (const [channel, last] of this.#meter.channels) {
      if (present.has(channel)) {
        if ((this.#silentChannels.get(channel) ?? 0) >= PATIENCE)
          notes.push(t('{0} answers again.', nameOf(last)));
        this.#silentChannels.delete(channel);
      } else if (used.has(last.source)) {
        const silent = (this.#silentChannels.get(channel) ?? 0) + 1;
        this.#silentChannels.set(channel, silent);
        if (silent === PATIENCE)
          notes.push(t('{0} stopped answering; its energy is missing until it answers again.', nameOf(last)));
      }
    }
    return notes;
  }
}

function makeSlots(probed: readonly ProbedSensor[]): readonly Slot[] {
  return [...sourcesBySlot(probed)].map(([name, candidates]) => ({
    ...{ name, candidates, current: 0, missed: candidates.map(() => 0), warmUp: [], creditJoules: 0 },
  }));
}

function entry(slot: Slot): [SlotName, ProbedSensor][] {
  const probed = slot.candidates[slot.current];
  return probed ? [[slot.name, probed]] : [];
}

function wanted(slot: Slot): readonly ProbedSensor[] {
  const isSilent = (slot.missed[slot.current] ?? 0) > 0;
  return slot.candidates.slice(0, slot.current + (isSilent ? 2 : 1));
}

function countMissed(slot: Slot, answered: readonly boolean[]): void {
  wanted(slot).forEach((_, index) => {
    slot.missed[index] = answered[index] ? 0 : (slot.missed[index] ?? 0) + 1;
  });
}

/** Which candidates told anything about the slot. */
function answeredIn(
  slot: Slot,
  readings: readonly Reading[],
  sources: ReadonlySet<string>,
): readonly boolean[] {
  return slot.candidates.map(
    ({ sensor }) =>
      sources.has(sensor.id) &&
      readings.some(
        ({ source, component }) => source === sensor.id && slotOf(sensor, component) === slot.name,
      ),
  );
}

function titleOf(slot: Slot, index: number): string {
  return slot.candidates[index]?.sensor.title ?? '';
}

function takeOverNote(slot: Slot, lost: number): string {
  const next = slot.candidates[lost + 1];
  const quality: Quality = next?.sensor.quality ?? 'estimated';
  const uncertainty = next?.probe.uncertainty ?? null;
  const known = quality === 'measured' ? t('measured') : t('estimated');
  const howSure = uncertainty === null ? known : `${known}, ±${Math.round(uncertainty * 100)} %`;
  return t(
    '{0} stopped answering; {1} takes over ({2}) until it answers again.',
    titleOf(slot, lost),
    next?.sensor.title ?? '',
    howSure,
  );
}
