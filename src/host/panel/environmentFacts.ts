import type { Framework, GitState, Hardware } from '../../core/runs/environment/environment.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';

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
    state === 'running' ? [] : [{ label: t('Exit code'), text: String(exitCode ?? t('unknown')) }];
  if (!environment) return facts;
  const { git, python, frameworks, hardware } = environment;
  if (git) facts.push({ label: t('Commit'), text: gitText(git) });
  if (python) facts.push({ label: 'Python', text: `${python.name}, ${python.executable}` });
  if (frameworks.length > 0)
    facts.push({ label: t('Frameworks'), text: frameworks.map(frameworkText).join(', ') });
  facts.push({ label: t('Hardware'), text: hardwareText(hardware, gpusOf(run)) });
  return facts;
}

function gitText({ commit, branch, isDirty }: GitState): string {
  const name = commit === null ? t('none yet') : commit.slice(0, COMMIT_CHARACTERS);
  const where = branch === null ? name : t('{0} on {1}', name, branch);
  if (isDirty === null) return where;
  return `${where}, ${isDirty ? t('with changes that were not committed') : t('nothing changed')}`;
}

function frameworkText({ name, version }: Framework): string {
  return version === null ? name : `${name} ${version}`;
}

function hardwareText({ cpu, threads, memoryBytes }: Hardware, gpus: readonly string[]): string {
  const gigabytes = t('{0} GiB of memory', Math.round(memoryBytes / 2 ** 30));
  const processor = t('{0} ({1} threads)', cpu ?? t('unknown processor'), threads);
  return [processor, ...gpus, gigabytes].join(', ');
}

function gpusOf({ components }: RunSnapshot): readonly string[] {
  const gpus = components.filter(({ component }) => component === 'gpu').map(({ device }) => device);
  return [...new Set(gpus)];
}
