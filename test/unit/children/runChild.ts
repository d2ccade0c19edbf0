import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Starts one of the scripts of this folder, its output piped. */
export function startChild(script: string, ...args: readonly string[]): ChildProcess {
  const file = fileURLToPath(new URL(script, import.meta.url));
  return spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Runs a script of this folder to its end and returns the JSON that it printed. */
export async function runChild<T>(script: string, ...args: readonly string[]): Promise<T> {
  const child = startChild(script, ...args);
  if (!child.stdout) throw new Error('no stdout');
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${output}`);
  return JSON.parse(output) as T;
}
