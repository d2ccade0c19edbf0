import type { RunSnapshot } from '../runs/snapshot.ts';

/** What a file holds: runs that have ended, and what could not be taken. */
export interface ReadRuns {
  readonly runs: readonly RunSnapshot[];
  readonly skipped: readonly Skipped[];
}

/** A row, entry or file that was not imported. */
export interface Skipped {
  /** From 1; null where the file as a whole is meant. */
  readonly line: number | null;
  /** One sentence for people, without a full stop at its end. */
  readonly reason: string;
}

/** A file to read. */
export interface RunFile {
  /** Without its folder. */
  readonly name: string;
  readonly text: string;
  /** Files of the same folder by their names; null for one that is not there or cannot be read. */
  readonly beside: (name: string) => Promise<string | null>;
}

/** A format in which others keep runs. */
export interface ImportFormat {
  /** For people: `CodeCarbon’s emissions.csv`. */
  readonly name: () => string;
  /** Whether a file in a folder is taken for one by its name. */
  readonly isNamedSo: (fileName: string) => boolean;
  /** The file of a group that stands for it; missing where each file stands for itself. */
  readonly mainName?: (fileName: string) => string;
  /** @returns null where the text is something else */
  readonly read: (file: RunFile) => Promise<ReadRuns | null> | ReadRuns | null;
}
