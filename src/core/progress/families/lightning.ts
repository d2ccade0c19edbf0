import type { ProgressEvent } from '../event.ts';
import { count, event, type EventDraft, type Family, type FamilyMemory } from './family.ts';

/** What its Trainer says when it starts, and of a checkpoint. */
const STARTS =
  /^(?:💡|⚡)?\s*(?:GPU|TPU|HPU|IPU) available: |^Restor(?:ed all|ing) states from the checkpoint/;

/** `Trainer.fit` stopped: `max_epochs=3` reached. */
const FIT_STOPPED = /`Trainer\.fit` stopped: `(max_epochs|max_steps)=(\d{1,12})` reached/;

/**
 * PyTorch Lightning's own lines (lightning/pytorch/trainer/setup.py, `_log_device_info`; `_FitLoop.done` in
 * lightning/pytorch/loops/fit_loop.py). Its bars are read as those of tqdm and rich.
 */
export const lightning: Family = {
  id: 'lightning',
  readsWords: true,
  hint: /PU available|Restor|Trainer\.fit/,
  parse(text, memory) {
    memory.isLightning ||= STARTS.test(text);
    const stopped = FIT_STOPPED.exec(text);
    if (!stopped) return null;
    const total = count(stopped[2]);
    return stopped[1] === 'max_epochs'
      ? event('lightning', { totalEpochs: total, isEnd: true })
      : event('lightning', { totalSteps: total, isCutOff: true });
  },
};

/** Lightning counts epochs from 0; with a logger it names its version in each bar of an epoch. */
export function countedFrom(told: EventDraft, text: string, memory: FamilyMemory): ProgressEvent {
  if (told.epoch !== null && (memory.isLightning || text.includes('v_num'))) told.countsFrom = 0;
  return told;
}
