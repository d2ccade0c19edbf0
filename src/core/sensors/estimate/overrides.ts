import { t } from '../../../language.ts';
import type { HardwareOverrides } from '../sensor.ts';

export const NO_OVERRIDES: HardwareOverrides = {
  cpuFullWatts: null,
  cpuIdleWatts: null,
  dramWattsPerGigabyte: null,
  gpuFullWatts: null,
};

/** What is true of a wrong one, and how it is called in the environment. */
interface Rule {
  readonly text: (most: number) => string;
  readonly most: number;
  readonly variable: string;
}

/** Engineering judgement: beyond these a figure is a slip of the hand (milliwatts, a whole rack), not hardware. */
const RULES: Readonly<Record<keyof HardwareOverrides, Rule>> = {
  cpuFullWatts: {
    text: (most) => t('The processor’s full power must be a number above 0 and up to {0} W', most),
    most: 10_000,
    variable: 'TRAINING_FOOTPRINT_CPU_FULL_WATTS',
  },
  cpuIdleWatts: {
    text: (most) => t('The processor’s idle power must be a number above 0 and up to {0} W', most),
    most: 10_000,
    variable: 'TRAINING_FOOTPRINT_CPU_IDLE_WATTS',
  },
  dramWattsPerGigabyte: {
    text: (most) => t('The memory’s power per gigabyte must be a number above 0 and up to {0} W/GB', most),
    most: 10,
    variable: 'TRAINING_FOOTPRINT_DRAM_WATTS_PER_GIGABYTE',
  },
  gpuFullWatts: {
    text: (most) => t('A GPU’s full power must be a number above 0 and up to {0} W', most),
    most: 10_000,
    variable: 'TRAINING_FOOTPRINT_GPU_FULL_WATTS',
  },
};

export const OVERRIDE_NAMES = Object.keys(RULES) as readonly (keyof HardwareOverrides)[];

/** One that cannot be meant so. */
export interface OverrideProblem {
  readonly name: keyof HardwareOverrides;
  /** One sentence without its end, to which can be added what is done about it. */
  readonly text: string;
}

/** Takes what a user said of the hardware; what is wrong is left out and told. @param said null or undefined: nothing */
export function checkOverrides(said: Readonly<Record<keyof HardwareOverrides, unknown>>): {
  readonly overrides: HardwareOverrides;
  readonly problems: readonly OverrideProblem[];
} {
  const problems: OverrideProblem[] = [];
  const overrides = { ...NO_OVERRIDES } as { -readonly [Name in keyof HardwareOverrides]: number | null };
  for (const name of OVERRIDE_NAMES) {
    const value = said[name] ?? null;
    const { text, most } = RULES[name];
    if (value === null) continue;
    if (typeof value === 'number' && value > 0 && value <= most) overrides[name] = value;
    else problems.push({ name, text: text(most) });
  }
  if ((overrides.cpuIdleWatts ?? 0) > (overrides.cpuFullWatts ?? Infinity)) {
    overrides.cpuIdleWatts = null;
    problems.push({
      name: 'cpuIdleWatts',
      text: t('The processor’s idle power must not be above its full power'),
    });
  }
  return { overrides, problems };
}

/** What the environment says of the hardware, for the command line. @throws Error where a value is wrong */
export function overridesIn(environment: NodeJS.ProcessEnv): HardwareOverrides {
  const said = Object.fromEntries(
    OVERRIDE_NAMES.map((name) => {
      const text = environment[RULES[name].variable]?.trim();
      return [name, text ? Number(text) : null];
    }),
  ) as Record<keyof HardwareOverrides, number | null>;
  const { overrides, problems } = checkOverrides(said);
  const [problem] = problems;
  if (problem) throw new Error(`${RULES[problem.name].variable}: ${problem.text}`);
  return overrides;
}
