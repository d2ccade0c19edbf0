import type { Metric } from './runMetrics.ts';

/** Units as Prometheus spells them in names (Prometheus documentation, naming: base units). */
const UNITS: Readonly<Record<string, string>> = { J: '_joules', W: '_watts', g: '_grams', s: '_seconds' };

/**
 * Metrics in Prometheus' text format 0.0.4 (Prometheus documentation, exposition formats). Names and labels are those
 * that a collector makes of the same metrics sent by OTLP (OpenTelemetry, Prometheus compatibility), so that dashboards
 * fit both.
 */
export function prometheusText(metrics: readonly Metric[]): string {
  return metrics.map(family).join('');
}

function family({ name, unit, description, kind, points }: Metric): string {
  const full = `${identifier(name)}${UNITS[unit] ?? ''}${kind === 'counter' ? '_total' : ''}`;
  const lines = [
    `# HELP ${full} ${description.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')}`,
    `# TYPE ${full} ${kind}`,
    ...points.map(({ attributes, value }) => `${full}{${labels(attributes)}} ${value}`),
  ];
  return `${lines.join('\n')}\n`;
}

function labels(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${identifier(name)}="${escaped(value)}"`)
    .join(',');
}

function identifier(name: string): string {
  return name.replace(/\W/g, '_');
}

/** A carriage return is no line end by the format, but readers that split at it exist. */
function escaped(value: string): string {
  return value
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\r?\n|\r/g, '\\n');
}
