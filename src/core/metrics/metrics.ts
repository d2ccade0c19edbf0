/** What the output said of the model's quality: names as printed, with their values. */
export type Metrics = Readonly<Record<string, number>>;

/** A longer text is read from its end, where tqdm and Keras have their values. Engineering judgement. */
const MOST_CHARACTERS = 1024;

/** Of one text. Engineering judgement: the longest known lines (Keras, DeepSpeed, RL tables) have about ten. */
const MOST_PAIRS = 24;

/**
 * A name and its number, as Keras (`val_loss: 0.12`), Hugging Face (`'eval_loss': '0.12'`), Lightning and tqdm
 * (`loss=0.12`), XGBoost (`eval-logloss:0.12`), LightGBM (`valid_1's auc: 0.9`), timm, torchvision and PyTorch's
 * examples (`Loss 0.198 (0.454)`, the mean in brackets; `47/50 (94%)`), Stable-Baselines3 (`| loss | 0.1 |`) and most scripts print
 * them. A word before the name says of which data it is: `val loss 0.3`.
 */
const PAIR =
  /(?:\b(train|training|val|valid|validation|eval|evaluation|test|dev|lm|avg|mean|total|best)(?:'s|_\d{1,3}'s)?[\s:]{1,3})?(?<![\w.@/-]|from )["']?([A-Za-z][\w@/.-]{0,39}(?:'s [a-z]\w{0,30})?)["']?\s{0,24}(?:[:=|(]\s{0,24}|\s)["']?([-+]?(?:\d{1,15}(?:\.\d{0,17})?|\.\d{1,17})(?:[eE][-+]?\d{1,3})?)(?![\w.])\s?%?(?:\s?\/\s?(\d{1,9})(?![\w.]))?(?:\s{0,3}\(\s{0,3}([-+]?\d{1,15}(?:\.\d{1,17})?(?:[eE][-+]?\d{1,3})?)\s?%?\))?/g;

/** What metrics are called. */
const METRIC =
  /loss|acc(?!um|el|ess|ount|ept)|err(?:or)?(?![a-z])|\bf1|(?:^|[_/.-])f1|auc|auroc|precision|recall|bleu|rouge|\bwer\b|\bcer\b|perplexity|ppl|mse|mae|rmse|\br2\b|iou|dice|\bm?ap(?:50|@|_)|reward|return|score|kappa|mcc|psnr|ssim|\bfid\b|nll|elbo|\bbp[cb]\b|top-?[15]\b/i;

/** What looks like one and is none. */
const NO_METRIC =
  /scale|weight|norm|steps?$|time|second|per_|runtime|_lr|(?:^|[_/])lr|rate|std|count|num|size|epoch|iter|threshold|last_|errors?_count|accum|map_location|initscore|^best/i;

/** Text without any of these has nothing to read. */
const HINT =
  /loss|acc|err|f1|auc|auroc|prec|rec|bleu|rouge|wer|cer|perp|ppl|m[as]e|r2|iou|dice|map|rew|return|score|kappa|mcc|psnr|ssim|fid|nll|elbo|bp[cb]|top/i;

/** Data of which a text speaks before its first metric: `Validation: loss 0.3`, `Epoch(val) [2][10/10] accuracy: 1`. */
const OTHER_DATA =
  /(?:^|[\s([{|*-])(val|valid|validation|eval|evaluation|test|dev)(?:idating|uating|ing)?\b/i;

/** Names that say by themselves that they are not of the training's data. */
const NAMES_DATA = /^(?:val|valid|validation|eval|evaluation|test|dev)(?![a-z])/i;

/** The metrics that a text of the terminal tells; null where it tells none. Values that are no numbers are left out. */
export function metricsIn(text: string): Metrics | null {
  if (!HINT.test(text)) return null;
  const shown = text.length > MOST_CHARACTERS ? text.slice(-MOST_CHARACTERS) : text;
  const found = new Map<string, number>();
  PAIR.lastIndex = 0;
  let data: string | null | undefined;
  for (let pairs = 0; pairs < MOST_PAIRS; pairs++) {
    const match = PAIR.exec(shown);
    if (!match) break;
    const [, before, printed = '', number, of, inBrackets] = match;
    if (!isMetric(printed)) continue;
    const value = inBrackets === undefined ? Number(number) / Number(of ?? 1) : Number(inBrackets);
    if (!Number.isFinite(value) || before?.toLowerCase() === 'best') continue;
    data ??= OTHER_DATA.exec(shown.slice(0, match.index))?.[1] ?? null;
    found.set(nameOf(printed, before ?? null, data), value);
  }
  return found.size === 0 ? null : Object.fromEntries(found);
}

/** Whether a metric is of data that the model was not trained on, so that it may come when its epoch is over. */
export function isOfOtherData(name: string): boolean {
  return NAMES_DATA.test(name);
}

/** Whether a name is one that metrics have. */
export function isMetric(printed: string): boolean {
  return printed === 'mAP' || (METRIC.test(printed) && !NO_METRIC.test(printed));
}

function nameOf(printed: string, before: string | null, data: string | null): string {
  const name = printed.replace("'s ", '_').replace(/[.:]$/, '');
  if (NAMES_DATA.test(name)) return name;
  const of = before ?? data;
  return of === null ? name : `${of.toLowerCase()}_${name}`;
}
