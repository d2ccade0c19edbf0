import { MetricsExporter, type MeteredRun } from './metricsExporter.ts';
import { OtlpTarget } from './otlpTarget.ts';
import { PrometheusTarget } from './prometheusTarget.ts';

/** Where the user wants metrics; empty for nowhere. */
export interface MetricsSettings {
  /** Of an OpenTelemetry collector, for example `http://localhost:4318`. */
  readonly otlpEndpoint: string;
  /** The textfile collector's folder of a Prometheus node exporter. */
  readonly prometheusFolder: string;
}

/** Runs on their way to all targets, each of which may fail alone. */
export class Metrics {
  readonly #exporters: readonly MetricsExporter[];

  /** @param onProblem told one sentence when a target first fails */
  constructor(
    { otlpEndpoint, prometheusFolder }: MetricsSettings,
    environment: NodeJS.ProcessEnv,
    onProblem: (message: string) => void,
  ) {
    const targets = [
      ...(otlpEndpoint ? [new OtlpTarget(otlpEndpoint, environment)] : []),
      ...(prometheusFolder ? [new PrometheusTarget(prometheusFolder)] : []),
    ];
    this.#exporters = targets.map((target) => new MetricsExporter(target, onProblem));
  }

  /** Called after each sample and at the end of a run. */
  see(run: MeteredRun): void {
    for (const exporter of this.#exporters) exporter.see(run);
  }

  /** Resolves when what is on its way has gone out or failed, which takes seconds at most. */
  async settle(): Promise<void> {
    await Promise.all(this.#exporters.map((exporter) => exporter.settle()));
  }
}
