/**
 * How scripts of several languages call an epoch: English, German, Italian, Spanish and Portuguese, French, Polish and Turkish,
 * Russian, Chinese, Japanese, Korean. For expressions with the flag `i`.
 */
export const EPOCH_WORD = String.raw`epoche?|[eé]poca|[eé]poque|epoka?|эпоха|轮次|エポック|에포크|에폭`;

/** One of them stands in a text: cheap to look for. */
export const EPOCH_HINT = String.raw`epoch|EPOCH|Epoch|\b[Ee]p\b|po[ck]a|poque|\b[Ee]pok\b|поха|轮|エポック|에포크|에폭`;
