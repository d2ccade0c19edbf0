import type { ProgressEvent } from '../event.ts';
import { phaseOf } from '../phases.ts';
import { EPOCH_HINT, EPOCH_WORD } from './epochWords.ts';
import { COUNT, count, event, otherWork, type Family } from './family.ts';

/** `Epoch 3/30`, `epoch: 3`, `Epoch [3/30]`, `[Epoch 3 of 30]`, `"epoch": 3`, `Epoch[3]`, `Epoch(train) [3]`, `ep 3/30`. */
const EPOCH = new RegExp(
  String.raw`(?<![\w.-])(?:(?:${EPOCH_WORD})(?:s(?=\s*[:#=]?\s*[[(]?\d+\s*(?:\/|of)\s*\d))?|ep(?=\s*[:#=]?\s*\[?\d+\s*[/|,:]|[:=]\s*\d+\s))(?:\((?:train|val|test)\))?["']?\s*[:#=_-]?\s*[[(|]?\s*(?:no\.?\s*)?(\d{1,9})(?![\d%])(\.\d+)?\s*(?:(?:\/|of|out of)\s*(\d{1,9}))?\s*[\])]?`,
  'i',
);

/** `3rd epoch` is prose; `3/30 epochs: `, `3epoch:train`, `第 3/30 轮` are not. */
const NUMBER_FIRST =
  /(?:^|\s|\[)(\d{1,9})(?:\/(\d{1,9}))?\s?(?:epochs?|에포크)(?=\s*(?::|started|done|finished|completed|results))|第\s*(\d{1,9})(?:\s*\/\s*(\d{1,9}))?\s*[轮輪]/i;

/** The step after it: `, Step [100/600]`, `[ 10/100]`, `[1280/60000 (2%)]`, `batch 10 of 100`, ` | Iter: 10`. */
const STEP = new RegExp(
  String.raw`^.{0,80}?(?:(?<!\b(?:lr|decay|warm-?up|scheduler|per|time)[ _-])(?:\b|\b((?:global|total|train)_))(?:step|iter|iteration|batch|minibatch|update|it)s?\b["']?(?:\s*(?:idx|no\.?|number))?\s*[:#=]?\s*[[(]?["']?\s*(${COUNT})(?![\d.])(?:\s*(?:\/|of)\s*(${COUNT}))?)`,
  'i',
);
const BRACKETS = /^[\s,:|-]*[[(]()\s*(\d{1,12})\s*(?:\/|of)\s*(\d{1,12})/;

/** `10/100`, `10 / 100 loss=`, right after the epoch (fairseq's simple log). */
const BARE = /^[\s,:|-]+()(\d{1,12})\s*\/\s*(\d{1,12})(?!\d)/;

/** `"epoch": 3, "epochs": 30`, `epoch=3 total_epochs=30`. */
const TOTAL_BESIDE = /^[^a-z]{1,4}(?:(?:total|num|max)_)?epochs["']?\s*[:=]\s*(\d{1,9})(?![\d.])/i;

/** What scripts say of an epoch when it is over: a metric with its value, or that it is. */
const RESULT =
  /(?:\w*loss\w*|\b\w*acc\w*|\berr\w*|\bmse|\bmae|\brmse|\bf1|\bauc|\bscore|\bppl|\bperplexity|\br2|\breward|\btime|\bduration|\biou|\bmiou|\bbleu|\bwer|\bcost|\belbo|\bchange)\b["']?(?:\s*\([\w%]+\))?\s*[:=(|]?\s*["']?[-+]?\.?\d|\b(?:done|finished|completed?|took|ended|takes|is over|total time|time taken)\b/i;

/** `"epoch": 1, "update": 0.5` of fairseq's JSON lines (fairseq/logging/progress_bar.py): epochs done. */
const UPDATES = /^, "update": (\d{1,9}\.\d{1,6}),/;

/** A line within a frame that is drawn anew while the epoch goes on, such as rich's panels: no row of a table. */
const IN_FRAME = /^\s*[│┃][^│┃]*[│┃]\s*$/;

/** `End of epoch 3`, `Finished epoch 3`, `After epoch 3`. */
const ENDS = /\b(?:end of|finish(?:ed|ing)|completed?|done(?: with)?|after)\W{0,3}(?:train(?:ing)?\s)?$/i;

/** Words that make an epoch line one of something else. */
const OTHER_WORK =
  /\b(?:best|better|since|improve\w*|stop\w*|from|resum\w*|sav(?:ed?|ing)|checkpoint\w*|load\w*|restor\w*|wait(?:ed|ing)?|patience|warm-?up|last|until|schedul\w*)\b[^|]{0,40}(?<![\w.-])epochs?\b|\b(?:every|per|total|max|num|number)\b[^|\d]{0,40}(?<![\w.-])epochs?\b/i;
const OTHER_WORK_AFTER =
  /^\S{0,3}\s*(?:reducing learning rate|.{0,60}\b(?:saving model|did not improve|improved from|reached .* \(best)|step=\d+\.ckpt|-step=|\.ckpt|\.pth?\b|\.pt\b)|^:?\s*(?:\w+ )?ReduceLROnPlateau|^:?\s*LearningRateScheduler|^:?\s*Adjusting learning rate/i;

/** What the expression above takes to match, cheap to look for. */
const MAYBE_OTHER_WORK = /reducing|saving|improve|reached|ckpt|\.pth?\b|Plateau|Scheduler|djusting|-step=/i;

/** A validation's own report: not the training's. */
const OTHER_PHASE =
  /^\W*(?:\[?(?:val|valid|validation|validating|eval|evaluation|evaluating|test|testing)\]?)\s*[:|\])]/i;

const LETTERS = /[a-z]{3}/i;

/** Free-form lines that name their epoch, as most scripts print them. */
export const epochLine: Family = {
  id: 'epoch-line',
  hint: new RegExp(EPOCH_HINT),
  parse(text) {
    const match = EPOCH.exec(text);
    if (!match) return numberFirst(text);
    if (match.index > 3 && OTHER_WORK.test(text.slice(0, match.index + match[0].length))) return null;
    const rest = text.slice(match.index + match[0].length);
    if (MAYBE_OTHER_WORK.test(rest) && OTHER_WORK_AFTER.test(rest)) return null;
    const head = text.slice(Math.max(0, match.index - 60), match.index);
    const told = { epoch: count(match[1]), totalEpochs: count(match[3] ?? TOTAL_BESIDE.exec(rest)?.[1]) };
    if (/^\w+\((?:val|test)\)/i.test(match[0])) return otherWork('epoch-line', 'validate');
    const updates = UPDATES.exec(rest);
    if (updates) return event('epoch-line', { ...told, epochsDone: Number(updates[1]) });
    if (match[2] !== undefined) return fraction(match, rest);
    return withStep(told, rest, head, text);
  },
};

/** Whether what follows an epoch's number is its result, so that the epoch is over. */
export function saysResult(rest: string): boolean {
  return RESULT.test(rest);
}

function withStep(
  told: Partial<ProgressEvent>,
  rest: string,
  head: string,
  text: string,
): ProgressEvent | null {
  const step = BRACKETS.exec(rest) ?? BARE.exec(rest) ?? STEP.exec(rest);
  const before = step ? null : stepBefore(head);
  const steps = step ?? before;
  if (steps) {
    const name = `${head} ${step ? rest.slice(0, step.index) : ''}`;
    const phase = LETTERS.test(name) ? phaseOf(name.trim()) : 'train';
    if (phase !== 'train') return otherWork('epoch-line', phase);
    // a report of the validation with its own steps; one without comes when the epoch's training is over
    if (OTHER_PHASE.test(head.trim()) || OTHER_PHASE.test(rest)) return otherWork('epoch-line', 'validate');
  }
  if (!steps) {
    const epochFinished = !IN_FRAME.test(text) && (ENDS.test(head) || saysResult(rest));
    return event('epoch-line', { ...told, epochFinished });
  }
  const isTorchvision = /^\s*\[\s*\d+\/\d+\]\s+eta:/.test(rest) && text.includes('eta:');
  const done = count(steps[2]);
  const total = count(steps[3]);
  return event('epoch-line', {
    ...told,
    step: done === null || !isTorchvision ? done : Math.min(done + 1, total ?? Infinity),
    totalSteps: total,
    stepsOf: /^(?:global|total)/i.test(steps[1] ?? '') ? 'run' : null,
    bar: 'epoch-line',
  });
}

/** `Step 100, Epoch 3`. */
function stepBefore(head: string): RegExpExecArray | null {
  return /(?:\b|\b((?:global|total|train)_))(?:step|iter|iteration|batch)\b["']?\s*[:#=]?\s*[[(]?\s*(\d{1,12})(?![\d.])(?:\s*(?:\/|of)\s*(\d{1,12}))?[^\d]*$/i.exec(
    head,
  );
}

/** `epoch 1.53`: how many are done. */
function fraction(match: RegExpExecArray, rest: string): ProgressEvent | null {
  const done = Number(`${match[1]}${match[2]}`);
  const step = STEP.exec(rest);
  const steps = step ? { step: count(step[2]), totalSteps: count(step[3]), bar: 'epoch-line' } : {};
  return event('epoch-line', { epochsDone: done, totalEpochs: count(match[3]), ...steps });
}

function numberFirst(text: string): ProgressEvent | null {
  const match = NUMBER_FIRST.exec(text);
  if (!match) return null;
  const rest = text.slice(match.index + match[0].length);
  const epochFinished = !/^\s*started/i.test(rest) && (saysResult(rest) || /^\s*results/i.test(rest));
  const [epoch, totalEpochs] = [count(match[1] ?? match[3]), count(match[2] ?? match[4])];
  return event('epoch-line', { epoch, totalEpochs, epochFinished });
}
