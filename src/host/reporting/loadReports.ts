/** The reports are a bundle of their own, loaded when one is asked for. */
export function loadReports(): Promise<typeof import('../../core/reports/index.ts')> {
  return import('../../core/reports/index.ts');
}
