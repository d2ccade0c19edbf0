import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until something holds that is sure to hold soon. @throws Error where it does not in 20 s */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it never happened');
    await sleep(50);
  }
}
