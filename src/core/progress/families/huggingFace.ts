import { decimal, event, type Family } from './family.ts';

const EPOCH = /['"]epoch['"]: ['"]?(\d{1,9}(?:\.\d+)?)['"]?\s*[,}]/;
/** What the Trainer adds to its dictionaries, and scripts of their own do not. */
const KEYS = /['"](?:learning_rate|grad_norm|train_runtime|eval_runtime|eval_loss)['"]:/;
const IS_TRAINING = /['"](?:loss|train_loss|grad_norm|train_runtime)['"]:/;

/**
 * Hugging Face's Trainer, and what is built on it (TRL, Axolotl, LLaMA-Factory): dictionaries with the epochs done in
 * fractions (`log` in transformers/trainer.py, `ProgressCallback` in trainer_callback.py), `{'loss': 0.5, 'epoch': 1.53}`,
 * of version 5 with quoted numbers, beside a bar of the run's steps. The run ends with `train_runtime`.
 */
export const huggingFace: Family = {
  id: 'hugging-face',
  hint: /^\{.*['"]epoch['"]: /,
  parse(text) {
    const match = EPOCH.exec(text);
    if (!match) return null;
    const isTraining = IS_TRAINING.test(text);
    const isEvaluation = !isTraining && /['"](?:eval|test|predict)_/.test(text);
    // scripts that print dictionaries of their own count whole epochs
    if (!KEYS.test(text) && !match[1]?.includes('.')) return null;
    return event('hugging-face', {
      phase: isEvaluation ? 'validate' : 'train',
      epochsDone: decimal(match[1]),
      isEnd: text.includes('train_runtime'),
    });
  },
};
