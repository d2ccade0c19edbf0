import type { Cost } from '../../src/core/projection/cost.ts';
import { Chance } from './chance.ts';
import type { Shape, Trace, TraceEvent } from './trace.ts';

/** What a training is like. Times in seconds, powers in watts. */
interface Model {
  readonly epochs: number;
  readonly steps: number;
  readonly epochsAreSeen: boolean;
  readonly stepsAreSeen: boolean;
  readonly phasesAreSeen: boolean;
  readonly startupSeconds: number;
  readonly stepSeconds: number;
  /** Relative deviation of a step, and how much of it the next step keeps. */
  readonly noise: number;
  readonly memory: number;
  readonly watts: number;
  /** The first steps take longer: the first one by `compileSeconds`, those after it by a share that fades. */
  readonly compileSeconds: number;
  readonly warmShare: number;
  readonly warmSteps: number;
  /** A validation every so many epochs, 0 for never; its time as a share of an epoch's. */
  readonly validateEvery: number;
  readonly validateShare: number;
  /** From this share of the run on, speed and power fall towards these shares of what they were. */
  readonly throttleAt: number;
  readonly throttledSpeed: number;
  readonly throttledPower: number;
  /** Chance by epoch that others begin to use the machine, for about an epoch; how much slower it then is. */
  readonly disturbance: number;
  readonly slowdown: number;
  /** Share of the plan after which early stopping ends it; 0 where it does not. */
  readonly stopAt: number;
}

const SHAPES: readonly Shape[] = [
  'steady',
  'warm-up',
  'validation',
  'early stopping',
  'throttling',
  'noisy',
  'short epochs',
  'one long epoch',
  'no epochs',
];

/** No output shows more moments than this; steps between two of them are printed together. */
const MOST_EVENTS = 1500;

/** Power of a validation, of the time before the first step, and of compilation, as shares of the training's. */
const VALIDATION_POWER = 0.8;
const STARTUP_POWER = 0.35;
const COMPILE_POWER = 0.45;

/** `count` trainings of each shape. The same seed makes the same trainings. */
export function generatedTraces(seed: number, count: number): readonly Trace[] {
  return SHAPES.flatMap((shape, row) =>
    Array.from({ length: count }, (_, index) => {
      const chance = new Chance(seed * 1_000_003 + row * 1009 + index);
      return simulate(`${shape} ${seed}.${index + 1}`, shape, modelOf(shape, chance), chance);
    }),
  );
}

function modelOf(shape: Shape, chance: Chance): Model {
  const usual: Model = {
    epochs: chance.whole(8, 60),
    steps: chance.whole(40, 300),
    epochsAreSeen: true,
    stepsAreSeen: chance.next() < 0.75,
    phasesAreSeen: chance.next() < 0.5,
    startupSeconds: chance.between(4, 40),
    stepSeconds: chance.between(0.03, 0.5),
    noise: chance.between(0.02, 0.1),
    memory: chance.between(0, 0.8),
    watts: chance.between(40, 400),
    compileSeconds: chance.between(0, 5),
    warmShare: chance.between(0, 0.3),
    warmSteps: chance.whole(2, 20),
    validateEvery: chance.next() < 0.75 ? 1 : 0,
    validateShare: chance.between(0.01, 0.12),
    throttleAt: 0,
    throttledSpeed: 1,
    throttledPower: 1,
    disturbance: 0,
    slowdown: 1,
    stopAt: 0,
  };
  return { ...usual, ...particular(shape, chance, usual) };
}

function particular(shape: Shape, chance: Chance, usual: Model): Partial<Model> {
  switch (shape) {
    case 'warm-up':
      return {
        compileSeconds: chance.between(20, 90),
        warmShare: chance.between(0.5, 4),
        warmSteps: chance.whole(10, 60),
      };
    case 'validation':
      return { validateEvery: 5, validateShare: chance.between(0.1, 0.5) };
    case 'early stopping':
      return { stopAt: chance.between(0.3, 0.8) };
    case 'throttling':
      return {
        throttleAt: chance.between(0.04, 0.2),
        throttledSpeed: chance.between(0.75, 0.95),
        throttledPower: chance.between(0.7, 0.95),
      };
    case 'noisy':
      return {
        noise: chance.between(0.1, 0.3),
        disturbance: chance.between(0.05, 0.2),
        slowdown: chance.between(1.2, 2),
      };
    case 'short epochs':
      return {
        epochs: chance.whole(100, 400),
        steps: chance.whole(4, 20),
        stepSeconds: chance.between(0.03, 0.2),
      };
    case 'one long epoch':
      return { epochs: 1, steps: chance.whole(800, 6000), stepsAreSeen: true };
    case 'no epochs':
      return {
        epochs: 1,
        steps: chance.whole(800, 6000),
        epochsAreSeen: false,
        stepsAreSeen: true,
        validateEvery: 0,
      };
    default:
      return { noise: Math.min(usual.noise, 0.06) };
  }
}

function simulate(name: string, shape: Shape, model: Model, chance: Chance): Trace {
  const run = new Simulation(model, chance);
  run.train();
  return {
    name,
    shape,
    source: 'generated',
    unit: model.epochsAreSeen ? 'epoch' : 'step',
    workToDo: model.epochsAreSeen ? model.epochs : model.steps,
    hasSteps: model.stepsAreSeen,
    events: run.events,
    epochs: run.epochs,
    end: run.used(),
    stopped: model.stopAt > 0 ? (run.ends[Math.ceil(model.stopAt * model.epochs) - 1] ?? null) : null,
  };
}

class Simulation {
  readonly events: TraceEvent[] = [];
  readonly ends: Cost[] = [];
  readonly epochs: Cost[] = [];
  readonly #model: Model;
  readonly #chance: Chance;
  #timeSeconds = 0;
  #energyJoules = 0;
  #stepsDone = 0;
  #noise = 0;
  #disturbedSteps = 0;

  constructor(model: Model, chance: Chance) {
    this.#model = model;
    this.#chance = chance;
  }

  used() {
    return { energyJoules: this.#energyJoules, timeSeconds: this.#timeSeconds };
  }

  train(): void {
    const { startupSeconds, epochs, watts } = this.#model;
    this.#use(startupSeconds, watts * STARTUP_POWER);
    for (let epoch = 0; epoch < epochs; epoch++) this.#epoch(epoch);
  }

  #use(seconds: number, watts: number): void {
    this.#timeSeconds += seconds;
    this.#energyJoules += seconds * watts;
  }

  #see(work: number, phase: TraceEvent['phase']): void {
    const { epochsAreSeen, phasesAreSeen, steps } = this.#model;
    const shown = epochsAreSeen ? work : work * steps;
    const epochsCompleted = epochsAreSeen ? this.ends.length : 0;
    this.events.push({ work: shown, epochsCompleted, phase: phasesAreSeen ? phase : null, ...this.used() });
  }

  #epoch(epoch: number): void {
    const { steps, epochs, stepsAreSeen, validateEvery } = this.#model;
    const before = this.used();
    const stride = Math.ceil((epochs * steps) / MOST_EVENTS);
    this.#see(epoch, 'train');
    for (let step = 1; step <= steps; step++) {
      this.#step();
      if (stepsAreSeen && (step % stride === 0 || step === steps)) this.#see(epoch + step / steps, 'train');
    }
    if (validateEvery && (epoch + 1) % validateEvery === 0) this.#validate(stepsAreSeen ? epoch + 1 : epoch);
    this.ends.push(this.used());
    this.#see(epoch + 1, 'train');
    const { energyJoules, timeSeconds } = this.used();
    this.epochs.push({
      energyJoules: energyJoules - before.energyJoules,
      timeSeconds: timeSeconds - before.timeSeconds,
    });
  }

  #step(): void {
    const { stepSeconds, noise, memory, watts, compileSeconds, warmShare, warmSteps } = this.#model;
    this.#noise = memory * this.#noise + Math.sqrt(1 - memory ** 2) * this.#chance.normal();
    if (this.#stepsDone === 0) this.#use(compileSeconds, watts * COMPILE_POWER);
    const warm = 1 + warmShare * Math.exp(-this.#stepsDone / warmSteps);
    const { speed, power } = this.#throttle();
    const seconds = (stepSeconds * Math.exp(noise * this.#noise) * warm * this.#disturb()) / speed;
    this.#use(seconds, watts * power * this.#chance.factor(0.03));
    this.#stepsDone += 1;
  }

  #throttle(): { speed: number; power: number } {
    const { epochs, steps, throttleAt, throttledSpeed, throttledPower } = this.#model;
    if (throttleAt === 0) return { speed: 1, power: 1 };
    const since = Math.max(0, this.#stepsDone / (epochs * steps) - throttleAt);
    const share = 1 - Math.exp(-since / (throttleAt / 2));
    return { speed: 1 - share * (1 - throttledSpeed), power: 1 - share * (1 - throttledPower) };
  }

  #disturb(): number {
    const { disturbance, steps, epochs, slowdown } = this.#model;
    const usual = Math.min(steps, Math.ceil((steps * epochs) / 15));
    if (this.#chance.next() < disturbance / steps)
      this.#disturbedSteps = Math.ceil(usual * this.#chance.factor(0.5));
    this.#disturbedSteps -= 1;
    return this.#disturbedSteps > 0 ? slowdown : 1;
  }

  #validate(work: number): void {
    const { steps, stepSeconds, validateShare, watts } = this.#model;
    const seconds = steps * stepSeconds * validateShare * this.#chance.factor(0.03);
    const { speed, power } = this.#throttle();
    this.#see(work, 'validate');
    this.#use(seconds / speed, watts * VALIDATION_POWER * power);
  }
}
