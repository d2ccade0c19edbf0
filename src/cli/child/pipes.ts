import { spawn, type ChildProcess } from 'node:child_process';
import os from 'node:os';
import { StringDecoder } from 'node:string_decoder';
import type { Readable, Writable } from 'node:stream';
import type { Child, Exit } from './index.ts';

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Starts the training with our own files and pipes. What is a terminal is handed on as it is; what is not is read on
 * its way through.
 */
export function startInPipes(file: string, args: readonly string[], onOutput: (text: string) => void): Child {
  const readsOut = !process.stdout.isTTY;
  const readsErr = !process.stderr.isTTY;
  // a terminal sends Ctrl-C to its whole group; without one it reaches us alone and is passed on
  const sharesGroup = process.stdin.isTTY;
  const child = spawn(file, args, {
    stdio: ['inherit', readsOut ? 'pipe' : 'inherit', readsErr ? 'pipe' : 'inherit'],
    detached: !sharesGroup,
  });
  tee(child.stdout, process.stdout, onOutput);
  tee(child.stderr, process.stderr, onOutput);
  return { exit: exitOf(child, !sharesGroup), seesOutput: readsOut || readsErr };
}

function tee(from: Readable | null, to: Writable, onOutput: (text: string) => void): void {
  if (!from) return;
  const decoder = new StringDecoder('utf8');
  from.on('data', (bytes: Buffer) => onOutput(decoder.write(bytes)));
  from.pipe(to, { end: false });
  // a reader that goes away, such as head, ends the training as it would without us
  to.on('error', () => from.destroy());
}

async function exitOf(child: ChildProcess, passesInterrupt: boolean): Promise<Exit> {
  let wasStopped = false;
  const passOn = (signal: NodeJS.Signals) => {
    wasStopped = true;
    if (signal !== 'SIGINT' || passesInterrupt) child.kill(signal);
  };
  for (const signal of PASSED_ON) process.on(signal, passOn);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const name of PASSED_ON) process.off(name, passOn);
      resolve({ code, signalNumber: signal && os.constants.signals[signal], wasStopped });
    });
  });
}
