import { Procfs } from '../core/metering/procfs.ts';
import { Sampler } from '../core/metering/sampler.ts';
import { historyFile } from '../core/runs/location.ts';
import { Recorder, type RecorderOptions } from '../core/runs/recorder.ts';
import type { SensorContext, SensorList } from '../core/sensors/sensor.ts';
import type { Carbon } from './carbon/carbon.ts';
import type { Messages } from './messages.ts';
import type { Settings } from './settings.ts';

/** Builds the core's recorder with this editor's settings and messages. Nothing is opened or read yet. */
export function createRecorder(
  sensors: SensorList,
  roots: SensorContext,
  settings: Settings,
  carbon: Carbon,
  messages: Messages,
  listeners: Pick<RecorderOptions, 'onChange' | 'onAlive'>,
): Recorder {
  const sampler = new Sampler({
    sensors,
    procfs: new Procfs(roots.procfs),
    periodSeconds: () => settings.periodSeconds(),
    idlePower: () => settings.idlePower(),
    onError: (error) => messages.logError(error),
  });
  const recorder = new Recorder({
    ...listeners,
    sampler,
    openStore: async () => (await import('../core/runs/store.ts')).Store.open(historyFile(process.env)),
    context: {
      carbon: () => carbon.context(),
      grid: carbon,
      assumptions: () => sampler.assumptions,
      idlePower: () => settings.idlePower(),
    },
    onProblem: (message) => messages.warnOnce(message),
  });
  carbon.correctIn(() => recorder.store());
  return recorder;
}
