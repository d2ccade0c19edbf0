import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, tempFolder } from './tempFolder.ts';

/** A folder for the PATH with one program in it that does what a test says, and remembers how it was called. */
export class ProgramFolder {
  readonly folder = tempFolder('program');
  /** To be used as a process' environment. */
  readonly environment: NodeJS.ProcessEnv = { PATH: `${this.folder}:/usr/bin:/bin` };
  readonly #file: string;
  readonly #calls = path.join(this.folder, 'calls');

  /** @param name of the program, `ipmitool` */
  constructor(name: string) {
    this.#file = path.join(this.folder, name);
  }

  /** @param script for the shell; what it was called with is in "$@" */
  does(script: string): void {
    const next = `${this.#file}.next`;
    writeFileSync(next, `#!/bin/sh\necho "$$ $*" >> '${this.#calls}'\n${script}\n`);
    chmodSync(next, 0o755);
    renameSync(next, this.#file); // a call that is under way goes on with the old one
  }

  /** Prints these texts and ends with this code. */
  prints(stdout: string, stderr = '', code = 0): void {
    this.does(`printf '%s' '${stdout}'\nprintf '%s' '${stderr}' >&2\nexit ${code}`);
  }

  /** Arguments of each call so far, after its process id. */
  get calls(): readonly { readonly pid: number; readonly args: string }[] {
    if (!existsSync(this.#calls)) return [];
    const lines = readFileSync(this.#calls, 'utf8').trim().split('\n');
    return lines.map((line) => {
      const [pid, ...args] = line.split(' ');
      return { pid: Number(pid), args: args.join(' ') };
    });
  }

  remove(): void {
    removeFolder(this.folder);
  }
}
