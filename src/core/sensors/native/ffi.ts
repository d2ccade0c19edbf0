/** Calls functions of shared libraries: https://koffi.dev. */
export type Ffi = (typeof import('koffi'))['default'];

/** A loaded library, and one of its functions. */
export type LibraryHandle = ReturnType<Ffi['load']>;
export type LibraryFunction = ReturnType<LibraryHandle['func']>;

let loaded: Promise<Ffi | null> | null = null;
let problem: string | null = null;

/**
 * The foreign function interface, loaded at the first call; null where it cannot be: its native file is missing or is
 * for another system. Then `ffiProblem` says why.
 */
export function loadFfi(): Promise<Ffi | null> {
  loaded ??= import('koffi').then(
    (module) => module.default,
    (error: unknown) => {
      problem = firstLine(error);
      return null;
    },
  );
  return loaded;
}

/** Why `loadFfi` gave null, in the system's words; null where it did not, or was not asked yet. */
export function ffiProblem(): string | null {
  return problem;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
