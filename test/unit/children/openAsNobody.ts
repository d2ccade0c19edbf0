/** Opens a history with no right to write it, saves a run all the same, and prints what there is to say. */
import { Store } from '../../../src/core/runs/store.ts';
import { snapshot } from '../runs/snapshots.ts';
import { becomeNobody } from './nobody.ts';

becomeNobody();
const store = await Store.open(process.argv[2] ?? '');
store.save(snapshot({ id: 'mine' }), [], null, { pid: process.pid, startSeconds: 1 });
console.log(JSON.stringify({ problem: store.problem, ids: store.list().map(({ id }) => id) }));
