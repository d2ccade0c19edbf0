/**
 * A machine with RAPL, as a process of its own: keeps the counters below ROOT up with a known trace.
 *
 *   node test/hardware/raplDriver.ts --root DIR --trace idle|steady|ramp|steps|wrap|JSON
 *     [--period 0.002] [--packages 1] [--layout flat|linked|nested] [--no-dram] [--psys]
 *     [--fault KIND@SECOND[:ZONE]]… [--seconds 600]
 *
 * KIND is vanish, garbage, refuse, deny or reset; ZONE is intel-rapl:0 unless it is said. DIR/truth.json tells when
 * the trace began, in seconds of CLOCK_MONOTONIC, which every process of this boot shares. Says "ready" on stdout.
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { RaplTree, type Fault, type TreeOptions } from './raplTree.ts';
import { traceOf } from './trace.ts';
import type { Truth } from './truth.ts';

interface TimedFault {
  readonly kind: Fault;
  readonly atSeconds: number;
  readonly zone: string;
}

const { values } = parseArgs({
  options: {
    root: { type: 'string' },
    trace: { type: 'string', default: 'steps' },
    period: { type: 'string', default: '0.002' },
    packages: { type: 'string', default: '1' },
    layout: { type: 'string', default: 'flat' },
    'no-dram': { type: 'boolean', default: false },
    psys: { type: 'boolean', default: false },
    fault: { type: 'string', multiple: true, default: [] },
    seconds: { type: 'string', default: '600' },
  },
});
if (!values.root) throw new Error('--root DIR is missing');

function timedFault(text: string): TimedFault {
  const match = /^(\w+)@([\d.]+)(?::(.+))?$/.exec(text);
  if (!match) throw new Error(`--fault ${text} is not KIND@SECOND[:ZONE]`);
  return { kind: match[1] as Fault, atSeconds: Number(match[2]), zone: match[3] ?? 'intel-rapl:0' };
}

function monotonicSeconds(): number {
  return Number(process.hrtime.bigint()) / 1e9;
}

/** Other load must not make the counters stale: real ones never are. Only root may say so; others do without. */
function hurry(): void {
  try {
    os.setPriority(-20);
  } catch {
    // as it is, then
  }
}

hurry();
const tree = new RaplTree({
  root: values.root,
  trace: traceOf(values.trace),
  packages: Number(values.packages),
  layout: values.layout as TreeOptions['layout'],
  hasDram: !values['no-dram'],
  hasPsys: values.psys,
});
let faults = values.fault.map(timedFault);
const startSeconds = monotonicSeconds();
const truth: Truth = {
  startSeconds,
  trace: tree.trace,
  packages: Number(values.packages),
  hasDram: !values['no-dram'],
};
writeFileSync(path.join(values.root, 'truth.json'), JSON.stringify(truth));

let lastSeconds = 0;

function tick(): void {
  const seconds = monotonicSeconds() - startSeconds;
  if (seconds - lastSeconds > 0.5)
    console.error(`raplDriver: stood still for ${(seconds - lastSeconds).toFixed(1)} s`);
  lastSeconds = seconds;
  for (const { kind, zone } of faults.filter(({ atSeconds }) => atSeconds <= seconds))
    tree.fail(zone, kind, seconds);
  faults = faults.filter(({ atSeconds }) => atSeconds > seconds);
  tree.set(seconds);
}

tick();
const timer = setInterval(tick, Number(values.period) * 1000);
setTimeout(() => clearInterval(timer), Number(values.seconds) * 1000);
console.log('ready');
