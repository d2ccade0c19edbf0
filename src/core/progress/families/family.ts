import { NOTHING, type Phase, type ProgressEvent } from '../event.ts';

/** What a family remembers from one text to the next. */
export interface FamilyMemory {
  /** The table that is being printed, by the family that knows its head. */
  table: string | null;
  /** Its latest rows: one that is redrawn, as by rich.live, says nothing new. */
  readonly rows: string[];
  /** How many trials were announced. */
  trials: number;
  /** The next line tells the best round of those before. */
  isBestNext: boolean;
  /** The bar that shows a training's loss, by its name and total. */
  trainLossBar: string | null;
  /** The epoch of bars that do not name it, and whether its last step was drawn. */
  cutEpoch: { readonly number: number; isOver: boolean } | null;
  /** PyTorch Lightning has said that it is at work. */
  isLightning: boolean;
}

/** How one kind of output tells its progress. */
export interface Family {
  readonly id: string;
  /**
   * What each of its texts holds, cheap to look for: it keeps the rest from `parse`. It asks for no number of digits or
   * spaces.
   */
  readonly hint: RegExp;
  /** It is looked at first where a text holds `%|`. */
  readonly hasBarSign?: true;
  /** It reads texts that hold no number. */
  readonly readsWords?: true;
  /** @returns null for a text that is not of this family */
  parse(text: string, memory: FamilyMemory): ProgressEvent | null;
}

export function newMemory(): FamilyMemory {
  return {
    table: null,
    rows: [],
    trials: 0,
    isBestNext: false,
    trainLossBar: null,
    cutEpoch: null,
    isLightning: false,
  };
}

/** An event that its family still fills in. */
export type EventDraft = { -readonly [Key in keyof ProgressEvent]: ProgressEvent[Key] };

/** An event that says what is told. A loop, since spreads take twice as long and it is made for each redraw. */
export function event(family: string, told: Partial<ProgressEvent>): EventDraft {
  const made: Record<string, unknown> & EventDraft = { ...NOTHING };
  for (const key in told) made[key] = told[key as keyof ProgressEvent];
  made.family = family;
  return made;
}

/** An event that tells no more than that something other than the training goes on, and how far it is. */
export function otherWork(
  family: string,
  phase: Phase = 'other',
  { step = null, totalSteps = null }: Partial<ProgressEvent> = {},
): EventDraft {
  return event(family, { phase, step, totalSteps });
}

/** What `count` reads, for expressions: `1000`, `1,000`. */
export const COUNT = String.raw`\d{1,3}(?:,\d{3})+|\d{1,12}`;

/** A count out of a match, `1,000` too, null where the group is missing or no count. */
export function count(text: string | undefined): number | null {
  if (text === undefined || text.length === 0 || text.length > 15) return null;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === ',') continue;
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return null;
    value = 10 * value + digit;
  }
  return value;
}

/** A decimal out of a match, null where the group is missing or no number. */
export function decimal(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,15}(?:\.\d{1,17})?$/.test(text)) return null;
  return Number(text);
}
