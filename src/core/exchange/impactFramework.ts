import type { RunSnapshot } from '../runs/snapshot.ts';
import { JOULES_PER_KWH, meanIntensity } from '../carbon/facility.ts';
import { yamlDocument, type Yaml } from './yaml.ts';

const OPERATIONAL = 'operational-carbon';

const SUMS = { time: 'sum', component: 'sum' } as const;

const PLUGIN = {
  path: 'builtin',
  method: 'Multiply',
  config: { 'input-parameters': ['energy', 'grid/carbon-intensity'], 'output-parameter': 'carbon' },
  'parameter-metadata': {
    inputs: {
      energy: {
        unit: 'kWh',
        description: 'energy of the run, with the building’s PUE in it',
        'aggregation-method': SUMS,
      },
      'grid/carbon-intensity': {
        unit: 'gCO2eq/kWh',
        description: 'carbon intensity of the grid over that time',
        'aggregation-method': { time: 'avg', component: 'avg' },
      },
    },
    outputs: {
      carbon: { unit: 'gCO2eq', description: 'operational emissions', 'aggregation-method': SUMS },
    },
  },
} as const;

/**
 * Runs as a manifest of the Green Software Foundation's Impact Framework, to be computed by `if-run` (manifestSchema in
 * @grnsft/if 1.1.0, common/util/validations; parameter names as in its documentation): a component a run, an input for
 * each interval of one carbon intensity. What it computes are our grams.
 */
export function impactFrameworkManifest(runs: readonly RunSnapshot[]): string {
  const children = Object.fromEntries(runs.map((run) => [`${run.label} ${run.id}`, component(run)]));
  return yamlDocument({
    name: 'training-footprint',
    description: 'Operational emissions of machine-learning training runs, recorded by Training Footprint.',
    tags: { kind: 'training', category: 'machine-learning' },
    aggregation: { metrics: ['energy', 'carbon'], type: 'time' },
    initialize: { plugins: { [OPERATIONAL]: PLUGIN } },
    tree: { children },
  });
}

function component(run: RunSnapshot): Yaml {
  return { pipeline: { compute: [OPERATIONAL] }, inputs: inputsOf(run) };
}

function inputsOf(run: RunSnapshot): Yaml[] {
  const segments = (run.intensitySegments ?? []).filter(({ energyJoules }) => energyJoules > 0);
  if (!addUp(segments, run)) return [wholeRun(run)];
  return segments.map(({ fromMillis, toMillis, energyJoules, pue, gramsPerKwh }) =>
    input(fromMillis, (toMillis - fromMillis) / 1000, energyJoules * pue, gramsPerKwh),
  );
}

/** A run that an older version began has energy without an interval. */
function addUp(
  segments: readonly { readonly energyJoules: number }[],
  { energyJoules }: RunSnapshot,
): boolean {
  const sum = segments.reduce((total, each) => total + each.energyJoules, 0);
  return segments.length > 0 && Math.abs(sum - energyJoules) <= 1e-6 * energyJoules;
}

function wholeRun(run: RunSnapshot): Yaml {
  const { energyJoules, emissionsGrams, carbon } = run;
  const mean = meanIntensity(emissionsGrams, energyJoules, carbon.pue) ?? carbon.intensity.gramsPerKwh;
  return input(run.startedAtMillis, run.durationSeconds, energyJoules * carbon.pue, mean);
}

function input(startMillis: number, seconds: number, facilityJoules: number, gramsPerKwh: number): Yaml {
  return {
    timestamp: new Date(startMillis).toISOString(),
    duration: seconds,
    energy: facilityJoules / JOULES_PER_KWH,
    'grid/carbon-intensity': gramsPerKwh,
  };
}
