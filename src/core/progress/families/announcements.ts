import { count, event, otherWork, type Family } from './family.ts';

/** `Num Epochs = 3`, `Starting training for 100 epochs`, `epochs: 30`, `Namespace(…, num_train_epochs=3, …)`. */
const EPOCHS =
  /(?<![\w.-])(?:num[_ ]train[_ ]epochs|num[_ ]epochs|max[_ ]epochs?|n_epochs|total[_ ]epochs?|number of epochs|epochs)["']?\s*[:=]\s*(\d{1,9})(?!\d|\.\d|\s*(?:\/|of\b))|\b[Tt]rain(?:ing)? for (\d{1,9}) epochs\b/i;

/** Epochs of something else. */
const OTHER_EPOCHS =
  /\b(?:warm-?up|decay|cool-?down|patience|frozen|freeze|saved?|eval\w*|every)[_ ]+epochs?\b/i;

/** `  Total optimization steps = 60`. */
const STEPS =
  /\b(?:Total optimization steps|Total train(?:ing)? steps|max_steps|max_iters|total_steps)["']?\s*[:=]\s*([\d,]{1,15})\b/i;

/** `CarbonTracker: Predicted consumption for 30 epoch(s):`. */
const PREDICTED = /\bPredicted consumption for (\d{1,9}) epoch\(s\)/;

/** `=> loading checkpoint 'last.pt' (epoch 11)`, `Resuming from epoch 11`, `Continuing training from checkpoint`. */
const RESUMES =
  /\b(?:resum(?:e|ed|ing)\b|(?:load|restor)\w*\b.{0,80}\b(?:checkpoint|ckpt|state)\b.{0,120}\b(?:epoch|step|iter\w*)\b|continuing training from)/i;

/** `{"epoch": 3, "epochs": 30, …}`: the line of an epoch. */
const OWN_EPOCH = /(?<!\b(?:max|total|num|of) )\bepoch["']?\s*[:=]\s*\d/i;

/** `***** Running Evaluation *****`, also behind what a logger writes before it. */
const PHASE = /(?:^\W*|\*{3} )Running (Evaluation|Prediction|evaluation|prediction)\b/;

/** `evaluator INFO: Engine run starting with max_epochs=1.`, `evaluator INFO: Epoch[1] Complete.`: ignite's engines that do not train. */
const EVALUATOR = /(?:evaluator|validator) [A-Z]+: (?:Engine run|Epoch\[)/i;

/**
 * Lines that tell how much there will be, or that it is through: Hugging Face's Trainer (transformers/trainer.py,
 * `_inner_training_loop`), Ultralytics,
 * Carbontracker's prediction (carbontracker/tracker.py), and settings that scripts print when they start. They are
 * believed where nothing better is known.
 */
export const announcements: Family = {
  id: 'announcement',
  readsWords: true,
  hint: /pochs?["' ]*[:=]|POCHS?["' ]*[:=]|for +\d+ +epoch|steps["']?\s*[:=]|iters["']?\s*[:=]|[Rr]esum|oading|estor|ontinuing training|\* Running|(?:evaluat|valid)or [A-Z]+: E/,
  parse(text) {
    const phase = PHASE.exec(text);
    if (phase) {
      const isEvaluation = /evaluation/i.test(phase[1] ?? '');
      return event('hugging-face', { phase: isEvaluation ? 'validate' : 'other', beginsPhase: true });
    }
    if (EVALUATOR.test(text)) return otherWork('announcement', 'validate');
    if (RESUMES.test(text)) return event('announcement', { resumes: true });
    const predicted = PREDICTED.exec(text);
    if (predicted) return event('carbontracker', { totalEpochs: count(predicted[1]) });
    if (OWN_EPOCH.test(text)) return null;
    const steps = count(STEPS.exec(text)?.[1]?.replaceAll(',', ''));
    const epochs = OTHER_EPOCHS.test(text) ? null : EPOCHS.exec(text);
    const totalEpochs = count(epochs?.[1] ?? epochs?.[2]) || null;
    if (!steps && totalEpochs === null) return null;
    return event('announcement', { totalEpochs, totalSteps: steps || null });
  },
};
