/** What each tool costs: processor time and memory of its sampling, one tool at a time, and time of a real training. */
import { TRACES } from '../test/hardware/trace.ts';
import { Machine, whyNoMachines } from './machine/machine.ts';
import { ratio, sleep, type Report, type Section, type Table } from './report.ts';
import { ensurePeers, python } from './setup.ts';
import { measureSlowdown } from './slowdown.ts';
import { ours } from './tools/ours.ts';
import { carbontracker, codecarbon, nothing, PROCESS_TREE, zeus, zeusEachSecond } from './tools/peers.ts';
import type { Tool } from './tools/tool.ts';
import { used } from './used.ts';

const PROCESSES = 200;
const GPUS = 8;

/** Until then programs are loaded, caches filled and code compiled, which an hour of training does not feel. */
const SETTLE_SECONDS = 20;
const SECONDS = 100;

/** Of one core: 2 ms a second. */
const MOST_SHARE = 0.002;
const LEAST_RATIO = 5;

const SAMPLING: readonly Tool[] = [carbontracker, codecarbon, zeusEachSecond];

/** Takes no samples while it trains, so that it stands apart. */
const NOT_SAMPLING: readonly Tool[] = [zeus];

const REMARKS = [
  `The machine: RAPL and ${GPUS} GPUs, simulated, and a training of ${PROCESSES} processes of which 10 work a little. Processor time is what the system counts for the tool’s process and its helpers, without the training, over ${SECONDS} s after ${SETTLE_SECONDS} s; for tools that live in the training’s process, the difference to the same process without them. Memory is the most that was resident, counted likewise.`,
  `The simulated library answers at once. A real driver takes longer, for every tool alike.`,
  `Ours and codecarbon look each second at RAPL and each GPU; carbontracker does, too. zeus samples nothing, unless a window is begun each second. Ours alone also follows the ${PROCESSES} processes, to tell the run’s share from the rest of the machine, and writes the run to a history; what the peers measure is the whole machine.`,
  'The training of the last table computes on numpy, on one core; under peers in the same process, as they are used. Rounds of all tools follow each other, so that what else the machine does falls on all alike.',
];

interface Cost {
  readonly tool: string;
  /** 0.002 for 0.2 % of one core. */
  readonly shareOfCore: number;
  readonly peakBytes: number;
}

export const cost: Section = {
  name: 'cost',
  title: 'What measuring costs',
  async run(): Promise<Report | null> {
    const why = whyNoMachines();
    if (why) console.log(why);
    if (why) return null;
    ensurePeers();
    const base = await measure(nothing);
    const costs: Cost[] = [];
    for (const tool of [ours, ...SAMPLING, ...NOT_SAMPLING]) costs.push(net(await measure(tool), base));
    return {
      tables: [tableOf(costs), await measureSlowdown()],
      remarks: REMARKS,
      missed: missed(costs),
    };
  },
};

async function measure(tool: Tool): Promise<Cost> {
  console.log(`cost: ${tool.title}`);
  const machine = await Machine.start({ trace: TRACES.steps, gpus: new Array(GPUS).fill({}) });
  const seconds = SETTLE_SECONDS + SECONDS + 2;
  const command = [python(), PROCESS_TREE, String(PROCESSES), String(seconds)];
  const train = await tool.prepare(machine, { seconds, command });
  const { pid, measured } = train();
  await sleep(SETTLE_SECONDS);
  const before = { ...used(pid, PROCESS_TREE), at: performance.now() };
  await sleep(SECONDS);
  const after = { ...used(pid, PROCESS_TREE), at: performance.now() };
  await measured;
  await machine.stop();
  const shareOfCore = (after.cpuSeconds - before.cpuSeconds) / ((after.at - before.at) / 1000);
  return { tool: tool.title, shareOfCore, peakBytes: after.peakBytes };
}

function net(measured: Cost, base: Cost): Cost {
  if (measured.tool === ours.title) return measured;
  const { shareOfCore, peakBytes } = measured;
  return {
    ...measured,
    shareOfCore: Math.max(0, shareOfCore - base.shareOfCore),
    peakBytes: Math.max(0, peakBytes - base.peakBytes),
  };
}

function tableOf(costs: readonly Cost[]): Table {
  const own = costs.find(({ tool }) => tool === ours.title);
  return {
    title: `Sampling each second, with RAPL, ${GPUS} GPUs and ${PROCESSES} processes`,
    head: ['tool', 'of one core', 'CPU seconds an hour', 'of ours', 'memory', 'of ours'],
    rows: costs.map(({ tool, shareOfCore, peakBytes }) => [
      tool,
      `${(shareOfCore * 100).toFixed(3)} %`,
      (shareOfCore * 3600).toFixed(1),
      ratio(shareOfCore, own?.shareOfCore ?? null),
      `${(peakBytes / 1e6).toFixed(0)} MB`,
      ratio(peakBytes, own?.peakBytes ?? null),
    ]),
  };
}

function missed(costs: readonly Cost[]): readonly string[] {
  const own = costs.find(({ tool }) => tool === ours.title)?.shareOfCore ?? NaN;
  const peers = costs.filter(({ tool }) => SAMPLING.some(({ title }) => title === tool));
  const lightest = Math.min(...peers.map(({ shareOfCore }) => shareOfCore));
  const percent = (share: number) => `${(share * 100).toFixed(3)} %`;
  return [
    ...(own < MOST_SHARE
      ? []
      : [`sampling takes ${percent(own)} of one core, not below ${percent(MOST_SHARE)}`]),
    ...(lightest >= LEAST_RATIO * own
      ? []
      : [
          `the lightest peer that samples takes ${percent(lightest)}, not ${LEAST_RATIO} times ours (${percent(own)})`,
        ]),
  ];
}
