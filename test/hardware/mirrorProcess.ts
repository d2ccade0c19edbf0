import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { firstOutput, stopChild } from './driverProcess.ts';
import { removeFolder, tempFolder } from './tempFolder.ts';

const MIRROR = fileURLToPath(new URL('procMirror.ts', import.meta.url));

/** A running procMirror.ts. */
export interface Mirror {
  /** To be used as `/proc`. */
  readonly root: string;
  /** Of the machine's processor time, what trainings make. */
  readonly share: number;
  stop(): Promise<void>;
}

/** Starts it and waits until it stands. */
export async function startMirror(marker: string, share: number): Promise<Mirror> {
  const root = tempFolder('proc-mirror');
  const args = [MIRROR, '--root', root, `--marker=${marker}`, '--share', String(share)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await firstOutput(child);
  return {
    ...{ root, share },
    stop: async () => {
      await stopChild(child);
      removeFolder(root);
    },
  };
}
