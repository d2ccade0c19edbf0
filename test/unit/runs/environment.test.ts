import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, tempFolder } from '../../hardware/tempFolder.ts';
import { environmentAtStart, environmentOfProcesses } from '../../../src/core/runs/environment/index.ts';
import { frameworksOf, importedIn } from '../../../src/core/runs/environment/frameworks.ts';
import { gitState } from '../../../src/core/runs/environment/git.ts';
import { processIdentity } from '../../../src/core/runs/owner.ts';
import type { TreeRoot } from '../../../src/core/metering/processTree.ts';
import { onPath } from '../../setup/chromium.ts';

const PYTHON = interpreter();
const GIT = onPath(['git']);

/** The interpreter's own file, behind what may only start it; null where there is no Python. */
function interpreter(): string | null {
  if (!onPath(['python3'])) return null;
  const code = 'import os, sys; print(os.path.realpath(sys.executable))';
  return execFileSync('python3', ['-c', code], { encoding: 'utf8' }).trim();
}

describe('What a run runs in', () => {
  let folder: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    folder = tempFolder('environment');
  });

  afterEach(async () => {
    for (const child of children.splice(0)) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    removeFolder(folder);
  });

  function write(name: string, text: string): string {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  describe('of the repository', function () {
    if (!GIT) return;
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=me', '-c', 'user.email=me@here', ...args], {
        cwd: folder,
        encoding: 'utf8',
      });

    function commit(): string {
      git('init', '-q', '-b', 'main');
      write('train.py', 'print(1)\n');
      git('add', '.');
      git('commit', '-qm', 'first');
      return git('rev-parse', 'HEAD').trim();
    }

    it('is its commit and branch, and whether tracked files differ', async () => {
      const name = commit();
      mkdirSync(path.join(folder, 'deep', 'er'), { recursive: true });
      write('new.py', 'not tracked');
      const deep = path.join(folder, 'deep', 'er');
      assert.deepEqual(await gitState(deep, process.env), { commit: name, branch: 'main', isDirty: false });
      write('train.py', 'print(2)\n');
      assert.equal((await gitState(folder, process.env))?.isDirty, true);
      git('checkout', '-q', '--detach');
      assert.equal((await gitState(folder, process.env))?.branch, null);
    });

    it('is read from its files where git is not there, of packed branches and other work trees too', async () => {
      const name = commit();
      const nowhere = { PATH: '' };
      assert.deepEqual(await gitState(folder, nowhere), { commit: name, branch: 'main', isDirty: null });
      git('pack-refs', '--all');
      assert.equal((await gitState(folder, nowhere))?.commit, name);
      git('worktree', 'add', '-q', path.join(folder, 'other'), '-b', 'side');
      const other = path.join(folder, 'other');
      assert.deepEqual(await gitState(other, nowhere), { commit: name, branch: 'side', isDirty: null });
    });

    it('has no commit before the first', async () => {
      git('init', '-q', '-b', 'main');
      assert.deepEqual(await gitState(folder, process.env), { commit: null, branch: 'main', isDirty: false });
    });

    it('starts nothing that the repository names', async () => {
      commit();
      const trap = path.join(folder, 'trapped');
      const hook = write('hook.sh', `#!/bin/sh\ntouch ${trap}\n`);
      execFileSync('chmod', ['+x', hook]);
      git('config', 'core.fsmonitor', hook);
      await gitState(folder, process.env);
      assert.throws(() => rmSync(trap), /ENOENT/);
    });

    it('is nothing where its files are broken', async () => {
      write('.git/HEAD', 'ref: ../../../etc/passwd\n');
      assert.deepEqual(await gitState(folder, { PATH: '' }), { commit: null, branch: null, isDirty: null });
    });
  });

  it('is unknown outside of a repository and in a folder that is not there', async () => {
    assert.equal(await gitState(path.join(folder, 'nowhere'), process.env), null);
    const { git, python, frameworks, hardware } = await environmentAtStart('');
    assert.deepEqual([git, python, frameworks], [null, null, []]);
    assert(hardware.threads > 0 && hardware.memoryBytes > 1e6);
  });

  describe('of Python', function () {
    if (!PYTHON || process.platform !== 'linux') return;

    /** Runs a script of a virtual environment by a shell's child, until it says that it is there. */
    async function train(script: string): Promise<TreeRoot> {
      const venv = path.join(folder, '.venv');
      mkdirSync(path.join(venv, 'bin'), { recursive: true });
      symlinkSync(PYTHON ?? '', path.join(venv, 'bin', 'python'));
      write('.venv/pyvenv.cfg', 'home = /usr/bin\nversion = 3.11.2\n');
      const file = write('train.py', script);
      const child = spawn('sh', ['-c', `"${venv}/bin/python" -u "${file}"; true`], { cwd: folder });
      children.push(child);
      await once(child.stdout, 'data');
      return { ...processIdentity(child.pid ?? 0), counts: 'children', childrenSinceSeconds: 0 };
    }

    it('is the virtual environment, and the installed frameworks that the script imports', async () => {
      const root = await train(
        'import sys\ntry:\n  import torch, json\n  from lightning.pytorch import Trainer\nexcept ImportError: pass\nprint(1)\nsys.stdin.read()',
      );
      const site = '.venv/lib/python3.11/site-packages';
      write(`${site}/lightning-2.4.0.post1.dist-info/METADATA`, '');
      write(`${site}/torch-2.6.0+cu124.dist-info/METADATA`, '');
      write(`${site}/keras-3.0.0.dist-info/METADATA`, '');
      const before = await environmentAtStart(folder);
      const { python, frameworks } = await environmentOfProcesses(before, root);
      assert.equal(python?.name, 'venv .venv, Python 3.11.2');
      assert.equal(python.executable, path.join(folder, '.venv', 'bin', 'python'));
      assert.deepEqual(frameworks, [
        { name: 'lightning', version: '2.4.0.post1' },
        { name: 'torch', version: '2.6.0+cu124' },
      ]);
    });

    it('stays unknown where its processes are gone', async () => {
      const before = await environmentAtStart(folder);
      const gone = { pid: 4_000_000, startSeconds: 1, counts: 'itself', childrenSinceSeconds: 0 } as const;
      assert.deepEqual(await environmentOfProcesses(before, gone), before);
    });
  });

  it('knows frameworks by the libraries that are loaded, with versions as Debian and pip note them', async () => {
    write('dist-packages/torch-1.13.1.egg-info/PKG-INFO', '');
    write('dist-packages/scikit_learn-1.5.0.dist-info/METADATA', '');
    write('dist-packages/xgboost/lib.so', '');
    write('dist-packages/catboost-1.0.dist-info/METADATA', '');
    const mapped = ['torch/lib/libtorch.so', 'sklearn/tree/_tree.so', 'numpy/core.so', 'xgboost/lib.so'];
    const used = await frameworksOf({
      mapped: mapped.map((file) => path.join(folder, 'dist-packages', file)),
      script: null,
    });
    assert.deepEqual(used, [
      { name: 'sklearn', version: '1.5.0' },
      { name: 'torch', version: '1.13.1' },
      { name: 'xgboost', version: null },
    ]);
  });

  it('reads imports as Python has them', () => {
    const text = [
      'import os, torch as t, jax.numpy as jnp  # keras',
      'from transformers.models import x',
      '  import xgboost',
      '# import lightgbm',
      'important = "import catboost"',
      'from . import tensorflow',
    ].join('\n');
    assert.deepEqual(importedIn(text), ['torch', 'jax', 'transformers', 'xgboost']);
  });
});
