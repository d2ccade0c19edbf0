import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  VIRTUAL_CPU_FULL_WATTS,
  VIRTUAL_CPU_IDLE_WATTS,
} from '../../src/core/sensors/estimate/powerModel.ts';
import { minus, NOTHING, type Cost } from '../../src/core/projection/cost.ts';
import type { Shape, Trace, TraceEvent } from './trace.ts';

const FILE = path.join(import.meta.dirname, 'recorded.json.gz');

/** See recorder.py. Numbers are differences. */
interface Recording {
  readonly name: string;
  readonly shape: Shape;
  readonly epochsAreSeen: boolean;
  readonly plannedEpochs: number;
  readonly stepsPerEpoch: number | null;
  readonly stopEpoch?: number | null;
  readonly kinds: string;
  readonly steps: readonly number[];
  readonly millis: readonly number[];
  readonly cpuMillis: readonly number[];
}

/**
 * Real trainings, with the times of their steps as they came. Their power is a load model's, for want of a sensor on
 * the machine that trained: one virtual processor between its idle and full power by the processor time that the
 * training took (Cloud Carbon Footprint's averages, the same that the estimate uses).
 */
export function recordedTraces(): readonly Trace[] {
  const lines = gunzipSync(readFileSync(FILE)).toString().trim().split('\n');
  return lines.map((line, index) => traceOf(JSON.parse(line) as Recording, index % 2 === 0));
}

/**
 * The recordings that the projection was developed on: those whose name's SHA-256 ends on 0, 4, 8 or c, and `busy-lstm`,
 * which had another name then. No figure is told of them.
 */
export function isForDevelopment(name: string): boolean {
  const last = createHash('sha256').update(name).digest('hex').slice(-1);
  return '048c'.includes(last) || name === 'busy-lstm';
}

/** A training whose epochs differ more than this in time, from the second on, was disturbed, whatever was planned. */
const STEADY_VARIATION = 0.1;

function shapeOf(planned: Shape, epochs: readonly Cost[]): Shape {
  const seconds = epochs.slice(1).map(({ timeSeconds }) => timeSeconds);
  const mean = seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
  const squares = seconds.reduce((sum, each) => sum + (each / mean - 1) ** 2, 0);
  return planned === 'steady' && Math.sqrt(squares / seconds.length) > STEADY_VARIATION ? 'noisy' : planned;
}

/** @param showsPhases every second training's output tells its validations from its steps */
function traceOf(recording: Recording, showsPhases: boolean): Trace {
  const { name, shape, epochsAreSeen, plannedEpochs, stepsPerEpoch, stopEpoch } = recording;
  const all = [...eventsOf(recording)];
  const begins = all.filter(({ kind }) => kind === 'b');
  const ends = all.filter(({ kind }) => kind === 'E');
  const epochs = ends.map(({ event }, index) => minus(event, begins[index]?.event ?? event));
  return {
    name,
    shape: shapeOf(shape, epochs),
    source: 'recorded',
    unit: epochsAreSeen ? 'epoch' : 'step',
    workToDo: epochsAreSeen ? plannedEpochs : plannedEpochs * (stepsPerEpoch ?? 1),
    hasSteps: stepsPerEpoch !== null,
    events: all.map(({ event }) => (showsPhases ? event : { ...event, phase: null })),
    epochs,
    end: all.at(-1)?.event ?? NOTHING,
    stopped: stopEpoch ? (ends[stopEpoch - 1]?.event ?? null) : null,
  };
}

interface Seen {
  readonly kind: string;
  readonly event: TraceEvent;
}

function* eventsOf({
  kinds,
  steps,
  millis,
  cpuMillis,
  stepsPerEpoch,
  epochsAreSeen,
}: Recording): Generator<Seen> {
  let [step, time, cpu, epoch] = [0, 0, 0, 0];
  let isValidating = false;
  for (const [index, kind] of [...kinds].entries()) {
    step += steps[index] ?? 0;
    time += millis[index] ?? 0;
    cpu += cpuMillis[index] ?? 0;
    if (kind === 'v' || kind === 'V') isValidating = kind === 'v';
    const within = kind === 'E' || !stepsPerEpoch ? 0 : step / stepsPerEpoch;
    if (kind === 'E') epoch += 1;
    const work = epochsAreSeen ? epoch + within : (epoch + within) * (stepsPerEpoch ?? 1);
    const phase = isValidating ? 'validate' : 'train';
    yield {
      kind,
      event: { ...costOf(time, cpu), work, epochsCompleted: epochsAreSeen ? epoch : 0, phase },
    };
  }
}

function costOf(millis: number, cpuMillis: number) {
  const dynamicWatts = VIRTUAL_CPU_FULL_WATTS - VIRTUAL_CPU_IDLE_WATTS;
  const energyJoules = (VIRTUAL_CPU_IDLE_WATTS * millis + dynamicWatts * cpuMillis) / 1000;
  return { energyJoules, timeSeconds: millis / 1000 };
}
