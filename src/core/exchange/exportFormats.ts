import { t } from '../../language.ts';
import { runsCsv } from '../reports/csv.ts';
import { runsJson } from '../reports/runJson.ts';
import type { RunSnapshot } from '../runs/snapshot.ts';
import { codecarbonCsv } from './codecarbonCsv.ts';
import { impactFrameworkManifest } from './impactFramework.ts';

/** A format in which runs leave. */
export interface ExportFormat {
  /** As the command line names it. */
  readonly id: string;
  /** For people. */
  readonly name: () => string;
  /** Of a file, with its dot left out. */
  readonly extension: string;
  readonly write: (runs: readonly RunSnapshot[]) => string;
}

/** The formats of others. A new one is its file and its entry here. */
export const otherFormats: readonly ExportFormat[] = [
  {
    ...{ id: 'codecarbon', name: () => t('CodeCarbon’s emissions.csv'), extension: 'csv' },
    write: codecarbonCsv,
  },
  {
    ...{ id: 'impact-framework', name: () => t('Impact Framework manifest'), extension: 'yml' },
    write: impactFrameworkManifest,
  },
];

/** Every format in which many runs leave. */
export const exportFormats: readonly ExportFormat[] = [
  {
    ...{ id: 'json', name: () => 'JSON', extension: 'json' },
    write: (runs) => `${JSON.stringify(runsJson(runs), null, 2)}\n`,
  },
  { id: 'csv', name: () => t('Comma-separated values'), extension: 'csv', write: runsCsv },
  ...otherFormats,
];
