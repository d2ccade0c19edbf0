import { monotonicSeconds } from '../metering/clock.ts';
import type { RunEnvironment } from './environment/environment.ts';
import type { Run } from './run.ts';

/**
 * When its processes are looked at, seconds after a run began. Python has loaded its frameworks within the first of
 * these, on slow disks by the last ones. Engineering judgement.
 */
const LOOKS_SECONDS = [0.8, 5, 20, 60];

interface Watched {
  readonly since: number;
  looks: number;
  /** Resolves to what is known so far. */
  known: Promise<RunEnvironment | null>;
}

/** Finds out what runs run in, beside their sampling: nobody waits for it, and nothing of it fails. */
export class EnvironmentWatch {
  readonly #watched = new WeakMap<Run, Watched>();

  /** A run has begun, or is taken up. */
  begin(run: Run): void {
    const before = run.environment;
    const known = before ? Promise.resolve(before) : atStart(run.identity.cwd);
    this.#watched.set(run, { since: monotonicSeconds(), looks: 0, known });
    void known.then((environment) => environment && run.setEnvironment(environment));
  }

  /** At each sample. */
  sampled(run: Run): void {
    const watched = this.#watched.get(run);
    const due = LOOKS_SECONDS[watched?.looks ?? LOOKS_SECONDS.length];
    if (!watched || due === undefined || monotonicSeconds() - watched.since < due) return;
    watched.looks += 1;
    watched.known = watched.known.then((before) => before && lookAgain(before, run));
  }
}

async function atStart(cwd: string): Promise<RunEnvironment | null> {
  try {
    const { environmentAtStart } = await import('../runs/environment/index.ts');
    return await environmentAtStart(cwd);
  } catch {
    return null;
  }
}

async function lookAgain(before: RunEnvironment, run: Run): Promise<RunEnvironment> {
  const { environmentOfProcesses } = await import('../runs/environment/index.ts');
  const environment = await environmentOfProcesses(before, run.root);
  run.setEnvironment(environment);
  return environment;
}
