/**
 * How good the projection of a training's total is, early and late, beside Carbontracker's own rule and plain
 * elapsed / fraction: `node bench/projection.ts` prints it as Markdown.
 */
import { carbontrackerPython } from './projection/carbontracker.ts';
import { evaluate, type Evaluation } from './projection/evaluation.ts';
import { generatedTraces } from './projection/generated.ts';
import { isForDevelopment, recordedTraces } from './projection/recorded.ts';
import {
  earlyStopping,
  momentTable,
  shapeTable,
  targets,
  targetTable,
  type Target,
} from './projection/report.ts';

/** The projection was developed on the trainings of seeds 1 to 3; this seed's are for the figures. */
const SEED = 1001;
const OF_EACH_SHAPE = 3;

export interface ProjectionResult {
  readonly evaluation: Evaluation;
  readonly targets: readonly Target[];
  /** A section without a heading. */
  readonly markdown: string;
}

/** @param python one that has Carbontracker from PyPI; made where it is left out */
export function measureProjection(python = carbontrackerPython()): Promise<ProjectionResult> {
  const recorded = recordedTraces().filter(({ name }) => !isForDevelopment(name));
  const evaluation = evaluate([...recorded, ...generatedTraces(SEED, OF_EACH_SHAPE)], python);
  return Promise.resolve({ evaluation, targets: targets(evaluation), markdown: markdown(evaluation) });
}

function markdown(evaluation: Evaluation): string {
  const { traces, carbontrackerVersion } = evaluation;
  const recorded = traces.filter(({ source }) => source === 'recorded').length;
  return [
    `${traces.length} trainings that the projection was not developed on: ${recorded} real ones, whose steps and processor time were recorded and whose power is a load model’s, and ${traces.length - recorded} made by seeded models (seed ${SEED}). Each is replayed as the extension sees it: output when it came, energy once a second. The truth of a run is what it used from the start of its process to the end of its last epoch. Carbontracker ${carbontrackerVersion} predicts once, after the first epoch, by the predictor of its package; it is given that epoch’s exact energy and time and is held against the sum of the epochs, without the startup that it does not measure. Errors are relative, median (and ninth decile). Grams have the error of the energy, since the intensity in force is held for the rest.`,
    targetTable(evaluation),
    momentTable(evaluation),
    shapeTable(evaluation),
    earlyStopping(evaluation),
  ]
    .filter((part) => part !== null)
    .join('\n\n');
}

if (import.meta.main) console.log((await measureProjection()).markdown);
