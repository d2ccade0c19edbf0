/** Prints what keeps a process awake, and its children, after a sampler was made, and after a run came and went. */
import { Procfs } from '../../../src/core/metering/procfs.ts';
import type { TreeRoot } from '../../../src/core/metering/processTree.ts';
import { Sampler } from '../../../src/core/metering/sampler.ts';
import { allSensors } from '../../../src/core/sensors/index.ts';

const procfs = new Procfs();
const roots = { sysfs: '/sys', procfs: '/proc' };
const errors: string[] = [];

function awake(): { timers: string[]; children: number[] } {
  return {
    timers: process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate/.test(name)),
    children: procfs.pids().filter((pid) => procfs.stat(pid)?.parentPid === process.pid),
  };
}

const sampler = new Sampler({
  sensors: allSensors(roots),
  procfs,
  periodSeconds: () => 0.05,
  onError: (error) => errors.push(String(error)),
});
const constructed = awake();

const own = procfs.stat(process.pid);
const root: TreeRoot = {
  pid: process.pid,
  startSeconds: own?.startSeconds ?? 0,
  counts: 'itself',
  childrenSinceSeconds: 0,
};
let samples = 0;
await sampler.attach(root, () => (samples += 1));
while (samples < 4) await new Promise((resolve) => setTimeout(resolve, 20));
const running = { ...awake(), isRunning: sampler.isRunning };
await sampler.detach(root);
console.log(
  JSON.stringify({ constructed, running, ended: { ...awake(), isRunning: sampler.isRunning }, errors }),
);
