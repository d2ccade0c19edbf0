import { t } from '../../language.ts';
import { JOULES_PER_KWH } from '../carbon/facility.ts';
import type { ComponentEnergy, RunSnapshot } from '../runs/snapshot.ts';
import { csvRows, type CsvRow } from './csvRows.ts';
import {
  amount,
  contentId,
  noZoneNote,
  quoted,
  shortText,
  timeMillis,
  toldCarbon,
  TOLD_ELSEWHERE,
  uuid,
} from './fields.ts';
import type { ImportFormat, ReadRuns, Skipped } from './importing.ts';

/** Without these a row is no run. All versions from 1.0 on have them. */
const NEEDED = ['timestamp', 'duration', 'emissions', 'energy_consumed'];

/** Columns by which the file is known, so that it can be said which of the needed ones is missing. */
const TELLING = ['emissions', 'energy_consumed', 'emissions_rate', 'project_name', 'run_id', 'duration'];
const FEWEST_TELLING = 3;

/** Which column has which component's energy, and which names the device. */
const COMPONENTS = [
  { component: 'cpu', energy: 'cpu_energy', device: 'cpu_model' },
  { component: 'gpu', energy: 'gpu_energy', device: 'gpu_model' },
  { component: 'dram', energy: 'ram_energy', device: '' },
] as const;

type Record = ReadonlyMap<string, string>;

/**
 * CodeCarbon's emissions.csv: a row a run, in kWh and kg (codecarbon/output_methods/emissions_data.py; versions 2.0 to
 * 3.3 differ in columns that are not needed). Its energy has PUE in it already (emissions_tracker.py, 3.3.2). The
 * timestamp is that of the run's end, in local time without a zone. It does not say what was measured.
 */
export const codecarbon: ImportFormat = {
  name: () => t('CodeCarbon’s emissions.csv'),
  // where columns changed, it keeps the file of before as emissions.csv.bak or emissions.csv_1.bak (core/util.py, backup)
  isNamedSo: (name) => /^emissions.*\.csv(_?\d*\.bak)?$/i.test(name),
  read({ text }) {
    const rows = csvRows(text);
    const head = rows.next();
    if (head.done) return null;
    const columns = head.value.cells.map((cell) => cell.trim());
    if (TELLING.filter((name) => columns.includes(name)).length < FEWEST_TELLING) return null;
    const problem = headProblem(columns);
    if (problem) return { runs: [], skipped: [{ line: head.value.line, reason: problem }] };
    return latestOfEach([...rows].map((row) => readRow(row, columns)));
  },
};

function headProblem(columns: readonly string[]): string | null {
  const missing = NEEDED.filter((name) => !columns.includes(name));
  if (missing.length > 0) return t('there is no column {0}', missing.join(', '));
  const twice = columns.find((name, index) => name && columns.indexOf(name) !== index);
  if (twice) return t('the column {0} stands there twice', quoted(twice));
  if (columns.includes('task_name'))
    return t('it lists tasks within a run; the run itself is in CodeCarbon’s emissions.csv');
  return null;
}

type ReadRow = Skipped | { readonly line: number; readonly run: RunSnapshot };

/** A run that was flushed has a row for each flush, each with its sums so far: the longest one is the run. */
function latestOfEach(rows: readonly ReadRow[]): ReadRuns {
  const latest = new Map<string, { readonly line: number; readonly run: RunSnapshot }>();
  const skipped: Skipped[] = [];
  for (const row of rows) {
    if ('reason' in row) {
      skipped.push(row);
      continue;
    }
    const before = latest.get(row.run.id);
    const [kept, other] =
      before && before.run.durationSeconds > row.run.durationSeconds ? [before, row] : [row, before];
    latest.set(row.run.id, kept);
    if (other)
      skipped.push({ line: other.line, reason: t('line {0} tells more of the same run', kept.line) });
  }
  return { runs: [...latest.values()].map(({ run }) => run), skipped };
}

function readRow({ line, cells }: CsvRow, columns: readonly string[]): ReadRow {
  const skip = (reason: string) => ({ line, reason });
  if (cells.length !== columns.length)
    return skip(t('it has {0} cells where the head has {1}', cells.length, columns.length));
  const record: Record = new Map(columns.map((name, index) => [name, cells[index] ?? '']));
  const of = (name: string) => record.get(name) ?? '';
  const endedAtMillis = timeMillis(of('timestamp'));
  if (endedAtMillis === null) return skip(t('its timestamp {0} is no time', quoted(of('timestamp'))));
  const wrong = NEEDED.slice(1).find((name) => amount(of(name)) === null);
  if (wrong) return skip(t('its {0} {1} is no number of 0 or more', wrong, quoted(of(wrong))));
  const energyJoules = (amount(of('energy_consumed')) ?? 0) * JOULES_PER_KWH;
  if (energyJoules === 0) return skip(t('its energy is 0'));
  const durationSeconds = amount(of('duration')) ?? 0;
  const emissionsGrams = (amount(of('emissions')) ?? 0) * 1000;
  return { line, run: runOf(record, { endedAtMillis, durationSeconds, energyJoules, emissionsGrams }) };
}

type Figures = Pick<RunSnapshot, 'durationSeconds' | 'energyJoules' | 'emissionsGrams'> & {
  readonly endedAtMillis: number;
};

function runOf(record: Record, figures: Figures): RunSnapshot {
  const of = (name: string) => shortText(record.get(name) ?? '');
  const source = of('codecarbon_version') ? `CodeCarbon ${of('codecarbon_version')}` : 'CodeCarbon';
  const project = of('project_name') || 'codecarbon';
  const place = [of('region'), of('country_name')].filter(Boolean).join(', ');
  const isWholeMachine = of('tracking_mode') === 'machine';
  const pue = amount(record.get('pue'));
  return {
    ...TOLD_ELSEWHERE,
    id: uuid(of('run_id')) ?? contentId('codecarbon', ...record.values()),
    ...{ label: project, project, origin: 'codecarbon', state: 'finished' },
    startedAtMillis: figures.endedAtMillis - figures.durationSeconds * 1000,
    ...figures,
    machineEnergyJoules: isWholeMachine ? figures.energyJoules : null,
    components: componentsOf(record, isWholeMachine),
    howKnown: 'unknown',
    carbon: toldCarbon(figures, { place, source, pue }),
    notes: [t('Imported from {0}.', source), noZoneNote()],
  };
}

function componentsOf(record: Record, isWholeMachine: boolean): ComponentEnergy[] {
  return COMPONENTS.flatMap(({ component, energy, device }) => {
    const energyJoules = (amount(record.get(energy)) ?? 0) * JOULES_PER_KWH;
    if (energyJoules === 0) return [];
    return {
      ...{ component, device: shortText(record.get(device) ?? '') || component, source: 'codecarbon' },
      ...{ quality: 'unknown', uncertainty: null, energyJoules },
      machineEnergyJoules: isWholeMachine ? energyJoules : null,
    };
  });
}
