import type { RunEnvironment } from '../runs/environment/environment.ts';
import type { Checked } from './checked.ts';

/** What a run ran in, as our own JSON tells it. @throws FieldError where that is not as it should be */
export function environmentIn(environment: Checked): RunEnvironment {
  const orText = (of: Checked, name: string) => of.orNull(name, (field) => of.text(field));
  const hardware = environment.object('hardware');
  return {
    git: environment.orNull('git', (name) => {
      const git = environment.object(name);
      const isDirty = git.orNull('isDirty', (field) => git.flag(field));
      return { commit: orText(git, 'commit'), branch: orText(git, 'branch'), isDirty };
    }),
    python: environment.orNull('python', (name) => {
      const python = environment.object(name);
      const [told, executable] = [python.text('name'), python.text('executable')];
      return { name: told, version: orText(python, 'version'), executable };
    }),
    frameworks: environment
      .objects('frameworks')
      .map((framework) => ({ name: framework.text('name'), version: orText(framework, 'version') })),
    hardware: {
      cpu: orText(hardware, 'cpu'),
      threads: hardware.count('threads'),
      memoryBytes: hardware.amount('memoryBytes'),
    },
  };
}
