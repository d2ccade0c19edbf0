import { carbontracker } from './carbontracker/index.ts';
import { codecarbon } from './codecarbon.ts';
import type { ImportFormat } from './importing.ts';
import { ownJson } from './ownJson.ts';

/** What can be imported. A new format is its file and its line here. */
export const importFormats: readonly ImportFormat[] = [carbontracker, codecarbon, ownJson];
