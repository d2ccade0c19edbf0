import { announcements } from './announcements.ts';
import { bars } from './bars.ts';
import { boosting } from './boosting.ts';
import { bracketed } from './bracketed.ts';
import { carbontracker } from './carbontracker.ts';
import { epochLine } from './epochLine.ts';
import type { Family } from './family.ts';
import { huggingFace } from './huggingFace.ts';
import { iterations } from './iterations.ts';
import { keras } from './keras.ts';
import { lightning } from './lightning.ts';
import { nemo } from './nemo.ts';
import { percents } from './percents.ts';
import { rich } from './rich.ts';
import { stableBaselines } from './stableBaselines.ts';
import { stages } from './stages.ts';
import { tables } from './tables.ts';
import { timm } from './timm.ts';
import { tqdm } from './tqdm.ts';
import { trials } from './trials.ts';
import { yolo } from './yolo.ts';

/** Every family, the more particular first. A new one is its file and its line here. */
export const families: readonly Family[] = [
  huggingFace,
  yolo,
  tqdm,
  keras,
  rich,
  bars,
  timm,
  nemo,
  boosting,
  stableBaselines,
  trials,
  tables,
  carbontracker,
  lightning,
  announcements,
  stages,
  epochLine,
  iterations,
  bracketed,
  percents,
];
