import { t } from '../../../language.ts';
import type { HardwareOverrides } from '../sensor.ts';

/**
 * Constants of the estimate, for machines without a power sensor. Each names its source; together they are good to
 * about ±50 %, which is what the estimate carries. Engineering judgement: the design power of a processor differs from
 * what a load draws by a third and more, and so does idle power from machine to machine.
 */
export const ESTIMATE_UNCERTAINTY = 0.5;

/**
 * What remains where the user has given idle and full power: the curve between them, and how far they hold. The curve
 * of Fan et al. (see `cpuPower`) lies 12 % of the range above a straight line at most. Engineering judgement.
 */
export const TOLD_UNCERTAINTY = 0.25;

/**
 * Power of a virtual CPU idle and at full load, watts: the averages that Cloud Carbon Footprint derives from
 * SPECpower results for the machines of AWS (cloudcarbonfootprint.org/docs/methodology, Apache-2.0).
 */
export const VIRTUAL_CPU_IDLE_WATTS = 0.74;
export const VIRTUAL_CPU_FULL_WATTS = 3.5;

/** Idle power as a share of full power, from the same two averages. */
export const IDLE_SHARE = VIRTUAL_CPU_IDLE_WATTS / VIRTUAL_CPU_FULL_WATTS;

/** Full power of a processor whose model is not in the table: CodeCarbon’s own default for that case. */
export const UNKNOWN_CPU_WATTS = 85;

/** What is known of the processors of a machine. */
export interface CpuFacts {
  /** Whether this is a virtual machine, whose share of the host's processor is unknown. */
  readonly isVirtual: boolean;
  readonly threads: number;
  readonly packages: number;
  /** Power that all packages together may draw for long, as the machine itself tells it; null where it does not. */
  readonly limitWatts: number | null;
  /** Thermal design power of one package; null where the model is not in the table. */
  readonly tdpWatts: number | null;
}

export interface CpuPower {
  readonly idleWatts: number;
  readonly fullWatts: number;
  readonly uncertainty: number;
  /** Where the figures come from, for people. */
  readonly basis: string;
}

interface Figure {
  readonly watts: number;
  readonly basis: string;
}

/**
 * Idle and full power of all processors together, by the best that is known: what the user says, the machine's own
 * limit, averages of virtual CPUs, the model's design power, a default.
 *
 * In between, power is linear in the load: P = idle + (full - idle) x load. Fan, Weber, Barroso, "Power Provisioning for
 * a Warehouse-sized Computer" (ISCA 2007) use this model for servers, and one with 2u - u^1.4 in place of the load u,
 * which is 12 % of the range higher at most (u = 0.43): far less than the error of the two ends. Only the straight line
 * makes the energy of any interval follow exactly from the processor times at its ends, whatever happened in between.
 */
export function cpuPower(facts: CpuFacts, told: HardwareOverrides): CpuPower {
  const full = fullPower(facts, told);
  const idle = idlePower(facts, told, full.watts);
  const isTold = told.cpuFullWatts !== null && told.cpuIdleWatts !== null;
  return {
    idleWatts: Math.min(idle.watts, full.watts),
    fullWatts: full.watts,
    uncertainty: isTold ? TOLD_UNCERTAINTY : ESTIMATE_UNCERTAINTY,
    basis: `${full.basis}; ${idle.basis}`,
  };
}

function fullPower(facts: CpuFacts, told: HardwareOverrides): Figure {
  if (told.cpuFullWatts !== null)
    return { watts: told.cpuFullWatts, basis: t('{0} W at full load (your setting)', told.cpuFullWatts) };
  const { watts, basis } = modelledFullPower(facts);
  const idleWatts = told.cpuIdleWatts ?? 0;
  return idleWatts > watts
    ? {
        watts: idleWatts,
        basis: t('{0} W at full load, too (your setting for idle is above {1})', idleWatts, basis),
      }
    : { watts, basis };
}

function modelledFullPower({ isVirtual, threads, packages, limitWatts, tdpWatts }: CpuFacts): Figure {
  if (limitWatts !== null)
    return {
      watts: limitWatts,
      basis: t('{0} W at full load (its power limit, by powercap)', round(limitWatts)),
    };
  if (isVirtual)
    return {
      watts: threads * VIRTUAL_CPU_FULL_WATTS,
      basis: t(
        '{0} virtual CPUs at {1} W each at full load (Cloud Carbon Footprint)',
        threads,
        VIRTUAL_CPU_FULL_WATTS,
      ),
    };
  const each = tdpWatts ?? UNKNOWN_CPU_WATTS;
  const source =
    tdpWatts === null ? t('model not in our table, CodeCarbon’s default') : t('TDP, CodeCarbon’s table');
  const basis =
    packages > 1
      ? t('{0} processors of {1} W at full load ({2})', packages, each, source)
      : t('{0} W at full load ({1})', each, source);
  return { watts: packages * each, basis };
}

function idlePower(
  { isVirtual, threads, limitWatts }: CpuFacts,
  told: HardwareOverrides,
  full: number,
): Figure {
  if (told.cpuIdleWatts !== null)
    return { watts: told.cpuIdleWatts, basis: t('{0} W idle (your setting)', told.cpuIdleWatts) };
  if (isVirtual && limitWatts === null && told.cpuFullWatts === null)
    return {
      watts: threads * VIRTUAL_CPU_IDLE_WATTS,
      basis: t('{0} W each idle (Cloud Carbon Footprint)', VIRTUAL_CPU_IDLE_WATTS),
    };
  const percent = Math.round(IDLE_SHARE * 100);
  return { watts: full * IDLE_SHARE, basis: t('{0} % of it idle (Cloud Carbon Footprint)', percent) };
}

function round(watts: number): number {
  return Math.round(watts * 10) / 10;
}
