/** A training that is to start, or to go on, at a later time. Plain data: the editor keeps it over a reload. */
export interface PlannedTraining {
  readonly command: string;
  readonly atMillis: number;
  /** Of a paused run that goes on; null for one that starts. */
  readonly runId: string | null;
}

/** What *Run Training Later…* may be given: what is null is asked for. */
export interface PlannedArgument {
  readonly command: string | null;
  readonly atMillis: number | null;
  /** Of a run under way, which is to pause until then. */
  readonly runId: string | null;
}

/** What the editor kept is checked like anything from outside. */
export function plannedIn(value: unknown): PlannedTraining | null {
  const { command, atMillis, runId } = (value ?? {}) as Record<string, unknown>;
  if (typeof command !== 'string' || command === '' || typeof atMillis !== 'number') return null;
  return Number.isFinite(atMillis) ? { command, atMillis, runId: textOrNull(runId) } : null;
}

export function argumentIn(value: unknown): PlannedArgument {
  const { command, atMillis, runId } = (value ?? {}) as Record<string, unknown>;
  return {
    command: textOrNull(command),
    atMillis: typeof atMillis === 'number' && atMillis > Date.now() ? atMillis : null,
    runId: textOrNull(runId),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
