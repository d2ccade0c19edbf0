/**
 * The runs that a command is given: by the page as one id or several, by the view of runs as its nodes. Null where it
 * is called without, from the palette.
 */
export function runIdsIn(argument: unknown): readonly string[] | null {
  const several: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  const ids = several.map((entry) => (entry as { runId?: unknown } | undefined)?.runId ?? entry);
  const texts = ids.filter((id) => typeof id === 'string');
  return texts.length > 0 ? texts : null;
}
