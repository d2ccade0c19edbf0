import { startInPipes } from './pipes.ts';
import { startInTerminal } from './terminal.ts';

/** How a training ended. */
export interface Exit {
  readonly code: number | null;
  /** 0 or null: by no signal. */
  readonly signalNumber: number | null;
  /** We were asked to end it. */
  readonly wasStopped: boolean;
}

export interface Child {
  readonly exit: Promise<Exit>;
  readonly seesOutput: boolean;
}

/**
 * Starts the training with what we were given: a terminal when we have one, else the same files and pipes.
 *
 * @param onOutput gets a copy of what it prints
 */
export async function startChild(
  file: string,
  args: readonly string[],
  onOutput: (text: string) => void,
): Promise<Child> {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && process.stderr.isTTY;
  const inTerminal = isTerminal ? await startInTerminal(file, args, onOutput) : null;
  return inTerminal ?? startInPipes(file, args, onOutput);
}
