/** What the editor first loads when someone imports or wants metrics: a bundle of its own (esbuild.mjs). */
export { importRuns } from './importRuns.ts';
export { Metrics } from './metrics/index.ts';
