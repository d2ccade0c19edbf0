import { monotonicSeconds } from '../../../src/core/metering/clock.ts';
import { ready } from '../../../src/core/sensors/probe.ts';
import type {
  GpuFamily,
  Probe,
  ProbedSensor,
  Quality,
  Reading,
  Scope,
  Sensor,
} from '../../../src/core/sensors/sensor.ts';

/** A sensor that reads what it is told to. */
export class FakeSensor implements Sensor {
  readonly id: string;
  readonly title: string;
  readonly quality: Quality = 'measured';
  readonly gpuFamily?: GpuFamily;
  powerPeriodSeconds?: number;
  readonly components: readonly Scope[];
  reads = 0;
  releases = 0;
  answer: () => Promise<readonly Reading[]> = () => Promise.resolve([]);

  constructor(id: string, components: readonly Scope[], more: Partial<FakeSensor> = {}) {
    this.id = id;
    this.title = `the ${id}`;
    this.components = components;
    Object.assign(this, more);
  }

  probe(): Promise<Probe> {
    return Promise.resolve(this.found());
  }

  found(): Probe {
    return ready({ components: this.components, message: '', resolution: '', uncertainty: 0.1 });
  }

  probed(): ProbedSensor {
    return { sensor: this, probe: this.found() };
  }

  read(): Promise<readonly Reading[]> {
    this.reads += 1;
    return this.answer();
  }

  release(): void {
    this.releases += 1;
  }

  counter(energyJoules: number, timeSeconds = monotonicSeconds(), component = this.components[0]): Reading {
    return { ...this.#base(component, timeSeconds), kind: 'counter', energyJoules, rangeJoules: null };
  }

  power(powerWatts: number, timeSeconds = monotonicSeconds(), component = this.components[0]): Reading {
    return { ...this.#base(component, timeSeconds), kind: 'power', powerWatts };
  }

  #base(component: Scope = 'cpu', timeSeconds: number) {
    const { id, quality } = this;
    return {
      ...{ channel: `${id}/${component}`, component, device: `${id}-${component}`, source: id, quality },
      ...{ uncertainty: 0.1, timeSeconds },
    };
  }
}
