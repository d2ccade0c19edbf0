import { historyFile } from '../core/runs/location.ts';
import { Store } from '../core/runs/store.ts';

/** Opens the history for one look. @throws Error where this Node has no SQLite */
export async function withStore<T>(look: (store: Store) => T): Promise<T> {
  const store = await Store.open(historyFile(process.env));
  if (store.problem) warn(store.problem);
  try {
    return look(store);
  } finally {
    store.close();
  }
}

export function warn(message: string): void {
  process.stderr.write(`training-footprint: ${message}\n`);
}
