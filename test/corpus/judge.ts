import { totalsFromCommand } from '../../src/core/progress/commandLine.ts';
import type { Progress } from '../../src/core/progress/event.ts';
import { ProgressReader } from '../../src/core/progress/reader.ts';
import { TerminalTexts } from '../../src/core/progress/terminalTexts.ts';
import type { Chunk, Recording, Truth, TruthEvent } from './recordings.ts';

/**
 * A program may write its line a moment before it writes the truth down; both stand on the same clock. Engineering
 * judgement: the recordings' machine had two processors, and other work.
 */
const LATE_SECONDS = 0.1;

/** Where a training is, to be compared: which fit, which epoch, which step. */
type Position = readonly [stage: number, epoch: number, step: number];

/** @returns what is wrong, at most a few sentences; none: it passes. See evaluate.ts for the rules. */
export function judge(recording: Recording): readonly string[] {
  const problems = [...judgeStream(recording), ...judgeChunking(recording)];
  return [...new Set(problems)].slice(0, 6);
}

function judgeStream({ chunks, truth }: Recording): readonly string[] {
  const problems: string[] = [];
  let now = 0;
  const judgeOne = new StreamJudge(truth, (problem) => problems.push(`${now.toFixed(2)} s: ${problem}`));
  const reader = readerOf(truth, (progress) => judgeOne.takeProgress(progress, now + LATE_SECONDS));
  for (const chunk of chunks) {
    now = chunk.seconds;
    reader.feed(chunk.text);
    judgeOne.takeChunk(chunk, reader.progress());
  }
  now = truth.durationSeconds;
  reader.finish(truth.exitCode);
  return [...problems, ...judgeEnd(reader.progress(), truth, chunks)];
}

function readerOf(truth: Truth, onChange?: (progress: Progress) => void): ProgressReader {
  return new ProgressReader(totalsFromCommand(truth.command), onChange);
}

class StreamJudge {
  readonly #truth: Truth;
  readonly #tell: (problem: string) => void;
  /** Where the training was when the output last showed its epoch, its step, and the time before. */
  #epochShown: (readonly [stage: number, epoch: number])[] = [];
  #stepShown: Position[] = [];
  #at = 0;
  #stage = 0;
  #furthest: Position = [0, 0, 0];
  #readerStage = 1;
  #stepsBefore = 0;
  #tail = '';

  constructor(truth: Truth, tell: (problem: string) => void) {
    this.#truth = truth;
    this.#tell = tell;
  }

  /** No epoch and no step that was not there by now, and never back. */
  takeProgress(progress: Progress, now: number): void {
    const { epoch, step, stepsOf, epochsCompleted } = progress;
    const begun = this.#truth.events.filter(({ timeSeconds }) => timeSeconds <= now);
    const ended = this.#truth.epochEnds.filter(({ timeSeconds }) => timeSeconds <= now);
    if (isBareShare(progress)) {
      const share = (100 * begun.length) / this.#truth.events.length;
      if ((progress.percent ?? 0) > share + 1)
        this.#tell(`${progress.percent} % done, of ${share.toFixed(0)} %`);
      return;
    }
    if (isBareCount(progress, this.#truth)) {
      if ((step ?? 0) > ended.length) this.#tell(`${step} epochs completed, of ${ended.length}`);
      return;
    }
    if (isCountOfRun(progress, this.#truth)) {
      const done = begun.filter((event) => event.step > 0).length;
      if ((step ?? 0) > done) this.#tell(`${step} steps of the run, of ${done}`);
      return;
    }
    if (epochsCompleted > ended.length) this.#tell(`${epochsCompleted} epochs completed, of ${ended.length}`);
    if (epoch !== null && !isEpochBegun(epoch, begun, ended)) this.#tell(`epoch ${epoch} was not there yet`);
    if (step !== null && stepsOf === 'run' && this.#truth.stepsOf === 'epoch' && epoch !== null)
      this.#tell(`step ${step} is of the epoch, not of the run`);
    if (
      step !== null &&
      !begun.some((event) => isStep(event, epoch, step)) &&
      !this.#isAllowed(step, begun.length)
    )
      this.#tell(`step ${step} of epoch ${epoch} was not there yet`);
    const position: Position = [this.#stageOf(progress), epoch ?? 0, step ?? 0];
    if (compare(position, this.#furthest) < 0 && step !== null)
      this.#tell(
        `goes back from epoch ${this.#furthest[1]} step ${this.#furthest[2]} to epoch ${epoch} step ${step}`,
      );
    this.#furthest = position;
  }

  /** What no event tells: step 0, and in a run without epochs the step that is printed before it is through. */
  #isAllowed(step: number, begun: number): boolean {
    const next = this.#truth.events[begun];
    return step === 0 || (this.#truth.stepsOf === 'run' && next?.epoch === null && next.step === step);
  }

  /** The reader may be one redraw behind the truth, no more. */
  takeChunk({ seconds, text }: Chunk, progress: Progress): void {
    const before = this.#at;
    while ((this.#truth.events[this.#at]?.timeSeconds ?? Infinity) <= seconds) this.#at += 1;
    while ((this.#truth.stages[this.#stage]?.timeSeconds ?? Infinity) <= seconds) this.#stage += 1;
    const now = this.#truth.events[this.#at - 1];
    if (!now) return;
    this.#tail = `${this.#tail.slice(-200)}${text}`;
    const texts = textsOf(this.#tail);
    const stage = this.#truth.stages[this.#stage - 1];
    const events = this.#truth.events
      .slice(Math.max(0, before - 1), this.#at)
      .filter(({ timeSeconds }) => timeSeconds >= (stage?.timeSeconds ?? 0));
    const shown = events.findLast(({ step }) =>
      texts.some((line) => showsStep(line, step, stage?.totalSteps ?? null)),
    );
    if (shown) this.#stepShown = [...this.#stepShown, this.#position(shown)].slice(-2);
    const epoch = events.findLast((event) => texts.some((line) => showsEpoch(line, event.epoch)));
    if (epoch) this.#epochShown = [...this.#epochShown, [this.#stage, epoch.epoch ?? 0] as const].slice(-2);
    this.#judgeLag(progress);
  }

  #judgeLag(progress: Progress): void {
    if (isBareCount(progress, this.#truth) || isBareShare(progress)) return;
    if (isCountOfRun(progress, this.#truth)) return;
    const [epochBefore, epochNow] = this.#epochShown;
    if (epochBefore && epochNow && epochBefore[0] === this.#stage && (progress.epoch ?? 0) < epochBefore[1])
      this.#tell(`epoch ${epochBefore[1]} was shown and is not found, but ${progress.epoch}`);
    const [stepBefore, stepNow] = this.#stepShown;
    if (!stepBefore || !stepNow || stepBefore[0] !== this.#stage) return;
    const isOfRun = this.#truth.stepsOf === 'run';
    const found: Position = [
      this.#stage,
      isOfRun ? 0 : (progress.epoch ?? stepBefore[1]),
      progress.step ?? 0,
    ];
    const needed: Position = [stepBefore[0], isOfRun ? 0 : stepBefore[1], stepBefore[2]];
    // an epoch that is told to be over has all its steps
    const isOver = progress.step === null && progress.epochsCompleted >= (progress.epoch ?? 0);
    if (compare(found, needed) < 0 && !isOver)
      this.#tell(
        `step ${needed[2]} of epoch ${stepBefore[1]} was shown and is not found, but ${progress.step}`,
      );
  }

  #position({ epoch, step }: TruthEvent): Position {
    return [this.#stage, epoch ?? 0, step];
  }

  /** A fit is over where epochs or steps begin again, which a reader tells by counting on. */
  #stageOf({ epoch, epochsCompleted, stepsInEarlierStages }: Progress): number {
    const isEpochBack = (epoch ?? 0) < this.#furthest[1] && epochsCompleted >= this.#furthest[1];
    const isStepBack = stepsInEarlierStages > this.#stepsBefore;
    this.#stepsBefore = stepsInEarlierStages;
    if (this.#truth.stages.length > 1 && (isEpochBack || isStepBack)) this.#readerStage += 1;
    return this.#readerStage;
  }
}

/** An epoch is there when it began, or when the one before it ended. */
function isEpochBegun(epoch: number, begun: readonly TruthEvent[], ended: Truth['epochEnds']): boolean {
  return begun.some((event) => event.epoch === epoch) || ended.some((end) => end.epoch === epoch - 1);
}

function isStep(event: TruthEvent, epoch: number | null, step: number): boolean {
  if (event.step !== step && !(event.step === 0 && step === 0)) return false;
  return epoch === null || event.epoch === null || event.epoch === epoch || step === event.step;
}

/** `8/20`, `8 of 20`: a count as the training's own. */
function showsStep(text: string, step: number, total: number | null): boolean {
  if (total === null || step === 0) return false;
  return new RegExp(String.raw`(?<![\d./=])${step}\s*(?:/|of)\s*${total}(?![\d./…])`).test(text);
}

function showsEpoch(text: string, epoch: number | null): boolean {
  return epoch !== null && new RegExp(String.raw`\bepoch\W{0,4}0*${epoch}(?![\d.])`, 'i').test(text);
}

function textsOf(output: string): readonly string[] {
  const texts: string[] = [];
  const cutter = new TerminalTexts((text) => texts.push(text));
  cutter.feed(output);
  cutter.finish();
  return texts;
}

function judgeEnd(progress: Progress, truth: Truth, chunks: readonly Chunk[]): readonly string[] {
  const problems: string[] = [];
  if (isBareShare(progress)) return progress.percent === 100 ? [] : [`end: ${progress.percent} %`];
  if (isBareCount(progress, truth))
    return progress.step === truth.epochsCompleted
      ? []
      : [`end: ${progress.step}, not ${truth.epochsCompleted}`];
  const { epochsCompleted, totalEpochs, totalSteps, stepsOf, step } = progress;
  const output = chunks.map(({ text }) => text).join('') + truth.command;
  if (epochsCompleted !== truth.epochsCompleted)
    problems.push(`end: ${epochsCompleted} epochs completed, not ${truth.epochsCompleted}`);
  const mayBeUnknown = truth.stages.length > 1 || !isShown(output, truth.totalEpochs);
  if (totalEpochs !== truth.totalEpochs && !(totalEpochs === null && mayBeUnknown))
    problems.push(`end: ${totalEpochs} epochs in all, not ${truth.totalEpochs}`);
  if (
    stepsOf === truth.stepsOf &&
    totalSteps !== null &&
    truth.totalSteps !== null &&
    totalSteps !== truth.totalSteps
  )
    problems.push(`end: ${totalSteps} steps in all, not ${truth.totalSteps}`);
  const last = truth.events.at(-1)?.step ?? null;
  const showsLast = last !== null && textsOf(output).some((text) => showsStep(text, last, truth.totalSteps));
  if (truth.stepsOf === 'run' && truth.stages.length < 2 && showsLast && step !== last)
    problems.push(`end: step ${step}, not ${last}`);
  return problems;
}

/** `epochs 30`, or two epochs of it: `3/30`, `4 of 30`. */
function isShown(output: string, total: number | null): boolean {
  if (total === null) return false;
  if (new RegExp(String.raw`\bepochs['"]?\W{0,3}${total}(?![\d./])`, 'i').test(output)) return true;
  const counts = output.matchAll(
    new RegExp(String.raw`(?<![\d./=])(\d+)\s*(?:/|of)\s*${total}(?![\d./])`, 'g'),
  );
  return new Set([...counts].map(([, number]) => number)).size >= Math.min(2, total);
}

/** A training whose steps nobody counts may show a bar of its epochs that has no word for them. */
function isBareCount({ epoch, stepsOf, totalSteps }: Progress, truth: Truth): boolean {
  const hasSteps = truth.events.some(({ step }) => step > 0);
  return !hasSteps && epoch === null && stepsOf === 'run' && totalSteps === truth.totalEpochs;
}

/** A bar of the run's steps, while the output tells nothing of epochs: it may tell of them later, or late by a pipe's buffer. */
function isCountOfRun({ epoch, stepsOf, totalSteps, epochsCompleted }: Progress, truth: Truth): boolean {
  const [stage] = truth.stages;
  if (truth.stages.length !== 1 || !stage?.totalEpochs || !stage.totalSteps) return false;
  const all = (stage.totalEpochs - stage.firstEpoch + 1) * stage.totalSteps;
  const isOfRun = truth.stepsOf === 'epoch' && stepsOf === 'run' && totalSteps === all;
  return isOfRun && epoch === null && epochsCompleted === 0;
}

/** Nothing but a share of the run. */
function isBareShare({ epoch, step, percent, stepsOf }: Progress): boolean {
  return epoch === null && step === null && percent !== null && stepsOf === 'run';
}

/** However the output is cut, the reader says the same. */
function judgeChunking(recording: Recording): readonly string[] {
  const output = recording.chunks.map(({ text }) => text).join('');
  const own = story(
    recording.truth,
    recording.chunks.map(({ text }) => text),
  );
  const random = pseudoRandom(output.length);
  for (const most of [1, 7, 100, 5000]) {
    const pieces: string[] = [];
    for (let at = 0; at < output.length;) {
      const length = 1 + Math.floor(random() * most);
      pieces.push(output.slice(at, at + length));
      at += length;
    }
    if (story(recording.truth, pieces) !== own)
      return [`cut into pieces of up to ${most} characters it reads differently`];
  }
  return [];
}

function story(truth: Truth, pieces: readonly string[]): string {
  const told: string[] = [];
  const reader = readerOf(truth, ({ epoch, step, epochsCompleted }) =>
    told.push(`${epoch} ${step} ${epochsCompleted}`),
  );
  for (const piece of pieces) reader.feed(piece);
  reader.finish(truth.exitCode);
  return `${told.join('\n')}\n${JSON.stringify(reader.progress())}`;
}

/** A linear congruential generator (Numerical Recipes' constants): the same pieces each time. */
function pseudoRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function compare(one: Position, other: Position): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}
