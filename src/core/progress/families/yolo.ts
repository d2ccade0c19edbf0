import type { ProgressEvent } from '../event.ts';
import { count, event, otherWork, type Family, type FamilyMemory } from './family.ts';

/** `      1/100      2.3G      1.203 …        640:  40%|████ | 8/20 [`, of newer versions `640: 40% ━━━━── 8/20 4.2it/s`. */
const TRAIN =
  /^\s*(\d{1,9})\/(\d{1,9})\s+[\d.]+[GMK]B?\s.*?\d{1,3}%(?:\||\s*[━╸╺─]).*?[|━╸╺─]\s*(\d{1,12})\/(\d{1,12})[\s[]/;

/** The head of its validation's table stands before that bar. */
const VALIDATE = /^\s*Class\s+Images\s+(?:Instances|Labels)\b/;

/** `train: Scanning labels...: 100%`, of a narrow terminal `train: Sc…: 100%`: no training. */
const SCANS = /^\s*(?:train|val|test): [SC]\w*(?:…|\.\.\.|\s)/;

/** `      Epoch    GPU_mem   box_loss …` before each epoch. */
const HEAD = /^\s*Epoch\s+GPU_mem\s/i;

/** `       …: 40% ━━━━──────── 8/20 4.2it/s`, `        2…: 100% ━━━ 20/20`: a narrow terminal leaves no room for the epoch. */
const CUT = /^\s*\d*…:\s+\d{1,3}% [━╸╺─]+\s*(\d{1,12})\/(\d{1,12})\s/;

const COMPLETED = /^\s*\d+ epochs completed in [\d.]+ hours/;

/** Ultralytics YOLO (ultralytics/engine/trainer.py): the epoch stands before the bar, from 1; YOLOv5 counts from 0. */
export const yolo: Family = {
  id: 'yolo',
  hasBarSign: true,
  readsWords: true,
  hint: /^\s*(?:(?:train|val|test): |\d+\/\d+\s+[\d.]+[GMK]|Class\s|Epoch +GPU_mem|\d*…: +\d+% |\d+ epochs completed in)/i,
  parse(text, memory) {
    if (HEAD.test(text)) {
      memory.cutEpoch = { number: (memory.cutEpoch?.number ?? 0) + 1, isOver: false };
      return null;
    }
    if (COMPLETED.test(text)) return event('yolo', { isEnd: true });
    if (SCANS.test(text)) return otherWork('yolo');
    if (VALIDATE.test(text)) return otherWork('yolo', 'validate');
    const match = TRAIN.exec(text);
    if (!match) return cutRow(text, memory);
    const steps = { step: count(match[3]), totalSteps: count(match[4]), bar: 'yolo' };
    return event('yolo', { epoch: count(match[1]), totalEpochs: count(match[2]), ...steps });
  },
};

/** Which epoch it is then is told by how many heads were printed; what follows its last step is the validation. */
function cutRow(text: string, { cutEpoch }: FamilyMemory): ProgressEvent | null {
  const match = cutEpoch && CUT.exec(text);
  if (!match) return null;
  if (cutEpoch.isOver) return otherWork('yolo', 'validate');
  const [step, totalSteps] = [count(match[1]), count(match[2])];
  cutEpoch.isOver = step === totalSteps;
  return event('yolo', { epoch: cutEpoch.number, step, totalSteps, bar: 'yolo' });
}
