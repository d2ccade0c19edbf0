import type { Reading, Sensor } from '../sensors/sensor.ts';

/** A sensor that has not answered by then is left out of this sample: 2 s. */
const DEADLINE_MILLIS = 2000;

/** Reads a sensor so that it can neither throw nor hold up a sample, and is never asked twice at once. */
export class GuardedSensor {
  readonly #sensor: Sensor;
  #isBusy = false;

  constructor(sensor: Sensor) {
    this.#sensor = sensor;
  }

  async read(): Promise<readonly Reading[]> {
    if (this.#isBusy) return [];
    this.#isBusy = true;
    const answer = Promise.resolve()
      .then(() => this.#sensor.read())
      .catch(() => [])
      .finally(() => (this.#isBusy = false));
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<readonly Reading[]>((resolve) => {
      timer = setTimeout(resolve, DEADLINE_MILLIS, []);
    });
    try {
      return await Promise.race([answer, deadline]);
    } finally {
      clearTimeout(timer);
    }
  }
}
