import os from 'node:os';
import type { TreeRoot } from '../../metering/processTree.ts';
import { Procfs } from '../../metering/procfs.ts';
import type { Framework, Hardware, PythonEnvironment, RunEnvironment } from './environment.ts';
import { frameworksOf, scriptIn } from './frameworks.ts';
import { gitState } from './git.ts';
import { pythonProcesses, type PythonProcess } from './processes.ts';
import { pythonEnvironment } from './python.ts';

/** What is known as a run starts: the code's state before it can change, and the machine. Never throws. */
export async function environmentAtStart(
  cwd: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<RunEnvironment> {
  const git = await gitState(cwd, environment).catch(() => null);
  return { git, python: null, frameworks: [], hardware: hardware() };
}

/**
 * The same with what its processes tell now: Python imports frameworks in its first seconds, so that it pays to look
 * again. Reads some files of /proc, without a word to the training. Never throws.
 */
export async function environmentOfProcesses(
  before: RunEnvironment,
  root: TreeRoot,
  procfs = new Procfs(),
): Promise<RunEnvironment> {
  try {
    const processes = await pythonProcesses(root, procfs);
    const [first] = processes;
    if (!first) return before;
    const python = before.python ?? (await pythonEnvironment(first));
    const found = await Promise.all(processes.map((each) => usedBy(each, python)));
    return { ...before, python, frameworks: together([before.frameworks, ...found]) };
  } catch {
    return before;
  }
}

function usedBy({ mapped, words, cwd }: PythonProcess, { version, executable }: PythonEnvironment) {
  const prefix = executable.replace(/\/bin\/[^/]+$/, '');
  const minor = /^\d+\.\d+/.exec(version ?? '')?.[0];
  const folders = minor ? [`${prefix}/lib/python${minor}/site-packages`] : [];
  return frameworksOf({ mapped, script: scriptIn(words, cwd), folders });
}

function together(lists: readonly (readonly Framework[])[]): readonly Framework[] {
  const versions = new Map<string, string | null>();
  for (const { name, version } of lists.flat()) versions.set(name, version ?? versions.get(name) ?? null);
  return [...versions].sort(([a], [b]) => a.localeCompare(b)).map(([name, version]) => ({ name, version }));
}

function hardware(): Hardware {
  const cpus = os.cpus();
  const cpu = cpus[0]?.model.replaceAll(/\s+/g, ' ').trim() || null;
  return { cpu: cpu === 'unknown' ? null : cpu, threads: cpus.length, memoryBytes: os.totalmem() };
}
