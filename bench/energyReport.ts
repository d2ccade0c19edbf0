import type { EnergyError } from './energy.ts';
import { ratio, type Report, type Table } from './report.ts';
import { ours } from './tools/ours.ts';

/** Ours may be off by so much: with counters on any trace, and with powers on bursts of 100 ms. */
const MOST_OF_COUNTERS = 0.003;
const MOST_OF_POWERS = 0.03;
const BURSTS = /^bursts/;

const REMARKS = [
  'The hardware is simulated below the operating system’s interface: a powercap tree at the real path below /sys, and a shared library with NVML’s names and types. Its power follows a known trace, so that the true joules are known. Nothing here was run on a real GPU or a real RAPL counter; a real counter’s own error is not in these figures.',
  'Each tool’s joules are compared with what the parts that it counts have truly used in the time that it says it measured. All read the same simulated machine in the same run, each second, as their documentation says; zeus takes one window over the training.',
  'Two errors are the same where both are below what a clock of a millisecond can tell, the energy of a millisecond at each end: simulated counters, as real ones, move once a millisecond.',
  'carbontracker 2.4.7 strings the powers of all devices together and takes their mean, so that with memory beside the package, or two GPUs, it tells half (component.py, collect_power_usage and energy_usage). Where there is one package alone, this does not show. Where a counter wraps, it takes nothing for that measurement (intel.py, power_usage).',
  'Runs take 40 s where nothing else is said. Longer ones than 300 s were not run.',
  'A dash: the tool gave no figure of its own there. codecarbon counts packages by RAPL, not memory, which it estimates: that estimate is left out.',
];

/** One table a machine and sensor: traces by tools. */
export function energyReport(errors: readonly EnergyError[]): Report {
  const groups = [...new Set(errors.map(({ machine, sensor }) => `${machine}: ${sensor}`))];
  const tables = groups
    .map((group) => errors.filter(({ machine, sensor }) => `${machine}: ${sensor}` === group))
    .filter((group) => group.some(({ relativeError }) => relativeError !== null))
    .map(tableOf);
  return { tables, remarks: REMARKS, missed: tracesOf(errors).flatMap(missedIn) };
}

function tableOf(errors: readonly EnergyError[]): Table {
  const [first] = errors;
  const tools = [...new Set(errors.map(({ tool }) => tool))];
  const rows = tracesOf(errors).map((trace) => [
    trace[0]?.trace ?? '',
    ...tools.map((tool) => percent(trace.find((error) => error.tool === tool)?.relativeError ?? null)),
    comparison(trace),
  ]);
  const what = first?.sensor === 'gpu' ? 'GPU energy' : 'processor energy';
  return {
    title: `${first?.machine}: error of the ${what}`,
    head: ['trace', ...tools, 'best peer / ours'],
    rows,
  };
}

/** How the best peer's error compares with ours; where clocks cannot tell, they are the same. */
function comparison(trace: readonly EnergyError[]): string {
  const own = trace.find(({ tool }) => tool === ours.title);
  const [size, best] = [sizeOf(own), bestPeer(trace)];
  if (size === null || best === null) return '–';
  return isSame(size, best, own?.grain) ? 'the same' : ratio(best, size);
}

function isSame(own: number, peer: number, grain = 0): boolean {
  return own <= grain && peer <= grain;
}

/** Errors of all tools, by machine, sensor and trace. */
function tracesOf(errors: readonly EnergyError[]): readonly (readonly EnergyError[])[] {
  const keyOf = ({ machine, sensor, trace }: EnergyError) => `${machine} ${sensor} ${trace}`;
  const keys = [...new Set(errors.map(keyOf))];
  return keys.map((key) => errors.filter((error) => keyOf(error) === key));
}

function bestPeer(trace: readonly EnergyError[]): number | null {
  const sizes = trace.filter(({ tool }) => tool !== ours.title).map(sizeOf);
  const known = sizes.filter((size) => size !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

function missedIn(trace: readonly EnergyError[]): readonly string[] {
  const own = trace.find(({ tool }) => tool === ours.title);
  const size = sizeOf(own);
  if (!own || size === null) return [];
  const name = `${own.machine}, ${own.sensor}, ${own.trace}`;
  const isOfPowers = own.sensor === 'gpu' && own.machine.endsWith('power');
  const most = isOfPowers ? (BURSTS.test(own.trace) ? MOST_OF_POWERS : Infinity) : MOST_OF_COUNTERS;
  const best = bestPeer(trace);
  return [
    ...(size > most ? [`${name}: ${percent(size)} is more than ${percent(most)}`] : []),
    ...(best !== null && size >= best && !isSame(size, best, own.grain)
      ? [`${name}: ${percent(size)}, the best peer ${percent(best)}`]
      : []),
  ];
}

function sizeOf(error: EnergyError | undefined): number | null {
  const value = error?.relativeError ?? null;
  return value === null ? null : Math.abs(value);
}

function percent(share: number | null): string {
  if (share === null) return '–';
  return `${(share * 100).toFixed(Math.abs(share) < 0.1 ? 3 : 1)} %`;
}
