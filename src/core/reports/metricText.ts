/** Four digits, as metrics are read: `0.1234`, `56.25`, `1.235e-7`. */
export function formatMetric(value: number): string {
  return String(Number(value.toPrecision(4)));
}
