import vm from 'node:vm';
import { t } from '../../language.ts';
import type { ProgressEvent } from './event.ts';
import { saysResult } from './families/epochLine.ts';
import { count, event } from './families/family.ts';

/** A batch of lines that takes a user's expression longer than this ends its use: 50 ms. */
const DEADLINE_MILLIS = 50;

/** How many characters of a line a user's expression sees. */
const LINE_CHARACTERS = 500;

interface Match {
  readonly epoch?: string;
  readonly epochs?: string;
  readonly step?: string;
  readonly steps?: string;
  readonly rest: string;
}

/** One sentence on what is wrong with a user's regular expression; null when it is empty or right. */
export function patternProblem(source: string): string | null {
  if (source === '') return null;
  try {
    new RegExp(source, 'i');
  } catch (error) {
    return t('The progress pattern is no regular expression: {0}.', (error as Error).message);
  }
  if (/\(\?<(epoch|step)>/.test(source)) return null;
  return t(
    'The progress pattern names no epoch: write (?<epoch>\\d+) where the number stands, and (?<epochs>\\d+), (?<step>\\d+), (?<steps>\\d+) where the output has them.',
  );
}

/**
 * A user's own regular expression with the named groups `epoch`, `epochs`, `step` and `steps`. It runs in a context
 * of its own under a deadline, since an expression can take for ever on a line it was not meant for.
 */
export class UserPattern {
  readonly #script: vm.Script;
  readonly #context: vm.Context;
  #problem: string | null = null;

  /** @param source valid by `patternProblem` */
  constructor(source: string) {
    this.#context = vm.createContext({ source, lines: [] });
    this.#script = new vm.Script(`
      globalThis.pattern ??= new RegExp(source, 'i');
      JSON.stringify(lines.map((line) => {
        const match = pattern.exec(line);
        return match && { ...match.groups, rest: line.slice(match.index + match[0].length) };
      }))`);
  }

  /** Why it is no longer used, null while it is. */
  get problem(): string | null {
    return this.#problem;
  }

  /** One entry a line, null for a line that does not match. */
  parse(lines: readonly string[]): readonly (ProgressEvent | null)[] {
    if (this.#problem || lines.length === 0) return lines.map(() => null);
    try {
      this.#context.lines = lines.map((line) => line.slice(0, LINE_CHARACTERS));
      const answer: unknown = this.#script.runInContext(this.#context, { timeout: DEADLINE_MILLIS });
      return (JSON.parse(String(answer)) as (Match | null)[]).map((match) => match && eventOf(match));
    } catch {
      this.#problem = t(
        'The progress pattern took too long on a line of this training and is no longer used for it; make it simpler.',
      );
      return lines.map(() => null);
    }
  }
}

function eventOf(match: Match): ProgressEvent {
  const step = count(match.step);
  return event('pattern', {
    epoch: count(match.epoch),
    totalEpochs: count(match.epochs),
    step,
    totalSteps: count(match.steps),
    epochFinished: step === null && saysResult(match.rest),
    bar: step === null ? null : 'pattern',
  });
}
