/**
 * A /proc whose processes are the machine's own, but of whose processor time the trainings make an exactly known share:
 * what a run's energy truly is follows from that.
 *
 *   node test/hardware/procMirror.ts --root DIR --marker TEXT --share 0.8
 *
 * Trainings are the processes with MARKER among their arguments. Says "ready" on stdout.
 */
import { mkdirSync, readdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Procfs } from '../../src/core/metering/procfs.ts';

const PERIOD_MILLIS = 20;
const TICKS_PER_SECOND = 100;
const YOUNG_PASSES = 50;

const { values } = parseArgs({
  options: {
    root: { type: 'string' },
    marker: { type: 'string' },
    share: { type: 'string', default: '0.8' },
  },
});
const { root, marker } = values;
if (!root || !marker) throw new Error('--root DIR and --marker TEXT are needed');
const share = Number(values.share);

const procfs = new Procfs();
const linked = new Set<number>();
const young = new Map<number, number>();
const trainingTicks = new Map<number, number>();

function follow(): void {
  const present = new Set(procfs.pids());
  for (const pid of present) if (!linked.has(pid)) link(pid);
  for (const pid of linked) if (!present.has(pid)) unlink(pid);
  for (const [pid, passesLeft] of young) classify(pid, passesLeft);
  for (const pid of trainingTicks.keys()) {
    const stat = procfs.stat(pid);
    if (stat && stat.state !== 'Z') trainingTicks.set(pid, stat.ownCpuSeconds * TICKS_PER_SECOND);
  }
  const ticks = [...trainingTicks.values()].reduce((sum, value) => sum + value, 0);
  replace('stat', `cpu  ${Math.round(1000 + ticks / share)} 0 0 0 0 0 0 0 0 0\n`);
}

function link(pid: number): void {
  symlinkSync(path.join('/proc', String(pid)), path.join(root ?? '', String(pid)));
  linked.add(pid);
  young.set(pid, YOUNG_PASSES);
}

/** A new process is still its parent's copy for a moment, until it becomes the program it was made for. */
function classify(pid: number, passesLeft: number): void {
  if (passesLeft === 0) young.delete(pid);
  else young.set(pid, passesLeft - 1);
  // a shell that has the marker in its script (-c) is not the training itself
  const [program = '', ...args] = procfs.commandLine(pid) ?? [];
  if (/python/.test(program) && args.includes(marker ?? ''))
    trainingTicks.set(pid, trainingTicks.get(pid) ?? 0);
}

function unlink(pid: number): void {
  unlinkSync(path.join(root ?? '', String(pid)));
  linked.delete(pid);
  young.delete(pid);
}

function replace(name: string, text: string): void {
  const file = path.join(root ?? '', name);
  writeFileSync(`${file}.next`, text);
  renameSync(`${file}.next`, file);
}

/** Other load must not make it stale: a real /proc never is. Only root may say so; others do without. */
function hurry(): void {
  try {
    os.setPriority(-20);
  } catch {
    // as it is, then
  }
}

hurry();
mkdirSync(root, { recursive: true });
for (const name of readdirSync(root)) unlinkSync(path.join(root, name));
for (const name of ['meminfo', 'uptime']) symlinkSync(path.join('/proc', name), path.join(root, name));
follow();
setInterval(follow, PERIOD_MILLIS);
console.log('ready');
