import type { AcpiMeter } from './acpiMeter.ts';
import type { PowerReading, Scope } from '../sensor.ts';

/**
 * Memory is a difference of three meters, whose errors add up. Engineering judgement: at most three times that of one
 * meter of ±5 %.
 */
const MEMORY_UNCERTAINTY = 0.15;

/** The meters of one NVIDIA Grace socket. */
export interface GraceRails {
  readonly socket: string;
  /** Everything of the socket: cores, the rest of the chip, memory and converters. */
  readonly whole: AcpiMeter;
  /** The cores. */
  readonly cores: AcpiMeter;
  /** The rest of the chip. */
  readonly uncore: AcpiMeter;
}

interface Value {
  readonly meter: AcpiMeter;
  readonly watts: number;
  readonly timeSeconds: number;
}

/**
 * Sockets with all three meters (NVIDIA Grace Performance Tuning Guide, Power Telemetry): `Grace Power Socket N`,
 * `CPU Power Socket N` and `SysIO Power Socket N`. `Module Power Socket N` of Grace Hopper spans the GPU too, which
 * has its own sensor, and is not the supply of the machine, so it is left out.
 */
export function railsOf(meters: readonly AcpiMeter[]): readonly GraceRails[] {
  return meters.flatMap((whole) => {
    const socket = /^Grace Power Socket (\d+)$/.exec(whole.label)?.[1];
    if (socket === undefined) return [];
    const cores = meters.find(({ label }) => label === `CPU Power Socket ${socket}`);
    const uncore = meters.find(({ label }) => label === `SysIO Power Socket ${socket}`);
    return cores && uncore ? [{ socket, whole, cores, uncore }] : [];
  });
}

/** Processor: cores and the rest of the chip. Memory: what the socket draws besides, its converters included. */
export function readRails(values: readonly Value[], source: string): readonly PowerReading[] {
  return railsOf(values.map(({ meter }) => meter)).flatMap(({ socket, whole, cores, uncore }) => {
    const of = (meter: AcpiMeter) => values.find((value) => value.meter === meter);
    const [all, core, rest] = [of(whole), of(cores), of(uncore)];
    if (!all || !core || !rest || all.watts < core.watts + rest.watts) return [];
    const processorWatts = core.watts + rest.watts;
    const base = { source, device: `package-${socket}`, timeSeconds: all.timeSeconds };
    const reading = (component: Scope, powerWatts: number, uncertainty: number): PowerReading => ({
      ...{ kind: 'power', quality: 'measured', channel: `${source}/grace-${socket}/${component}` },
      ...{ ...base, component, powerWatts, uncertainty },
    });
    return [
      reading('cpu', processorWatts, whole.uncertainty),
      reading('dram', all.watts - processorWatts, MEMORY_UNCERTAINTY),
    ];
  });
}
