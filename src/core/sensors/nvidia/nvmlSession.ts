import { monotonicSeconds } from '../../metering/clock.ts';
import { NvmlApi } from './nvmlApi.ts';
import { isLoss, NvmlError } from './nvmlCodes.ts';
import { listGpus, type Listed, type NvmlGpu, type Source } from './nvmlGpu.ts';
import type { NvmlLibrary } from './nvmlLibrary.ts';

/** After a loss the library is opened anew, later and later by the factor of two, from 1 s to a minute. */
const LEAST_WAIT_SECONDS = 1;
const MOST_WAIT_SECONDS = 60;

/**
 * The library as one sensor has it open: its GPUs, found again after the driver was loaded anew or a GPU came back. Its
 * methods are called within the library's `run`.
 */
export class NvmlSession {
  readonly api: NvmlApi;
  readonly #library: NvmlLibrary;
  readonly #sources = new Map<string, Source>();
  #gpus: readonly NvmlGpu[] = [];
  #isOpen = false;
  #generation = 0;
  #isLost = false;
  #waitSeconds = LEAST_WAIT_SECONDS;
  #nextSeconds = 0;

  constructor(library: NvmlLibrary) {
    this.#library = library;
    this.api = new NvmlApi(library);
  }

  get library(): NvmlLibrary {
    return this.#library;
  }

  get gpus(): readonly NvmlGpu[] {
    return this.#gpus;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Opens the library where it is not, and lists its GPUs. @throws NvmlError */
  async open(): Promise<Listed> {
    const wasOpen = this.#isOpen;
    if (!wasOpen) await this.#library.acquire();
    this.#isOpen = true;
    try {
      return await this.#list();
    } catch (error) {
      if (!wasOpen || !(error instanceof NvmlError) || !isLoss(error.code)) throw error;
      await this.#library.reopen();
      return this.#list();
    }
  }

  /** Makes ready to read; false where that cannot be now. Anew after a loss, but not again and again. */
  async prepare(): Promise<boolean> {
    const isKnown = this.#isOpen && this.#generation === this.#library.generation;
    if (isKnown && !this.#isLost) {
      this.#waitSeconds = LEAST_WAIT_SECONDS;
      return true;
    }
    const now = monotonicSeconds();
    if (now < this.#nextSeconds) return isKnown;
    this.#nextSeconds = now + this.#waitSeconds;
    this.#waitSeconds = Math.min(MOST_WAIT_SECONDS, 2 * this.#waitSeconds);
    try {
      if (isKnown) await this.#library.reopen();
      await this.open();
      return true;
    } catch (error) {
      if (!(error instanceof NvmlError)) throw error;
      this.#isLost = true;
      return false;
    }
  }

  /** To be told of each failure of a GPU. @throws what is no failure of NVML */
  failed(error: unknown): void {
    if (!(error instanceof NvmlError)) throw error;
    if (isLoss(error.code)) this.#isLost = true;
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#library.release();
  }

  async #list(): Promise<Listed> {
    const listed = await listGpus(this.api, this.#sources);
    this.#generation = this.#library.generation;
    this.#gpus = listed.gpus;
    for (const { id, source } of listed.gpus) this.#sources.set(id, source);
    this.#isLost = this.#gpus.length < this.#sources.size;
    return listed;
  }
}
