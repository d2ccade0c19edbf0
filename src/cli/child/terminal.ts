import type { IPty } from '@lydell/node-pty';
import { Procfs } from '../../core/metering/procfs.ts';
import type { Child, Exit } from './index.ts';

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const SUSPEND = '\x1a';

/** How long a program may take to stop itself after Ctrl-Z. */
const SUSPEND_MILLIS = 100;

/** Starts the training in a terminal of its own that mirrors ours; null where there is no library for that. */
export async function startInTerminal(
  file: string,
  args: readonly string[],
  onOutput: (text: string) => void,
): Promise<Child | null> {
  const library = await import('@lydell/node-pty').catch(() => null);
  if (!library) return null;
  const { columns: cols, rows } = process.stdout;
  const name = process.env.TERM ?? 'xterm-256color';
  const terminal = library.spawn(file, [...args], { name, cols, rows, cwd: process.cwd(), env: process.env });
  terminal.onData((text) => {
    onOutput(text);
    if (process.stdout.write(text)) return;
    terminal.pause();
    process.stdout.once('drain', () => terminal.resume());
  });
  return { exit: exitOf(terminal), seesOutput: true };
}

async function exitOf(terminal: IPty): Promise<Exit> {
  let wasStopped = false;
  const resize = () => terminal.resize(process.stdout.columns, process.stdout.rows);
  const end = (signal: NodeJS.Signals) => {
    wasStopped = true;
    terminal.kill(signal);
  };
  const goOn = () => {
    process.stdin.setRawMode(true);
    process.kill(-terminal.pid, 'SIGCONT');
  };
  const type = (bytes: Buffer) => {
    const text = bytes.toString('utf8');
    terminal.write(text);
    if (text.includes(SUSPEND)) setTimeout(() => suspendWith(terminal.pid), SUSPEND_MILLIS);
  };
  process.stdin.setRawMode(true).on('data', type);
  process.stdout.on('resize', resize);
  for (const signal of PASSED_ON) process.on(signal, end);
  process.on('SIGCONT', goOn);
  return new Promise((resolve) => {
    terminal.onExit(({ exitCode, signal }) => {
      for (const signal of PASSED_ON) process.off(signal, end);
      process.off('SIGCONT', goOn);
      process.stdout.off('resize', resize);
      process.stdin.off('data', type).setRawMode(false).pause();
      resolve({ code: exitCode, signalNumber: signal ?? null, wasStopped });
    });
  });
}

/** When the training stopped itself at Ctrl-Z, so do we, for the shell to take over. */
function suspendWith(pid: number): void {
  if (new Procfs().stat(pid)?.state !== 'T') return;
  process.stdin.setRawMode(false);
  process.kill(process.pid, 'SIGSTOP');
}
