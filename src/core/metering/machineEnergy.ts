import { probeSensors } from '../sensors/probing.ts';
import type { DeviceUse, ProbedSensor, Reading, Sensor, SensorList } from '../sensors/sensor.ts';
import { ClockWatch, type Clocks } from './clockWatch.ts';
import { Fusion } from './fusion.ts';
import type { EnergySample, MeterState } from './meter.ts';
import { SensorReader } from './sensorReader.ts';

/** What one look at the sensors brought. */
export interface Look {
  /** Null at the first look, when there is no interval yet. */
  readonly energy: EnergySample | null;
  readonly readings: readonly Reading[];
}

/** The energy of the whole machine by all its sensors. Holds nothing open before `open` and after `close`. */
export class MachineEnergy {
  readonly #sensors: readonly Sensor[] | SensorList;
  readonly #readers = new Map<Sensor, SensorReader>();
  readonly #devices = new Map<string, DeviceUse>();
  readonly #readClocks: (() => Clocks) | undefined;
  #probed: readonly ProbedSensor[] = [];
  #fusion = new Fusion([]);
  #clocks = new ClockWatch();

  constructor(sensors: readonly Sensor[] | SensorList, readClocks?: () => Clocks) {
    this.#sensors = sensors;
    this.#readClocks = readClocks;
  }

  /** The sensor that serves each component at this moment: `cpu`, `dram`, `gpu nvidia`, `machine`. */
  get sources(): ReadonlyMap<string, ProbedSensor> {
    return this.#fusion.sources;
  }

  /** What was last told of who uses each GPU, by the device's name. */
  get devices(): ReadonlyMap<string, DeviceUse> {
    return this.#devices;
  }

  async open(): Promise<void> {
    this.#probed = await probeSensors(
      typeof this.#sensors === 'function' ? await this.#sensors() : this.#sensors,
    );
    this.#fusion = new Fusion(this.#probed);
    this.#clocks = new ClockWatch(this.#readClocks);
    this.#devices.clear();
  }

  close(): void {
    for (const reader of this.#readers.values()) reader.stop();
    this.#readers.clear();
    for (const { sensor } of this.#probed) sensor.release?.();
  }

  state(): MeterState {
    return this.#fusion.state();
  }

  safePeriodSeconds(): number {
    return this.#fusion.safePeriodSeconds();
  }

  /**
   * Reads all sensors at once; those that take longer than that are heard at the next look.
   *
   * @param isEdge whether a run begins or ends here
   */
  async look(patienceMillis: number, isEdge = false): Promise<Look> {
    this.#followFusion();
    const answers = [...this.#readers.values()].map((reader) =>
      isEdge ? reader.collectAtEdge(patienceMillis) : reader.collect(patienceMillis),
    );
    const readings = (await Promise.all(answers)).flat();
    for (const { component, device, use } of readings)
      if (component === 'gpu' && use) this.#devices.set(device, use);
    return { energy: this.#withClockNotes(this.#fusion.add(readings)), readings };
  }

  /** The energy between an earlier meter's last look and this one. */
  since(state: MeterState, { readings }: Look): EnergySample | null {
    return new Fusion(this.#probed, state).add(readings);
  }

  #followFusion(): void {
    const wanted = this.#fusion.sensors;
    for (const sensor of wanted) {
      if (this.#readers.has(sensor)) continue;
      const reader = new SensorReader(sensor);
      this.#readers.set(sensor, reader);
      reader.start();
    }
    for (const [sensor, reader] of this.#readers) {
      if (wanted.has(sensor)) continue;
      reader.stop();
      this.#readers.delete(sensor);
    }
  }

  #withClockNotes(energy: EnergySample | null): EnergySample | null {
    const notes = this.#clocks.look();
    return energy && notes.length > 0 ? { ...energy, notes: [...energy.notes, ...notes] } : energy;
  }
}
