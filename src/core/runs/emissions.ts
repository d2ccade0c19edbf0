import type { Ahead } from '../carbon/ahead.ts';
import type { CarbonContext } from '../carbon/intensity.ts';
import { Integrator, type Stretch, type StretchesOver } from '../carbon/integrator.ts';
import type { Interval, Projection } from '../projection/projection.ts';
import type { RunSnapshot } from './snapshot.ts';

/** The grid over time, as the carbon service tells it. Without one, the intensity in force holds for each sample. */
export interface Grid {
  /** Changes when something new is known of any time. */
  readonly version: number;
  /** Average intensities over an interval, without gaps. */
  over(fromMillis: number, toMillis: number): readonly Stretch[];
  /** Marginal ones; null where nobody tells them. */
  marginalOver(fromMillis: number, toMillis: number): readonly Stretch[] | null;
  ahead(fromMillis: number, toMillis: number): Ahead;
}

export interface EmissionsContext {
  readonly carbon: () => CarbonContext;
  readonly grid?: Grid;
}

type Recorded = Pick<RunSnapshot, 'emissionsGrams' | 'intensitySegments' | 'marginal'>;

/** A run's grams: each interval's energy times its intensity, counted again when a better figure comes. */
export class Emissions {
  readonly #context: EmissionsContext;
  readonly #average: Integrator;
  readonly #marginal: Integrator;
  /** Of a run that an older version began, which kept no segments. */
  readonly #gramsBefore: number;
  #version = -1;

  constructor(before: Recorded | null, context: EmissionsContext) {
    this.#context = context;
    this.#average = new Integrator(before?.intensitySegments);
    this.#marginal = new Integrator(before?.marginal?.segments);
    this.#gramsBefore = before && !before.intensitySegments ? before.emissionsGrams : 0;
  }

  get grams(): number {
    return this.#gramsBefore + this.#average.grams;
  }

  get recorded(): Recorded {
    const { grams: marginalGrams, segments } = this.#marginal;
    return {
      emissionsGrams: this.grams,
      intensitySegments: this.#average.segments,
      ...(segments.length > 0 ? { marginal: { emissionsGrams: marginalGrams, segments } } : {}),
    };
  }

  /** Energy of the run, used evenly over an interval. */
  add(energyJoules: number, fromMillis: number, toMillis: number): void {
    const { carbon, grid } = this.#context;
    const now = carbon();
    this.#average.add(energyJoules, fromMillis, toMillis, grid ? over(grid) : always(now), now.pue);
    const marginal = grid && marginalOver(grid, fromMillis, toMillis);
    if (marginal) this.#marginal.add(energyJoules, fromMillis, toMillis, marginal, now.pue);
    this.settle();
  }

  /** Counts again what was not final, where final figures have come. */
  settle(): void {
    const { grid } = this.#context;
    if (!grid || grid.version === this.#version) return;
    this.#version = grid.version;
    this.#average.correct(over(grid));
    this.#marginal.correct((from, to) => grid.marginalOver(from, to) ?? []);
  }

  /**
   * What is emitted already plus the energy to come, spread evenly over the time to come, at the intensity of that time.
   * The errors of energy and intensity are independent, so their squares add up (JCGM 100:2008, 5.1.2).
   */
  project(
    { totalEnergyJoules, remainingSeconds }: Projection,
    usedJoules: number,
    nowMillis = Date.now(),
  ): Interval {
    const { carbon, grid } = this.#context;
    const { pue, intensity } = carbon();
    const ahead = grid?.ahead(nowMillis, nowMillis + remainingSeconds.median * 1000);
    const gramsPerJoule = (pue * (ahead?.gramsPerKwh ?? intensity.gramsPerKwh)) / 3.6e6;
    const toCome = (totalEnergyJoules.median - usedJoules) * gramsPerJoule;
    const intensityError = toCome * (ahead?.relativeError ?? 0);
    const side = (joules: number) =>
      Math.hypot((joules - totalEnergyJoules.median) * gramsPerJoule, intensityError);
    const median = this.grams + toCome;
    return {
      median,
      low: Math.max(this.grams, median - side(totalEnergyJoules.low)),
      high: median + side(totalEnergyJoules.high),
    };
  }
}

function over(grid: Grid): StretchesOver {
  return (fromMillis, toMillis) => grid.over(fromMillis, toMillis);
}

function marginalOver(grid: Grid, fromMillis: number, toMillis: number): StretchesOver | null {
  return grid.marginalOver(fromMillis, toMillis) && ((from, to) => grid.marginalOver(from, to) ?? []);
}

function always({ intensity }: CarbonContext): StretchesOver {
  const { gramsPerKwh, source } = intensity;
  return (fromMillis, toMillis) => [
    { fromMillis, toMillis, gramsPerKwh, source, isFinal: true, isTold: true },
  ];
}
