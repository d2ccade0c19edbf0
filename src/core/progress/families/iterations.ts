import type { ProgressEvent } from '../event.ts';
import { phaseOf } from '../phases.ts';
import { COUNT, count, event, otherWork, type Family } from './family.ts';

/** `step 100/5000`, `iteration      100/    5000 |`, `iter: 19`, `step=10,`, `Iter(train) [  20/100]`, `global step 10`. */
const STEP = new RegExp(
  String.raw`(?<![\w.-])(global[_ ])?(step|iter|iteration|update|batch|minibatch|timesteps?|episode|round|generation)(?:\((train|val|test)\))?["']?(?: (?:no\.?|number))?\s*[:#=]?\s*[[(]?\s*(${COUNT})(?![\d%])(?!\.\d)(?:\s*(?:\/|of|out of)\s*(${COUNT})(?![\d…]|\.[\d.]))?`,
  'i',
);

/** What makes a step's line a report of the training. */
const METRIC =
  /loss|acc|\blr\b|learning.rate|reward|time|it\/s|tok|grad|skipped|mfu|ppl|perplexity|speed|\beta\b|samples|inertia|error|score|cost|fitness|return|\/s(?:ec)?\b|\d s\b/i;

/** A metric with its value, before the step: `loss = 0.5, step = 100`. */
const METRIC_BEFORE = /(?:loss|acc\w*|reward|score|error)["']?\s*[:=]\s*[-+]?[\d.]/i;

/** A metric right before the step: `loss at step 100: 0.5`. */
const METRIC_AT = /\b(?:loss|acc\w*|reward|score|error) at $/i;

const OTHER_WORK =
  /\b(?:sav(?:ed?|ing)|checkpoint\w*|resum\w*|load\w*|restor\w*|from|best|every|warm-?up|patience|max|num|total|until|converg\w*|stopp\w*|early)\b[^|]{0,40}$/i;

/** `Step 3/10 : RUN pip install torch` of a container's build. */
const INSTRUCTION =
  /^\s*:\s*(?:RUN|FROM|COPY|ADD|ENV|ARG|WORKDIR|CMD|ENTRYPOINT|LABEL|USER|EXPOSE|VOLUME|SHELL)\b/;

/** ` 100: 500.1, 490.2 avg loss, 0.001 rate, 2.3 seconds, 6400 images` of Darknet (examples/detector.c). */
const DARKNET = /^\s*(\d{1,12}): [\d.]+, [\d.]+ avg(?: loss)?, [\d.]+ rate, /;

/** `After 100 iterations, loss = 0.5`, `100 steps: loss 0.5`. */
const NUMBER_FIRST =
  /^\W*(?:after )?(\d{1,12}) (?:iteration|step|update|batche)s\b.{0,40}\b(?:loss|acc\w*|reward|error)\b/i;

/** `building tree 10 of 100` of scikit-learn's forests. */
const TREE = /\bbuilding tree (\d+) of (\d+)/;

/**
 * Steps by number without a bar: Megatron-LM (`training_log` in megatron/training/training.py), Detectron2 (`CommonMetricPrinter` in detectron2/utils/events.py),
 * MMEngine's `Iter(train)` (mmengine/logging and hooks/logger_hook.py), nanoGPT (train.py), DeepSpeed (deepspeed/utils
 * and runtime/engine.py), Fairseq and OpenNMT updates, scikit-learn's `Iteration 10, loss = `, JAX examples and own loops.
 */
export const iterations: Family = {
  id: 'iterations',
  hint: /step|Step|STEP|iter|Iter|ITER|update|Update|batch|Batch|pisode|ound|ROUND|eneration|building tree|\d avg/,
  parse(text) {
    const match = STEP.exec(text);
    return tree(text) ?? darknet(text) ?? numberFirst(text) ?? (match && stepLine(text, match));
  },
};

function stepLine(text: string, match: RegExpExecArray): ProgressEvent | null {
  const [whole, , word = '', phase, step, total] = match;
  const head = text.slice(0, match.index);
  if (phase && phase !== 'train') return otherWork('iterations', 'validate');
  const rest = text.slice(match.index + whole.length);
  if (OTHER_WORK.test(head) || INSTRUCTION.test(rest)) return null;
  const tail = head
    .slice(-60)
    .replace(/[\d:.,-]+/g, ' ')
    .trim();
  if (phaseOf(tail) !== 'train') return otherWork('iterations', phaseOf(tail));
  const isReport = METRIC.test(rest) || METRIC_BEFORE.test(head) || METRIC_AT.test(head);
  if (total === undefined && !isReport) return null;
  return event('iterations', {
    step: count(step),
    totalSteps: count(total),
    bar: `line:${word.toLowerCase()}`,
    stepsOf: /batch/i.test(word) ? null : word.toLowerCase() === 'timesteps' ? 'run' : null,
  });
}

function numberFirst(text: string): ProgressEvent | null {
  const match = NUMBER_FIRST.exec(text);
  return match && event('iterations', { step: count(match[1]), bar: 'line:iterations' });
}

function darknet(text: string): ProgressEvent | null {
  const match = DARKNET.exec(text);
  return match && event('darknet', { step: count(match[1]), stepsOf: 'run', bar: 'rounds' });
}

function tree(text: string): ProgressEvent | null {
  const match = TREE.exec(text);
  return (
    match && event('scikit-learn', { step: count(match[1]), totalSteps: count(match[2]), stepsOf: 'run' })
  );
}
