import type { RunState } from './snapshot.ts';

/** Exit codes of what a user interrupts or ends: 128 + SIGINT, 128 + SIGTERM. */
const STOPPED_EXIT_CODES = [130, 143];

/** What a training's exit code says of it; one that nobody saw says nothing against it. */
export function endState(exitCode: number | null): Exclude<RunState, 'running'> {
  if (exitCode === null || exitCode === 0) return 'finished';
  return STOPPED_EXIT_CODES.includes(exitCode) ? 'stopped' : 'failed';
}
