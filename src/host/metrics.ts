import type { Metrics as Exporter, MetricsSettings } from '../core/exchange/metrics/index.ts';
import type { Run } from '../core/runs/run.ts';
import type { Messages } from './messages.ts';
import type { Settings } from './settings.ts';

/** Metrics of this window's runs, where the user wants them. Its code is first read when there is somewhere to send. */
export class Metrics {
  readonly #settings: Settings;
  readonly #messages: Messages;
  #wanted: MetricsSettings = { otlpEndpoint: '', prometheusFolder: '' };
  #exporter: Promise<Exporter> | null = null;

  constructor(settings: Settings, messages: Messages) {
    this.#settings = settings;
    this.#messages = messages;
  }

  /** Called after each sample and at the end of a run. */
  see(run: Run): void {
    const wanted = this.#settings.metrics();
    const { otlpEndpoint, prometheusFolder } = wanted;
    const isSame =
      otlpEndpoint === this.#wanted.otlpEndpoint && prometheusFolder === this.#wanted.prometheusFolder;
    if (!isSame) this.#exporter = null;
    this.#wanted = wanted;
    if (!otlpEndpoint && !prometheusFolder) return;
    this.#exporter ??= this.#create(wanted);
    void this.#exporter.then(
      (exporter) => exporter.see(run),
      (error: unknown) => this.#messages.logError(error),
    );
  }

  async #create(wanted: MetricsSettings): Promise<Exporter> {
    const { Metrics: Exporter } = await import('../core/exchange/index.ts');
    return new Exporter(wanted, process.env, (message) => this.#messages.warnOnce(message));
  }
}
