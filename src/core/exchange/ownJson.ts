import { t } from '../../language.ts';
import type { IntensitySegment } from '../carbon/integrator.ts';
import { IDLE_POWERS } from '../metering/attribution.ts';
import { NO_PROGRESS, type Progress } from '../progress/event.ts';
import type { ComponentEnergy, RunSnapshot } from '../runs/snapshot.ts';
import { environmentIn } from './environmentJson.ts';
import { Checked, FieldError } from './checked.ts';
import { quoted } from './fields.ts';
import type { ImportFormat, ReadRuns } from './importing.ts';

const VERSION = 1;
const ENDED = ['finished', 'failed', 'stopped', 'interrupted'] as const;
const QUALITIES = ['measured', 'estimated', 'unknown'] as const;
const COMPONENTS = ['cpu', 'dram', 'gpu', 'rest'] as const;

/** Our own export, one run or many (reports/runJson.ts). A run keeps its id, so that it is found where it is already. */
export const ownJson: ImportFormat = {
  name: () => t('Training Footprint’s JSON'),
  isNamedSo: (name) => /^training-footprint.*\.json$/i.test(name),
  read({ text }) {
    if (!/^\s*\{/.test(text)) return null;
    const document = parse(text);
    if (document === null) return null;
    const { schema, version } = document;
    if (schema !== 'training-footprint/run' && schema !== 'training-footprint/runs') return null;
    if (version !== VERSION)
      return skipAll(
        t('it is of version {0}, which this version cannot read; update', quoted(String(version))),
      );
    if (schema === 'training-footprint/run') return readAll([document]);
    return Array.isArray(document.runs) ? readAll(document.runs) : skipAll(t('it has no list of runs'));
  },
};

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>> | null;
  } catch {
    return null;
  }
}

function skipAll(reason: string): ReadRuns {
  return { runs: [], skipped: [{ line: null, reason }] };
}

function readAll(values: readonly unknown[]): ReadRuns {
  const read = values.map((value, index) => {
    try {
      return runOf(new Checked(value));
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      return { line: null, reason: t('run {0} of {1}: {2}', index + 1, values.length, error.message) };
    }
  });
  return {
    runs: read.flatMap((each) => ('reason' in each ? [] : each)),
    skipped: read.flatMap((each) => ('reason' in each ? each : [])),
  };
}

/** @throws FieldError */
function runOf(run: Checked): RunSnapshot {
  const id = run.text('id');
  if (!/^[\w-]{1,64}$/.test(id)) throw new FieldError(t('id is not as ids are'));
  const recordedBy = run.oneOf('origin', [
    'terminal',
    'task',
    'cli',
    'import',
    'carbontracker',
    'codecarbon',
  ]);
  if (run.text('state') === 'running') throw new FieldError(t('it was still running when it was exported'));
  const marginalGrams = run.orNull('marginalEmissionsGrams', (name) => run.amount(name));
  const segments = run.orNull('intensitySegments', (name) => run.objects(name).map(segmentOf));
  const idlePower = run.orNull('idlePower', (name) => run.oneOf(name, IDLE_POWERS));
  return {
    id,
    ...{ label: run.text('label'), command: run.text('command'), cwd: run.text('cwd') },
    ...{ project: run.text('project'), origin: recordedBy in PEERS ? recordedBy : 'import' },
    state: run.oneOf('state', ENDED),
    isPaused: false,
    exitCode: run.orNull('exitCode', (name) => run.amount(name, -1e9)),
    startedAtMillis: run.time('startedAt'),
    endedAtMillis: run.orNull('endedAt', (name) => run.time(name)),
    durationSeconds: run.amount('durationSeconds'),
    energyJoules: run.amount('energyJoules'),
    machineEnergyJoules: run.orNull('machineEnergyJoules', (name) => run.amount(name)),
    howKnown: run.oneOf('quality', [...QUALITIES, 'mixed']),
    uncertainty: run.orNull('uncertainty', (name) => run.amount(name)),
    components: run.objects('components').map(componentOf),
    powerWatts: null,
    emissionsGrams: run.amount('emissionsGrams'),
    ...(segments === null ? {} : { intensitySegments: segments }),
    ...(marginalGrams === null ? {} : { marginal: { emissionsGrams: marginalGrams, segments: [] } }),
    carbon: carbonOf(run),
    progress: progressOf(run),
    ...{ projection: null, projectedEmissionsGrams: null },
    ...(idlePower === null ? {} : { idlePower }),
    assumptions: run.texts('assumptions'),
    notes: [...run.texts('notes'), t('Imported from Training Footprint’s JSON.')],
    ...wordsOf(run),
  };
}

/** What older files do not tell. */
function wordsOf(run: Checked): Pick<RunSnapshot, 'environment' | 'tags' | 'comment'> {
  const environment = run.orNull('environment', (name) => environmentIn(run.object(name)));
  const tags = run.orNull('tags', (name) => run.texts(name)) ?? [];
  const comment = run.orNull('comment', (name) => run.text(name));
  return {
    ...(environment === null ? {} : { environment }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(comment === null ? {} : { comment }),
  };
}

/** What came from a peer's file stays marked so. */
const PEERS = { carbontracker: true, codecarbon: true };

function componentOf(part: Checked): ComponentEnergy {
  return {
    component: part.oneOf('component', COMPONENTS),
    ...{ device: part.text('device'), source: part.text('source') },
    quality: part.oneOf('quality', QUALITIES),
    uncertainty: part.orNull('uncertainty', (name) => part.amount(name)),
    energyJoules: part.amount('energyJoules'),
    machineEnergyJoules: part.orNull('machineEnergyJoules', (name) => part.amount(name)),
  };
}

/** Never corrected here: the grid of this machine need not be that of the run. */
function segmentOf(segment: Checked): IntensitySegment {
  return {
    ...{ fromMillis: segment.time('from'), toMillis: segment.time('to') },
    ...{ energyJoules: segment.amount('energyJoules'), pue: segment.amount('pue', 1) },
    ...{ gramsPerKwh: segment.amount('gramsPerKwh'), source: segment.text('source'), isFinal: true },
  };
}

function carbonOf(run: Checked): RunSnapshot['carbon'] {
  const intensity = run.object('carbonIntensity');
  return {
    intensity: {
      gramsPerKwh: intensity.amount('gramsPerKwh'),
      ...{ place: intensity.text('place'), source: sourceOf(intensity), isGuess: intensity.flag('isGuess') },
      ...{ fix: null, fallback: intensity.orNull('fallback', (name) => intensity.text(name)) },
    },
    pue: run.amount('pue', 1),
    pueSource: 'as it was exported',
  };
}

/** With the licence of live figures, which has to be told wherever they are. */
function sourceOf(intensity: Checked): string {
  const live = intensity.orNull('live', (name) => intensity.object(name).text('attribution'));
  const source = intensity.text('source');
  return live === null || source.includes(live) ? source : `${source} (${live})`;
}

function progressOf(run: Checked): Progress {
  const epochsCompleted = run.count('epochsCompleted');
  const totalEpochs = run.orNull('totalEpochs', (name) => run.count(name));
  const epoch = epochsCompleted > 0 ? epochsCompleted : null;
  const totalSource = totalEpochs === null ? null : 'output';
  return { ...NO_PROGRESS, epoch, epochsCompleted, totalEpochs, totalSource };
}
