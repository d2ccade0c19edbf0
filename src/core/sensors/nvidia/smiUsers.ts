import { monotonicSeconds } from '../../metering/clock.ts';
import { ChildStream } from '../native/childStream.ts';
import type { DeviceProcess } from '../sensor.ts';
import { parseProcess, PROCESS_COLUMNS, type SmiProcess } from './smiLine.ts';
import { FORMAT } from './smiQuery.ts';

const PERIOD_MILLIS = 1000;

/** A process that was not told of for so long has ended. */
const PRESENT_SECONDS = 2.5;

/** What the program tells at its start has come by then. */
const START_SECONDS = 1;

/** Knows who computes on each GPU from a lasting `nvidia-smi`, which is silent while nobody does. */
export class SmiUsers {
  readonly #stream: ChildStream<SmiProcess>;
  readonly #present = new Map<string, SmiProcess>();
  #pid: number | null = null;
  #startedSeconds = 0;

  constructor(program: string, environment: NodeJS.ProcessEnv) {
    const query = `--query-compute-apps=${PROCESS_COLUMNS.join(',')}`;
    const args = [query, FORMAT, `--loop-ms=${PERIOD_MILLIS}`];
    this.#stream = new ChildStream(
      { program, args, environment },
      { parse: (line) => [parseProcess(line)].filter((found) => found !== null), silenceSeconds: Infinity },
    );
  }

  /** To be called at each read: hears the news and keeps the program going. */
  update(): void {
    for (const found of this.#stream.take()) this.#present.set(`${found.gpuUuid} ${found.pid}`, found);
    const now = monotonicSeconds();
    for (const [key, { timeSeconds }] of this.#present)
      if (now - timeSeconds > PRESENT_SECONDS) this.#present.delete(key);
    if (this.#stream.pid !== this.#pid) this.#startedSeconds = now;
    this.#pid = this.#stream.pid;
  }

  /** Null where that is not told, or has not had the time to be. */
  of(gpuUuid: string): readonly DeviceProcess[] | null {
    const isHeard = this.#pid !== null && monotonicSeconds() - this.#startedSeconds >= START_SECONDS;
    if (this.#present.size === 0 && !isHeard) return null;
    return [...this.#present.values()]
      .filter((found) => found.gpuUuid === gpuUuid)
      .map(({ pid }) => ({ pid, busyShare: null }));
  }

  stop(): void {
    this.#stream.stop();
    this.#present.clear();
    this.#pid = null;
  }
}
