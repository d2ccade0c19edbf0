import os from 'node:os';
import type { Metric, MetricPoint } from './runMetrics.ts';

/** AGGREGATION_TEMPORALITY_CUMULATIVE. */
const CUMULATIVE = 2;

/**
 * Metrics as the body of an OTLP request over HTTP in JSON (opentelemetry-proto 1.x, metrics.proto and
 * ExportMetricsServiceRequest; JSON by the OTLP specification: 64-bit integers as text, enumerations as numbers).
 */
export function otlpJson(metrics: readonly Metric[], nowMillis: number) {
  return {
    resourceMetrics: [
      {
        resource: {
          attributes: attributes({ 'service.name': 'training-footprint', 'host.name': os.hostname() }),
        },
        scopeMetrics: [
          { scope: { name: 'training-footprint' }, metrics: metrics.map((each) => metric(each, nowMillis)) },
        ],
      },
    ],
  };
}

function metric({ name, unit, description, kind, points }: Metric, nowMillis: number) {
  const dataPoints = points.map((point) => dataPoint(point, nowMillis));
  const data =
    kind === 'counter'
      ? { sum: { aggregationTemporality: CUMULATIVE, isMonotonic: true, dataPoints } }
      : { gauge: { dataPoints } };
  return { name, unit, description, ...data };
}

function dataPoint({ attributes: values, startedAtMillis, value }: MetricPoint, nowMillis: number) {
  return {
    attributes: attributes(values),
    startTimeUnixNano: nanoseconds(startedAtMillis),
    timeUnixNano: nanoseconds(nowMillis),
    asDouble: value,
  };
}

function attributes(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

function nanoseconds(millis: number): string {
  return String(BigInt(Math.round(millis)) * 1_000_000n);
}
