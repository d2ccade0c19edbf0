/** What a run ran in, as far as it was seen. Plain data of its snapshot. */
export interface RunEnvironment {
  readonly git: GitState | null;
  readonly python: PythonEnvironment | null;
  /** Packages for machine learning that it used, by name. Empty where none was seen. */
  readonly frameworks: readonly Framework[];
  readonly hardware: Hardware;
}

/** The repository that its folder belonged to when it started. */
export interface GitState {
  /** Full object name; null before the first commit. */
  readonly commit: string | null;
  /** Null where no branch is checked out. */
  readonly branch: string | null;
  /** Whether tracked files differed from the commit; null where that was not found in time. */
  readonly isDirty: boolean | null;
}

export interface PythonEnvironment {
  /** For people: `venv .venv, Python 3.12.4`. */
  readonly name: string;
  readonly version: string | null;
  /** Path of the interpreter. */
  readonly executable: string;
}

export interface Framework {
  /** As it is imported: `torch`. */
  readonly name: string;
  readonly version: string | null;
}

export interface Hardware {
  /** The processor's model; null where the system does not tell. */
  readonly cpu: string | null;
  readonly threads: number;
  readonly memoryBytes: number;
}
