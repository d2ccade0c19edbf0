import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeFolder, tempFolder } from './tempFolder.ts';

/** A folder of programs that stand before the real ones on the PATH. */
export class Programs {
  readonly folder = tempFolder('programs');

  /** @param script of the shell */
  add(name: string, script: string): void {
    const file = path.join(this.folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, PATH: `${this.folder}${path.delimiter}${process.env.PATH}` };
  }

  remove(): void {
    removeFolder(this.folder);
  }
}
