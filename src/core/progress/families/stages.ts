import { count, event, type Family } from './family.ts';

/** `Fold 1/5`, `=== Fold 1 ===`, `Training fold 2 of 5`, `--- seed 1/3 ---`. */
const STAGE =
  /^[\s=#*_-]*(?:(?:training|running|starting|train|start|begin\w*)\s+)?(?:on\s+)?\[?(?:(?:k-?)?fold|seed|split|repeat|stage|phase|run|fit)\b\s*[:#]?\s*\[?(\d{1,4})(?:\s*(?:\/|of)\s*(\d{1,4}))?\]?(?=[\s=#*_:.-]*(?:$|\s[-=|]|:))/i;

/** Results name folds too. */
const RESULT = /\b(?:acc\w*|loss|score|auc|f1|rmse|mse|mean|best|done|finished|completed?)\b/i;

/** Lines that begin another training whose epochs count anew: cross-validation, several seeds, stages. */
export const stages: Family = {
  id: 'stages',
  hint: /[Ff]old|FOLD|[Ss]eed|[Ss]plit|[Rr]epeat|[Ss]tage|[Pp]hase|[Rr]un |[Ff]it /,
  parse(text) {
    const match = STAGE.exec(text);
    if (!match || RESULT.test(text)) return null;
    return event('stages', { stage: count(match[1]), totalStages: count(match[2]) });
  },
};
