/**
 * An editor of its own: DATABASE SYSFS PID records the process until it is killed; with a fourth argument `recover` it
 * goes on with what another left for a second, ends the run, and prints it with the points.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { carbonContext } from '../../../src/core/carbon/intensity.ts';
import { Procfs } from '../../../src/core/metering/procfs.ts';
import { Sampler } from '../../../src/core/metering/sampler.ts';
import { processIdentity } from '../../../src/core/runs/owner.ts';
import { Recorder } from '../../../src/core/runs/recorder.ts';
import { Store } from '../../../src/core/runs/store.ts';
import { RaplSensor } from '../../../src/core/sensors/linux/rapl.ts';
import { snapshot } from '../runs/snapshots.ts';

const [database = '', sysfs = '', pid = '', what = 'record'] = process.argv.slice(2);
const fail = (problem: unknown): never => {
  console.error(problem);
  process.exit(1);
};
const sampler = new Sampler({
  sensors: [new RaplSensor({ sysfs, procfs: '/proc' })],
  procfs: new Procfs(),
  periodSeconds: () => 0.5,
  onError: fail,
});
const recorder = new Recorder({
  sampler,
  openStore: () => Store.open(database),
  context: { carbon: () => carbonContext('DE', null), assumptions: () => [] },
  onChange: () => {},
  onAlive: () => {},
  onProblem: fail,
});

if (what === 'record') {
  const { label, command, cwd, project, origin } = snapshot();
  const identity = { id: 'run-1', label, command, cwd, project, origin, startedAtMillis: Date.now() };
  const root = { ...processIdentity(Number(pid)), counts: 'itself', childrenSinceSeconds: 0 } as const;
  await recorder.start(identity, root, {}).ready;
  console.log('recording');
} else {
  const [run] = await recorder.recover(() => true);
  if (!run) fail('nothing to recover');
  else {
    await sleep(1000);
    const { startSeconds } = run.memory();
    await recorder.end(run, 'finished', 0);
    const points = (await recorder.store())?.points('run-1');
    console.log(JSON.stringify({ snapshot: run.snapshot(), points, startSeconds }));
    recorder.dispose();
  }
}
