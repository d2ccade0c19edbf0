import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { t } from '../../../language.ts';
import { monotonicSeconds } from '../../metering/clock.ts';
import { LineSplitter } from './lineSplitter.ts';

/** What to run. */
export interface ChildCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

export interface ChildListener {
  /** Told of the lines of the standard output as they come, without their ends. */
  lines(lines: readonly string[]): void;
  /** Told once that the process is gone and why, in words for people without a full stop. */
  gone(problem: string): void;
}

/** Power tools tell some kilobytes a second. Engineering judgement: one that tells more than this is broken. */
const MOST_CHARACTERS_A_SECOND = 1_000_000;

const MOST_COMPLAINT_CHARACTERS = 2000;

/** One process whose lines are listened to, until it is gone. Nothing throws. */
export class ChildRun {
  readonly startedSeconds = monotonicSeconds();
  readonly #listener: ChildListener;
  readonly #splitter = new LineSplitter();
  #child: ChildProcessByStdio<null, Readable, Readable> | null = null;
  #complaint = '';
  #endedFor: string | null = null;
  #isGone = false;
  #secondStart = 0;
  #charactersInSecond = 0;

  constructor({ program, args, environment }: ChildCommand, listener: ChildListener) {
    this.#listener = listener;
    try {
      this.#child = spawn(program, args, {
        env: { ...environment, LC_ALL: 'C' },
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
      });
      this.#follow(this.#child);
    } catch (error) {
      queueMicrotask(() => this.#end(t('it cannot be started ({0})', String(error))));
    }
  }

  /** Its number; null where it could not be started. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /**
   * Ends it. A signal does not reach a process that runs with other rights, by sudo; but who writes into a pipe that
   * nobody reads any more is ended by SIGPIPE (POSIX, write). Until then it is not gone.
   */
  kill(problem: string): void {
    const child = this.#child;
    if (!child || this.#isGone || this.#endedFor !== null) return;
    this.#endedFor = problem;
    child.kill('SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
  }

  #follow(child: ChildProcessByStdio<null, Readable, Readable>): void {
    // told where it cannot be started, and also where a signal may not be sent
    child.on('error', ({ message }) => {
      if (child.pid === undefined) this.#end(t('it cannot be started ({0})', message));
    });
    child.once('close', (code, signal) => {
      const how = signal ? t('it was ended by {0}', signal) : t('it ended with code {0}', String(code));
      this.#end(firstLine(this.#complaint) ?? how);
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(0, MOST_COMPLAINT_CHARACTERS);
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('error', () => undefined);
      if (stream instanceof Socket) stream.unref();
    }
    child.unref(); // it may not keep this process from ending
  }

  #hear(text: string): void {
    if (this.#endedFor !== null) return;
    if (this.#isFlood(text.length)) this.kill(t('it told far too much at once'));
    else this.#listener.lines(this.#splitter.add(text));
  }

  #isFlood(characters: number): boolean {
    const now = monotonicSeconds();
    if (now - this.#secondStart >= 1) {
      this.#secondStart = now;
      this.#charactersInSecond = 0;
    }
    this.#charactersInSecond += characters;
    return this.#charactersInSecond > MOST_CHARACTERS_A_SECOND;
  }

  #end(problem: string): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#listener.gone(this.#endedFor ?? problem);
  }
}

function firstLine(text: string): string | null {
  return text.trim().split('\n')[0]?.trim().slice(0, 200) || null;
}
