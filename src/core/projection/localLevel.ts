import { median } from '../robust.ts';

/** A value with its weight of work. */
export interface Observation {
  readonly work: number;
  readonly value: number;
  /** An outlier: time goes on, the value tells nothing. */
  readonly isMissing: boolean;
}

/** The mean of what is to come. */
export interface Forecast {
  readonly mean: number;
  readonly deviation: number;
  /** Of Student's t. */
  readonly degreesOfFreedom: number;
}

/** Drift by block, as variance over that of the noise, and how likely each is before anything is seen. */
const DRIFTS = [
  [0, 0.4],
  [0.003, 0.12],
  [0.01, 0.12],
  [0.03, 0.12],
  [0.1, 0.12],
  [0.3, 0.06],
  [1, 0.06],
] as const;

/** Noise of a block before any is seen, relative, and how many blocks that is worth. Engineering judgement. */
const USUAL_NOISE = 0.05;
const USUAL_NOISE_WEIGHT = 2;

interface Filtered {
  readonly level: number;
  /** Of the level and of the squared errors, in units of the noise's variance. */
  readonly variance: number;
  readonly squares: number;
  readonly logLikelihood: number;
}

/**
 * The mean over the `remaining` work, by the local level model: a level that drifts, seen through noise (Durbin and
 * Koopman, "Time Series Analysis by State Space Methods", 2nd ed., chapter 2; Kalman filter from a diffuse start, noise
 * variance concentrated out with an inverse-gamma prior, hence Student's t). How strong the drift is nobody knows: the
 * forecasts of several strengths are averaged by how well each explains what was seen (Hoeting et al., "Bayesian model
 * averaging", Statistical Science 14, 1999). Drift goes on for as long again as it was watched, then levels off, since
 * clocks and batches do not change without end (engineering judgement).
 */
export function forecast(observations: readonly Observation[], remaining: number): Forecast {
  const usual = median(observations.map(({ work }) => work));
  const seen = observations.filter(({ isMissing }) => !isMissing);
  const scale = median(seen.map(({ value }) => value));
  const degreesOfFreedom = USUAL_NOISE_WEIGHT + Math.max(0, seen.length - 1);
  const blocks = Math.max(remaining / usual, 1e-9);
  const models = DRIFTS.map(([drift, prior]) => {
    const { level, variance, squares, logLikelihood } = filter(observations, usual, drift);
    const sum = squares + USUAL_NOISE_WEIGHT * (USUAL_NOISE * scale) ** 2;
    const ahead = Math.min(blocks, observations.length);
    const drifted = drift * ahead * (1 - (2 * ahead) / (3 * blocks));
    return {
      mean: level,
      variance: (sum / degreesOfFreedom) * (variance + drifted + 1 / blocks),
      logWeight: Math.log(prior) + logLikelihood - (degreesOfFreedom / 2) * Math.log(sum),
    };
  });
  return { ...average(models), degreesOfFreedom };
}

function filter(observations: readonly Observation[], usual: number, drift: number): Filtered {
  let level = NaN;
  let variance = 0;
  let squares = 0;
  let logLikelihood = 0;
  for (const { work, value, isMissing } of observations) {
    const noise = usual / work;
    variance += drift / noise;
    if (isMissing) continue;
    if (Number.isNaN(level)) {
      level = value;
      variance = noise;
      continue;
    }
    const error = value - level;
    const spread = variance + noise;
    squares += error ** 2 / spread;
    logLikelihood -= Math.log(spread) / 2;
    level += (variance / spread) * error;
    variance *= noise / spread;
  }
  return { level, variance, squares, logLikelihood };
}

interface Weighted {
  readonly mean: number;
  readonly variance: number;
  readonly logWeight: number;
}

function average(models: readonly Weighted[]): { mean: number; deviation: number } {
  const most = Math.max(...models.map(({ logWeight }) => logWeight));
  const weights = models.map(({ logWeight }) => Math.exp(logWeight - most));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const weigh = (value: (model: Weighted) => number) =>
    models.reduce((sum, model, index) => sum + (value(model) * (weights[index] ?? 0)) / whole, 0);
  const mean = weigh((model) => model.mean);
  const variance = weigh((model) => model.variance + (model.mean - mean) ** 2);
  return { mean, deviation: Math.sqrt(variance) };
}
