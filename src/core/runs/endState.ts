import { t } from '../../language.ts';
import type { RunState } from './snapshot.ts';

/** Exit codes of what a user interrupts or ends: 128 + SIGINT, 128 + SIGTERM. */
const STOPPED_EXIT_CODES = [130, 143];

/** What a training's exit code says of it; one that nobody saw says nothing against it. */
export function endState(exitCode: number | null): Exclude<RunState, 'running'> {
  if (exitCode === null || exitCode === 0) return 'finished';
  return STOPPED_EXIT_CODES.includes(exitCode) ? 'stopped' : 'failed';
}

/** What to do about a command that the shell could not start, by the exit codes of POSIX shells; null for others. */
export function startProblem(exitCode: number | null, command: string): string | null {
  const program = command.trim().split(/\s+/)[0] ?? '';
  if (exitCode === 127) return t('The shell did not find “{0}”. Check its spelling, or install it.', program);
  if (exitCode === 126) return t('The shell may not execute “{0}”. Try chmod +x on it.', program);
  return null;
}
