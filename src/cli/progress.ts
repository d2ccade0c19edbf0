import { once } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import { parseArgs } from 'node:util';
import { totalsFromCommand } from '../core/progress/commandLine.ts';
import type { Progress } from '../core/progress/event.ts';
import { patternProblem } from '../core/progress/pattern.ts';
import { ProgressReader, type ProgressOptions } from '../core/progress/reader.ts';
import { inSlices } from '../core/progress/slices.ts';
import { progressText } from '../core/reports/progressReport.ts';
import { UsageError, type CliCommand } from './usage.ts';

const OPTIONS = {
  json: { type: 'boolean' },
  command: { type: 'string' },
  epochs: { type: 'string' },
  pattern: { type: 'string' },
  'exit-code': { type: 'string' },
} as const;

/** A line of `--json`: what is unknown is null. */
interface ProgressLine {
  /** In progress, counted from 1 unless the script resumes. */
  readonly epoch: number | null;
  readonly totalEpochs: number | null;
  /** Of the epoch, or of the run where there are no epochs. */
  readonly step: number | null;
  readonly totalSteps: number | null;
  readonly family: string | null;
}

export const progress: CliCommand = {
  name: 'progress',
  usage: 'progress [--json] [--command COMMAND] [--epochs N] [--pattern REGEX] [--exit-code N] < LOG',
  summary:
    'What is recognised in a training’s output, by which family, and why the rest is not. Reads a log, or a pipe that is still written.',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const options = optionsOf(values);
    const lines = new ChangedLines();
    const reader = new ProgressReader(options, values.json ? (now) => lines.take(now) : undefined);
    const decoder = new StringDecoder('utf8');
    for await (const bytes of process.stdin as AsyncIterable<Buffer>) {
      await inSlices(decoder.write(bytes), (slice) => reader.feed(slice));
      await write(lines.text());
    }
    reader.feed(decoder.end());
    reader.finish(exitCodeOf(values['exit-code'], reader));
    lines.take(reader.progress());
    await write(
      values.json ? `${lines.text()}${lines.summary(reader.progress())}` : progressText(reader.reading()),
    );
    return 0;
  },
};

/** A log does not tell how the training ended, but for what Python and shells print of a bad end. */
const BAD_END =
  /^(?:Traceback \(most recent call last\)|KeyboardInterrupt|Killed$|Terminated$|Segmentation fault|(?:\w+\.)*\w+(?:Error|Exception|Interrupt)(?::|$))/;
const LAST_TEXTS = 6;

function exitCodeOf(told: string | undefined, reader: ProgressReader): number {
  if (told !== undefined) return wholeNumber('--exit-code', told, 0);
  const { latest } = reader.reading();
  return latest.slice(-LAST_TEXTS).some(({ text }) => BAD_END.test(text)) ? 1 : 0;
}

function optionsOf(values: { command?: string; epochs?: string; pattern?: string }): ProgressOptions {
  const problem = patternProblem(values.pattern ?? '');
  if (problem) throw new UsageError(problem);
  const options = { pattern: values.pattern, ...totalsFromCommand(values.command ?? '') };
  if (values.epochs === undefined) return options;
  return { ...options, totalEpochs: wholeNumber('--epochs', values.epochs, 1), totalSource: 'setting' };
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= 1e9) return value;
  throw new UsageError(`${name} needs a whole number from ${least} on`);
}

/** Collects a line for each change of what is told. */
class ChangedLines {
  #lines = '';
  #last = '';
  #lastSteps: Pick<ProgressLine, 'step' | 'totalSteps'> = { step: null, totalSteps: null };

  take({ epoch, totalEpochs, step, totalSteps, family }: Progress): void {
    if (step !== null) this.#lastSteps = { step, totalSteps };
    const told: ProgressLine = { epoch, totalEpochs, step, totalSteps, family };
    const line = JSON.stringify(told);
    if (line === this.#last || (epoch === null && step === null)) return;
    this.#last = line;
    this.#lines += `${line}\n`;
  }

  text(): string {
    const text = this.#lines;
    this.#lines = '';
    return text;
  }

  summary({ epochsCompleted, totalEpochs, family }: Progress): string {
    const { step: steps, totalSteps } = this.#lastSteps;
    return `${JSON.stringify({ summary: { epochsCompleted, totalEpochs, steps, totalSteps, family } })}\n`;
  }
}

async function write(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
}
