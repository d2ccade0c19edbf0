import type { RunSnapshot, SamplePoint } from '../runs/snapshot.ts';
import type { BeyondWishes } from './beyond.ts';

/** One way to tell of a subject: a run, a comparison, a project. */
export interface Report<Subject> {
  /** As the command line's `--format` names it. */
  readonly id: string;
  /** For people who choose. */
  readonly title: () => string;
  /** Of a file that holds it, without the dot. */
  readonly extension: string;
  write(subject: Subject): string;
}

/** A run, and what its report may want besides. */
export interface RunSubject {
  readonly run: RunSnapshot;
  /** Asked for where there are charts. */
  readonly points: () => readonly SamplePoint[];
  readonly beyond: BeyondWishes;
}

/** JSON as files and pipes hold it. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
