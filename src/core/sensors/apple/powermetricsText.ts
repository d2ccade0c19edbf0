import type { PowerReading } from '../sensor.ts';
import { APPLE_DEVICES, APPLE_UNCERTAINTY, UNKNOWN_USE, type PartEnergy } from './energyModel.ts';

type Part = Pick<PartEnergy, 'component' | 'device'>;

const PARTS: Readonly<Record<string, Part>> = {
  CPU: { component: 'cpu', device: APPLE_DEVICES.cpu },
  GPU: { component: 'gpu', device: APPLE_DEVICES.gpu },
  ANE: { component: 'gpu', device: APPLE_DEVICES.engine },
  DRAM: { component: 'dram', device: APPLE_DEVICES.dram },
};

const HEADER = /^\*\*\* Sampled system activity \(/;

/** `CPU Power: 823 mW` on Apple Silicon; some releases of macOS tell DRAM too. Not `Combined Power (CPU + GPU + ANE)`. */
const POWER = /^(CPU|GPU|ANE|DRAM) Power: +(\d{1,7}(?:\.\d+)?) ?(m?W)\b/;

/** On Macs with a processor by Intel: cores, graphics and system agent, RAPL's package. */
const PACKAGE = /^Intel energy model derived package power \(CPUs\+GT\+SA\): +(\d{1,7}(?:\.\d+)?) ?(m?W)\b/;

/** The last line of the figures of Apple Silicon. */
const END = /^Combined Power /;

/**
 * Reads what `powermetrics` prints as text: samples that begin with a line of stars and have the means of the time
 * since the sample before. A figure may come again in a sample, in the GPU's own section. The form is that of public
 * captures, see test/fixtures/sensors/apple.
 *
 * @returns a function that is given line by line with the time of its arrival, and gives a sample's figures together
 */
export function powermetricsParser(): (line: string, timeSeconds: number) => readonly PowerReading[] {
  let sampleSeconds: number | null = null;
  let isTold = false;
  const figures = new Map<string, PowerReading>();
  const tell = () => {
    const told = isTold ? [] : [...figures.values()];
    figures.clear();
    isTold = true;
    return told;
  };
  return (line, timeSeconds) => {
    if (HEADER.test(line)) {
      const rest = tell();
      sampleSeconds = timeSeconds;
      isTold = false;
      return rest;
    }
    if (sampleSeconds === null) return [];
    const figure = figureIn(line, sampleSeconds);
    if (figure) figures.set(figure.channel, figure);
    return END.test(line) || PACKAGE.test(line) ? tell() : [];
  };
}

function figureIn(line: string, timeSeconds: number): PowerReading | null {
  const [, name = '', value, unit] = POWER.exec(line) ?? ['', 'CPU', ...(PACKAGE.exec(line)?.slice(1) ?? [])];
  const part = PARTS[name];
  if (!part || value === undefined) return null;
  const { component, device } = part;
  return {
    ...{ kind: 'power', channel: `powermetrics/${component} ${device}`, component, device },
    ...{ source: 'powermetrics', quality: 'measured', uncertainty: APPLE_UNCERTAINTY, timeSeconds },
    powerWatts: Number(value) * (unit === 'mW' ? 1e-3 : 1),
    ...(component === 'gpu' ? { use: UNKNOWN_USE } : {}),
  };
}
