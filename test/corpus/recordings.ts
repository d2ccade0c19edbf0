import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A recording of the list, see README.md. */
export interface Entry {
  readonly name: string;
  readonly set: 'develop' | 'held-out';
}

/** What one read returned. */
export interface Chunk {
  readonly seconds: number;
  readonly text: string;
}

export interface TruthEvent {
  readonly timeSeconds: number;
  readonly epoch: number | null;
  readonly step: number;
}

export interface Stage {
  readonly timeSeconds: number;
  readonly totalEpochs: number | null;
  readonly totalSteps: number | null;
  readonly firstEpoch: number;
}

/** What was true, see README.md. */
export interface Truth {
  readonly command: string;
  readonly totalEpochs: number | null;
  readonly epochsCompleted: number;
  readonly totalSteps: number | null;
  readonly stepsOf: 'epoch' | 'run' | null;
  readonly durationSeconds: number;
  readonly exitCode: number;
  readonly stages: readonly Stage[];
  readonly epochEnds: readonly { readonly timeSeconds: number; readonly epoch: number | null }[];
  readonly events: readonly TruthEvent[];
}

export interface Recording {
  readonly name: string;
  readonly chunks: readonly Chunk[];
  readonly truth: Truth;
}

export function entries(set: Entry['set']): readonly Entry[] {
  const all = JSON.parse(readFileSync(path.join(import.meta.dirname, 'manifest.json'), 'utf8')) as Entry[];
  return all.filter((entry) => entry.set === set);
}

export function readRecording({ name }: Pick<Entry, 'name'>): Recording {
  const file = path.join(import.meta.dirname, 'recordings', name);
  const lines = gunzipSync(readFileSync(`${file}.cast.gz`))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const chunks = lines.slice(1).map((line) => {
    const [seconds, , text] = JSON.parse(line) as [number, string, string];
    return { seconds, text };
  });
  return { name, chunks, truth: JSON.parse(readFileSync(`${file}.truth.json`, 'utf8')) as Truth };
}
