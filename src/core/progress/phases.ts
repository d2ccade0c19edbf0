import type { Phase } from './event.ts';

/** A metric is no phase: `val_loss`, `test acc`. */
const NO_METRIC = String.raw`(?![ _-]?(?:loss|acc|err|auc|f1|score|metric|iou|map|bleu|ppl|mse|mae|rmse))`;

/** Words for what measures the model while it trains. */
const VALIDATE = new RegExp(String.raw`\b(?:val|valid|validat\w*|eval|evaluat\w*|dev)\b${NO_METRIC}`, 'i');

/** What is done to data, files and models before or after a training, whatever else the name says. */
const OTHER_WORK =
  /\b(?:download|upload|load|fetch|token|preprocess|prepar|extract|unzip|sav|install|collect|cach|scann|encod|convert|calibrat|resolv|read|writ|import|push|compil|quantiz|index|pack|truncat|apply|format|shuffl|group|dropp|add|build|pars|verify|check|hash|filter|mapp|cast|generat|copy|mov)(?:ing|i[sz]ing|ed|e|ation|s)?\b(?! (?:loss|acc))/i;

/** Words for what is neither training nor validation: tests, sanity checks, checkpoints, the search for a learning rate. */
const OTHER = new RegExp(
  String.raw`\b(?:test|testing|infer\w*|predict\w*|sanity|map|filter|generation|shards?|checkpoint\w*|dataset|warm-?up|embedding|finding|lr[ _-]?find\w*)\b${NO_METRIC}`,
  'i',
);

/** Words that make it the training after all: `Train (test set held out)`. */
const TRAIN = /\b(?:train|training|fit|fitting)\b(?! (?:data|dataset|set|samples|images|split))/i;

/** Files and addresses that are loaded: `model.safetensors`, `train-00000-of-00001.parquet`. */
const FILE = /\.(?:safetensors|bin|json|txt|parquet|zip|gz|tar|tgz|whl|csv|pt|pth|h5|npz|model)\b|:\/\//i;

/** What a bar's name says that it is of. A name without a word for it is taken for the training. */
export function phaseOf(name: string): Phase {
  if (name === '') return 'train';
  if (FILE.test(name)) return 'other';
  const isTraining = TRAIN.test(name);
  if (VALIDATE.test(name)) return isTraining ? 'train' : 'validate';
  if (OTHER_WORK.test(name)) return 'other';
  return OTHER.test(name) && !isTraining ? 'other' : 'train';
}
