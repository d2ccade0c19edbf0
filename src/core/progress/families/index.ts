import { epochLine } from './epochLine.ts';
import type { Family } from './family.ts';
import { keras } from './keras.ts';
import { tqdm } from './tqdm.ts';

/** Every family, the more particular first. A new one is its file and its line here. */
export const families: readonly Family[] = [tqdm, keras, epochLine];
