import { t } from '../../../language.ts';
import table from '../data/equivalences.json' with { type: 'json' };

export const EQUIVALENCE_IDS = ['carEu', 'carUs', 'phone', 'petrol', 'tree', 'household'] as const;

export type EquivalenceId = (typeof EQUIVALENCE_IDS)[number];

/** Something people know that emits, or takes up, as much as a run. */
export interface Equivalence {
  readonly id: EquivalenceId;
  readonly amount: number;
  /** `km`, `h`, or empty where things are counted. */
  readonly unit: string;
  /** `driven by an average new car in the EU`. */
  readonly text: string;
  /** Of the constant. */
  readonly year: number;
  readonly source: string;
}

interface Row {
  readonly id: string;
  readonly gramsPerUnit?: number;
  readonly joulesPerUnit?: number;
  readonly unit: string;
  readonly year: number;
  readonly source: string;
}

const rows: readonly Row[] = table.equivalences;

/** What each amount is of. */
const TEXTS: Readonly<Record<EquivalenceId, () => string>> = {
  carEu: () => t('driven by an average new car in the EU'),
  carUs: () => t('driven by an average petrol car in the US'),
  phone: () => t('smartphone charges'),
  petrol: () => t('of petrol burnt'),
  tree: () => t('urban trees growing for ten years'),
  household: () => t('of the electricity of a household in the US'),
};

/**
 * The chosen ones, each with year and source of its constant. The tree's is for ten years, as the EPA tells it.
 *
 * @param facilityJoules energy with that of the building (PUE)
 */
export function equivalences(
  grams: number,
  facilityJoules: number,
  chosen: readonly EquivalenceId[],
): readonly Equivalence[] {
  return chosen.flatMap((id): Equivalence[] => {
    const row = rows.find((candidate) => candidate.id === id);
    if (!row) return [];
    const { unit, year, source } = row;
    const amount = row.joulesPerUnit
      ? facilityJoules / row.joulesPerUnit
      : grams / (row.gramsPerUnit ?? Infinity);
    return [{ id, amount, unit, text: TEXTS[id](), year, source }];
  });
}

/** `0.42 km driven by an average new car in the EU (2024)`. */
export function equivalenceText({ amount, unit, text, year }: Equivalence): string {
  const figure = amount >= 100 ? amount.toFixed(0) : Number(amount.toPrecision(2)).toString();
  return `${figure}${unit ? ` ${unit}` : ''} ${text} (${year})`;
}

export function isEquivalenceId(value: unknown): value is EquivalenceId {
  return EQUIVALENCE_IDS.some((id) => id === value);
}
