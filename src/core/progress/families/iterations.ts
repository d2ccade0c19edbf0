import type { ProgressEvent } from '../event.ts';
import { phaseOf } from '../phases.ts';
import { count, event, otherWork, type Family } from './family.ts';

/** `step 100/5000`, `iteration      100/    5000 |`, `iter: 19`, `step=10,`, `Iter(train) [  20/100]`, `global step 10`. */
const STEP =
  /(?<![\w.-])(global[_ ])?(step|iter|iteration|update|batch|minibatch|timesteps?|episode|round)(?:\((train|val|test)\))?["']?(?: (?:no\.?|number))?\s*[:#=]?\s*[[(]?\s*(\d{1,12})(?![\d%])(?!\.\d)(?:\s*(?:\/|of|out of)\s*(\d{1,12})(?![\d…]|\.[\d.]))?/i;

/** What makes a step's line a report of the training. */
const METRIC =
  /loss|acc|\blr\b|learning.rate|reward|time|it\/s|tok|grad|skipped|mfu|ppl|perplexity|speed|\beta\b|samples|inertia|error|score|cost|\d s\b/i;

/** A metric with its value, before the step: `loss = 0.5, step = 100`. */
const METRIC_BEFORE = /(?:loss|acc\w*|reward|score|error)["']?\s*[:=]\s*[-+]?[\d.]/i;

const OTHER_WORK =
  /\b(?:sav(?:ed?|ing)|checkpoint\w*|resum\w*|load\w*|restor\w*|from|best|every|warm-?up|patience|max|num|total|until|converg\w*|stopp\w*|early)\b[^|]{0,40}$/i;

/** `Step 3/10 : RUN pip install torch` of a container's build. */
const INSTRUCTION =
  /^\s*:\s*(?:RUN|FROM|COPY|ADD|ENV|ARG|WORKDIR|CMD|ENTRYPOINT|LABEL|USER|EXPOSE|VOLUME|SHELL)\b/;

/** `building tree 10 of 100` of scikit-learn's forests. */
const TREE = /\bbuilding tree (\d+) of (\d+)/;

/**
 * Steps by number without a bar: Megatron-LM (`training_log` in megatron/training/training.py), Detectron2 (`CommonMetricPrinter` in detectron2/utils/events.py),
 * MMEngine's `Iter(train)` (mmengine/logging and hooks/logger_hook.py), nanoGPT (train.py), DeepSpeed (deepspeed/utils
 * and runtime/engine.py), Fairseq and OpenNMT updates, scikit-learn's `Iteration 10, loss = `, JAX examples and own loops.
 */
export const iterations: Family = {
  id: 'iterations',
  hint: /step|Step|STEP|iter|Iter|ITER|update|Update|batch|Batch|pisode|ound|building tree/,
  parse(text) {
    const match = STEP.exec(text);
    return tree(text) ?? (match && stepLine(text, match));
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
  if (total === undefined && !METRIC.test(rest) && !METRIC_BEFORE.test(head)) return null;
  return event('iterations', {
    step: count(step),
    totalSteps: count(total),
    bar: `line:${word.toLowerCase()}`,
    stepsOf: /batch/i.test(word) ? null : word.toLowerCase() === 'timesteps' ? 'run' : null,
  });
}

function tree(text: string): ProgressEvent | null {
  const match = TREE.exec(text);
  return (
    match && event('scikit-learn', { step: count(match[1]), totalSteps: count(match[2]), stepsOf: 'run' })
  );
}
