/**
 * Constants of the estimate, for machines without a power sensor. Each names its source; together they are good to
 * about ±50 %, which is what the estimate carries.
 */
export const ESTIMATE_UNCERTAINTY = 0.5;

/**
 * Power of a virtual CPU idle and at full load, watts: the averages that Cloud Carbon Footprint derives from
 * SPECpower results for the machines of AWS (cloudcarbonfootprint.org/docs/methodology, Apache-2.0).
 */
export const VIRTUAL_CPU_IDLE_WATTS = 0.74;
export const VIRTUAL_CPU_FULL_WATTS = 3.5;

/** Idle power as a share of full power, from the same two averages. */
export const IDLE_SHARE = VIRTUAL_CPU_IDLE_WATTS / VIRTUAL_CPU_FULL_WATTS;

/**
 * Memory power by installed size, watts per gigabyte
 * (Lannelongue, Grealey, Inouye, "Green Algorithms", Advanced Science 8, 2021).
 */
export const DRAM_WATTS_PER_GIGABYTE = 0.3725;

/** Full power of a processor whose model is not in the table: CodeCarbon’s own default for that case. */
export const UNKNOWN_CPU_WATTS = 85;

export interface CpuPower {
  readonly idleWatts: number;
  readonly fullWatts: number;
  /** Where the figures come from, for people. */
  readonly basis: string;
}

/**
 * Idle and full power of all processors together.
 *
 * @param virtual whether this is a virtual machine, whose share of the host's processor is unknown
 * @param tdpWatts thermal design power of one processor package, null where the model is not in the table
 */
export function cpuPower(
  virtual: boolean,
  threads: number,
  packages: number,
  tdpWatts: number | null,
): CpuPower {
  if (virtual) {
    return {
      idleWatts: threads * VIRTUAL_CPU_IDLE_WATTS,
      fullWatts: threads * VIRTUAL_CPU_FULL_WATTS,
      basis: `${threads} virtual CPUs at ${VIRTUAL_CPU_IDLE_WATTS} W idle to ${VIRTUAL_CPU_FULL_WATTS} W busy each (Cloud Carbon Footprint)`,
    };
  }
  const fullWatts = packages * (tdpWatts ?? UNKNOWN_CPU_WATTS);
  const named =
    tdpWatts === null ? `model not in our table, ${UNKNOWN_CPU_WATTS} W assumed` : `TDP ${tdpWatts} W`;
  return {
    idleWatts: fullWatts * IDLE_SHARE,
    fullWatts,
    basis: `${packages > 1 ? `${packages} processors, ` : ''}${named} at full load, ${Math.round(IDLE_SHARE * 100)} % of it idle (Cloud Carbon Footprint)`,
  };
}
