import type { Framework, GitState, Hardware } from '../../core/runs/environment/environment.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';

export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** As long as git itself shows names of commits in large repositories. */
const COMMIT_CHARACTERS = 12;

/** What a run ran in, as far as it is known, and how it ended. */
export function environmentFacts(run: RunSnapshot): readonly Fact[] {
  const { environment, exitCode, state } = run;
  const facts: Fact[] =
    state === 'running' ? [] : [{ label: 'Exit code', text: String(exitCode ?? 'unknown') }];
  if (!environment) return facts;
  const { git, python, frameworks, hardware } = environment;
  if (git) facts.push({ label: 'Commit', text: gitText(git) });
  if (python) facts.push({ label: 'Python', text: `${python.name}, ${python.executable}` });
  if (frameworks.length > 0)
    facts.push({ label: 'Frameworks', text: frameworks.map(frameworkText).join(', ') });
  facts.push({ label: 'Hardware', text: hardwareText(hardware, gpusOf(run)) });
  return facts;
}

function gitText({ commit, branch, isDirty }: GitState): string {
  const name = commit === null ? 'none yet' : commit.slice(0, COMMIT_CHARACTERS);
  const where = branch === null ? '' : ` on ${branch}`;
  const state =
    isDirty === null ? '' : isDirty ? ', with changes that were not committed' : ', nothing changed';
  return `${name}${where}${state}`;
}

function frameworkText({ name, version }: Framework): string {
  return version === null ? name : `${name} ${version}`;
}

function hardwareText({ cpu, threads, memoryBytes }: Hardware, gpus: readonly string[]): string {
  const gigabytes = `${Math.round(memoryBytes / 2 ** 30)} GiB of memory`;
  return [`${cpu ?? 'unknown processor'} (${threads} threads)`, ...gpus, gigabytes].join(', ');
}

function gpusOf({ components }: RunSnapshot): readonly string[] {
  const gpus = components.filter(({ component }) => component === 'gpu').map(({ device }) => device);
  return [...new Set(gpus)];
}
