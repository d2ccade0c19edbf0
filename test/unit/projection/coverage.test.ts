import assert from 'node:assert/strict';
import type { Cost } from '../../../src/core/projection/cost.ts';
import type { Interval, Projection } from '../../../src/core/projection/projection.ts';
import { chance, cost, Training } from './trainings.ts';

/** Epochs whose level wanders and that scatter around it, as far as chance has it for this training. */
function* epochs(random: () => number): Generator<number, never> {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const noise = 0.02 + 0.1 * random();
  const drift = 0.03 * random();
  for (let level = 0; ; level += drift * normal()) yield Math.exp(level + noise * normal());
}

function holds({ low, high }: Interval, value: number): number {
  return Number(value >= low && value <= high);
}

describe('The 80 % interval', () => {
  it('holds the energy and the time of about 80 of 100 trainings, soon and late', () => {
    const random = chance(11);
    const held = new Map([1, 2, 3, 5, 10, 20].map((known) => [known, 0]));
    for (let count = 0; count < 300; count++) {
      const training = new Training();
      const costs = epochs(random);
      const said: { used: Cost; known: number; projection: Projection }[] = [];
      for (let known = 1; known <= 30; known++) {
        training.epoch(cost(10 * costs.next().value));
        if (held.has(known)) said.push({ used: training.used, known, projection: training.project(30)! });
      }
      for (const { used, known, projection } of said) {
        const seconds = training.used.timeSeconds - used.timeSeconds;
        const energy = holds(projection.totalEnergyJoules, training.used.energyJoules);
        held.set(known, (held.get(known) ?? 0) + (energy + holds(projection.remainingSeconds, seconds)) / 2);
      }
    }
    const shares = [...held.values()].map((each) => each / 300);
    assert(
      shares.every((share) => share > 0.65 && share < 0.98),
      `${shares}`,
    );
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    assert(mean >= 0.75 && mean <= 0.88, `${mean}: ${shares}`);
  });
});
