/** Why a model card is left as it is: one sentence for people. */
export class CardError extends Error {}
