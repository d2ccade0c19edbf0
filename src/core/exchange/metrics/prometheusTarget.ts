import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunSnapshot } from '../../runs/snapshot.ts';
import { prometheusText } from './prometheusText.ts';
import { runMetrics } from './runMetrics.ts';
import type { MetricsTarget } from './target.ts';

const OWN = /^training-footprint-[\w-]+\.prom$/;

/** Scrapes are at most minutes apart; after that a run that is over has been seen. Engineering judgement. */
const KEPT_MILLIS = 600_000;

/**
 * A file a run in the folder that the Prometheus node exporter's textfile collector reads, each put in place at once
 * as that asks for (node_exporter, README: textfile collector). What an ended run leaves is removed by a later one.
 */
export class PrometheusTarget implements MetricsTarget {
  readonly #folder: string;
  #isTidy = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get name(): string {
    return `The metrics folder ${this.#folder}`;
  }

  async write(runs: readonly RunSnapshot[]): Promise<void> {
    if (!path.isAbsolute(this.#folder)) throw new Error('is not a full path');
    try {
      for (const run of runs) await this.#put(run);
      if (!this.#isTidy) await this.#tidy();
      this.#isTidy = true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(`cannot be written (${code ?? 'unknown error'})`, { cause: error });
    }
  }

  async #put(run: RunSnapshot): Promise<void> {
    const file = path.join(this.#folder, `training-footprint-${run.id.replace(/[^\w-]/g, '')}.prom`);
    // the collector reads what ends in .prom alone
    const unfinished = `${file}.${process.pid}`;
    await writeFile(unfinished, prometheusText(runMetrics([run])));
    await rename(unfinished, file);
  }

  async #tidy(): Promise<void> {
    for (const name of (await readdir(this.#folder)).filter((each) => OWN.test(each))) {
      const file = path.join(this.#folder, name);
      const { mtimeMs } = await stat(file);
      if (Date.now() - mtimeMs > KEPT_MILLIS) await rm(file, { force: true });
    }
  }
}
