/** Saves N runs of 20 points each into a history, as fast as it goes, and prints what went wrong. */
import { Store } from '../../../src/core/runs/store.ts';
import { point, snapshot } from '../runs/snapshots.ts';

const [file = '', name = '', count = '1'] = process.argv.slice(2);
const store = await Store.open(file);
const errors: string[] = [];
for (let run = 0; run < Number(count); run++) {
  const points = Array.from({ length: 20 }, (_, second) => point(second));
  try {
    store.save(snapshot({ id: `${name}-${run}` }), points, null, { pid: process.pid, startSeconds: 1 });
  } catch (error) {
    errors.push(String(error));
  }
}
console.log(JSON.stringify({ problem: store.problem, errors }));
store.close();
