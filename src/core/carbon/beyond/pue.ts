import table from '../data/pue.json' with { type: 'json' };
import { allCloudRegions } from '../regions.ts';

/** A known power usage effectiveness to offer in a picker. */
export interface KnownPue {
  readonly name: string;
  readonly pue: number;
  readonly year: number | null;
  readonly source: string;
}

/** General values first, then each cloud region that its provider tells one of. */
export function knownPues(): readonly KnownPue[] {
  const regions = allCloudRegions().flatMap(({ id, name, pue, pueYear }): KnownPue[] =>
    pue === null ? [] : [{ name: `${id} (${name})`, pue, year: pueYear, source: 'the provider’s figure' }],
  );
  return [...table.values, ...regions];
}
