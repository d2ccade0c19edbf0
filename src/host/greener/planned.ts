/** A training that is to start at a later time. Plain data: the editor keeps it over a reload. */
export interface PlannedTraining {
  readonly command: string;
  readonly atMillis: number;
}

/** What *Run Training Later…* may be given: what is null is asked for. */
export interface PlannedArgument {
  readonly command: string | null;
  readonly atMillis: number | null;
}

/** What the editor kept is checked like anything from outside. */
export function plannedIn(value: unknown): PlannedTraining | null {
  const { command, atMillis } = (value ?? {}) as Record<string, unknown>;
  if (typeof command !== 'string' || command === '' || typeof atMillis !== 'number') return null;
  return Number.isFinite(atMillis) ? { command, atMillis } : null;
}

export function argumentIn(value: unknown): PlannedArgument {
  const { command, atMillis } = (value ?? {}) as Record<string, unknown>;
  return {
    command: typeof command === 'string' && command !== '' ? command : null,
    atMillis: typeof atMillis === 'number' && atMillis > Date.now() ? atMillis : null,
  };
}
