import { formatDuration, formatTime } from '../../core/reports/format.ts';
import { formatWhen } from '../../core/reports/when.ts';
import { t } from '../../language.ts';
import type { PlannedTraining } from './planned.ts';

/** As it has just been planned. */
export function keptText({ command, atMillis, runId }: PlannedTraining, nowMillis: number): string {
  const when = formatWhen(atMillis, nowMillis);
  return runId === null
    ? t('“{0}” starts {1}. Leave this window open: only then can it.', command, when)
    : t('“{0}” goes on {1}. Leave this window open: only then can it.', command, when);
}

/** Above what may become of it; its time may be over. */
export function managedText({ command, atMillis, runId }: PlannedTraining, nowMillis: number): string {
  const when = formatWhen(atMillis, nowMillis);
  if (atMillis <= nowMillis)
    return runId === null
      ? t('“{0}” was to start {1}', command, when)
      : t('“{0}” was to go on {1}', command, when);
  const wait = formatDuration((atMillis - nowMillis) / 1000);
  return runId === null
    ? t('“{0}” starts {1}, in {2}', command, when, wait)
    : t('“{0}” goes on {1}, in {2}', command, when, wait);
}

/** As its time has passed without it. */
export function missedText({ command, atMillis, runId }: PlannedTraining, nowMillis: number): string {
  const when = formatWhen(atMillis, nowMillis);
  return runId === null
    ? t('“{0}” was to start {1}, while this window was closed or the machine slept.', command, when)
    : t('“{0}” was to go on {1}, while this window was closed or the machine slept.', command, when);
}

/** In the status bar, where it stands for long. */
export function plannedTooltip({ command, atMillis, runId }: PlannedTraining): string {
  const when = formatTime(atMillis);
  return runId === null
    ? t('“{0}” starts on {1} if this window is open then. Click to say otherwise.', command, when)
    : t('“{0}” continues on {1} if this window is open then. Click to say otherwise.', command, when);
}

/** In the status bar, for one that was missed. */
export function missedTooltip({ command, atMillis, runId }: PlannedTraining): string {
  const when = formatTime(atMillis);
  return runId === null
    ? t('“{0}” was to start on {1}. Click to say what becomes of it.', command, when)
    : t('“{0}” was to continue on {1}. Click to say what becomes of it.', command, when);
}
