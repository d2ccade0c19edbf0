import type { Progress, ProgressEvent } from './event.ts';
import { event } from './families/family.ts';
import { endOfBar } from './families/tqdm.ts';
import { patternProblem, UserPattern } from './pattern.ts';
import { recogniseCommand, Recogniser } from './recognise.ts';
import { ReadingRecord, type Reading, type Recognised } from './record.ts';
import { TerminalTexts } from './terminalTexts.ts';
import { ProgressTracker } from './tracker.ts';
import type { KnownTotals } from './totals.ts';

/** What is known of a training's progress besides its output. Plain data. */
export interface ProgressOptions extends KnownTotals {
  /** The user's own regular expression, see `UserPattern`. */
  readonly pattern?: string;
}

/** Where the training stands, and what that rests on. */
export interface ProgressReading {
  readonly progress: Progress;
  /** What is wrong with the user's pattern, null when all is well. */
  readonly problem: string | null;
  readonly recognised: readonly Recognised[];
  /** The latest texts, oldest first. */
  readonly latest: readonly Reading[];
}

/** Told of each text of the terminal, with what it was recognised as and where the training stood before and after. */
export type OnText = (text: string, event: ProgressEvent | null, before: Progress, after: Progress) => void;

interface Text {
  readonly text: string;
  readonly row: number;
}

/** Reads a training's progress out of its terminal output, as it comes. */
export class ProgressReader {
  readonly #texts: TerminalTexts;
  readonly #tracker: ProgressTracker;
  readonly #recogniser = new Recogniser();
  readonly #record = new ReadingRecord();
  readonly #pattern: UserPattern | null;
  readonly #patternProblem: string | null;
  readonly #onChange: (progress: Progress) => void;
  readonly #onText: OnText | null;
  #waiting: Text[] = [];

  /** @param onChange told of each change as it is read, where a text may hold several */
  constructor(
    options: ProgressOptions,
    onChange: (progress: Progress) => void = () => undefined,
    onText: OnText | null = null,
  ) {
    this.#onChange = onChange;
    this.#onText = onText;
    this.#patternProblem = patternProblem(options.pattern ?? '');
    this.#pattern = options.pattern && !this.#patternProblem ? new UserPattern(options.pattern) : null;
    this.#tracker = new ProgressTracker(options);
    this.#texts = new TerminalTexts(
      (text, row) => this.#take(text, row),
      (command) => this.#takeCommand(command),
    );
  }

  /** Output as it comes, in chunks of any size; large ones are better cut by `inSlices`. @returns whether the progress changed */
  feed(output: string): boolean {
    const before = this.#tracker.progress;
    this.#record.keep(output);
    this.#texts.feed(output);
    this.#readWaiting();
    return this.#tracker.progress !== before;
  }

  /** The training is over: with exit code 0 its last epoch is too, where nothing says otherwise. */
  finish(exitCode: number | null): void {
    this.#texts.finish();
    this.#readWaiting();
    if (exitCode === 0) this.#tracker.finish();
  }

  progress(): Progress {
    return this.#tracker.progress;
  }

  /** What is wrong with the user's pattern, null when all is well. */
  problem(): string | null {
    return this.#patternProblem ?? this.#pattern?.problem ?? null;
  }

  /** Where it stands and what that rests on, for people who wonder. */
  reading(): ProgressReading {
    const [progress, problem] = [this.progress(), this.problem()];
    return { progress, problem, recognised: this.#record.recognised(), latest: this.#record.readings() };
  }

  /** Takes totals that became known later, from a configuration file or from earlier runs. */
  learn(totals: KnownTotals): void {
    this.#tracker.learn(totals);
  }

  /** Goes on from what an earlier reader knew. */
  restore(progress: Progress): void {
    this.#tracker.restore(progress);
  }

  #take(text: string, row: number): void {
    if (this.#pattern && !this.#pattern.problem) {
      this.#waiting.push({ text, row });
      return;
    }
    if (text.startsWith(' ') && text.trim() === '') return;
    const end = endOfBar(text);
    if (end > 0) this.#take(text.slice(0, end), row);
    const found = this.#recogniser.recognise(end > 0 ? text.slice(end).trimStart() : text);
    const before = this.#tracker.progress;
    if (found) this.#takeEvent(found, text, row);
    else this.#onText?.(text, null, before, before);
  }

  #takeEvent(event: ProgressEvent, text: string, row: number): void {
    const before = this.#tracker.progress;
    this.#tracker.take(event, text, row);
    const after = this.#tracker.progress;
    this.#record.add(text, event, before, after);
    this.#onText?.(text, event, before, after);
    if (after !== before) this.#onChange(after);
  }

  /** A user's pattern reads many texts at once, since each call has its price. */
  #readWaiting(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    const found = this.#pattern?.parse(waiting.map(({ text }) => text)) ?? [];
    waiting.forEach(({ text, row }, index) => {
      const told = found[index];
      if (told) this.#takeEvent(told, text, row);
      else if (this.#pattern?.problem) this.#take(text, row);
      else this.#onText?.(text, null, this.#tracker.progress, this.#tracker.progress);
    });
  }

  #takeCommand(command: string): void {
    const percent = recogniseCommand(command);
    if (percent === null) return;
    const before = this.#tracker.progress;
    this.#tracker.take(event('osc-progress', { percent, stepsOf: 'run', bar: 'osc' }), '', 0);
    if (this.#tracker.progress !== before) this.#onChange(this.#tracker.progress);
  }
}
